//! The draft: every row of the Sync Map.
//!
//! Knows nothing of what is published.

use serde_json::Value;

use crate::app::App;
use crate::twilio::TwilioError;

/// The rows, sound or not; none where there is no Map.
pub(super) async fn read_draft(app: &App) -> Result<Option<Vec<Value>>, TwilioError> {
    match app.base.twilio.list_map_items(&app.base.config.sync_map_name).await {
        Ok(items) => Ok(Some(items.into_iter().map(|item| item.data).collect())),
        Err(TwilioError::NotFound { .. }) => Ok(None),
        Err(error) => Err(error),
    }
}
