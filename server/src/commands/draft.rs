//! The draft: every row of the Sync Map.

use serde_json::Value;

use crate::base::Base;
use crate::twilio::TwilioError;

/// The rows, sound or not; none where there is no Map.
pub(super) async fn read_draft(base: &Base) -> Result<Option<Vec<Value>>, TwilioError> {
    match base.twilio.list_map_items(&base.config.sync_map_name).await {
        Ok(items) => Ok(Some(items.into_iter().map(|item| item.data).collect())),
        Err(TwilioError::NotFound { .. }) => Ok(None),
        Err(error) => Err(error),
    }
}
