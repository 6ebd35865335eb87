//! The Sync Maps: the draft, and who is publishing.
//!
//! Knows nothing of what is in them.

use shared::publishing_map_name;

use super::{Change, Plan};
use crate::app::App;
use crate::commands::Stopped;

/// Plans the Maps that are missing and returns the SID of the draft's.
pub(super) async fn survey(app: &App, plan: &mut Plan) -> Result<Option<String>, Stopped> {
    let draft = app.base.config.sync_map_name.clone();
    let mut found = None;
    for name in [draft.clone(), publishing_map_name(&draft)] {
        match app.base.twilio.fetch_map(&name).await? {
            None => plan.changes.push(Change::CreateMap { name }),
            Some(map) if name == draft => found = Some(map.sid),
            Some(_) => {}
        }
    }
    Ok(found)
}
