//! Whether a publish was left half-way.
//!
//! Knows nothing of what it publishes.

use super::{Finding, strings};
use crate::app::App;
use crate::commands::Stopped;
use crate::directory::Deployed;
use crate::publish::in_progress;

/// A lock that is held, or a Build that is newer than the deployed one.
pub(super) async fn unfinished(app: &App, deployed: &Deployed) -> Result<Vec<Finding>, Stopped> {
    let (publishing, version_is_deployed) = in_progress(&app.base, deployed).await?;
    let place = shared::publishing_map_name(&app.base.config.sync_map_name);
    Ok(match publishing {
        Some(left) => {
            let words = strings::publish_left(&left.started_by, &left.started_at);
            vec![Finding::warning("publish-in-progress", place, words)]
        }
        None if !version_is_deployed => {
            vec![Finding::warning("version-not-deployed", app.base.config.asset_name.as_str(), strings::not_deployed())]
        }
        None => Vec::new(),
    })
}
