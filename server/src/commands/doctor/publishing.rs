//! Whether a publish was left half-way.

use super::{Finding, strings};
use crate::base::Base;
use crate::commands::CommandError;
use crate::directory::Deployed;
use crate::publish::in_progress;

/// A lock that is held, or a Build that is newer than the deployed one.
pub(super) async fn unfinished(base: &Base, deployed: &Deployed) -> Result<Vec<Finding>, CommandError> {
    let (publishing, version_is_deployed) = in_progress(base, deployed).await?;
    let place = shared::publishing_map_name(&base.config.sync_map_name);
    Ok(match publishing {
        Some(left) => {
            let words = strings::publish_left(&left.started_by, &left.started_at);
            vec![Finding::warning("publish-in-progress", place, words)]
        }
        None if !version_is_deployed => {
            vec![Finding::warning("version-not-deployed", base.config.asset_name.as_str(), strings::not_deployed())]
        }
        None => Vec::new(),
    })
}
