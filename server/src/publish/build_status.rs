//! How far a Build is.
//!
//! Knows nothing of what is in it.

use shared::wire::BuildStatus;

use super::end::{end_failed, log_left};
use super::lock;
use crate::base::Base;
use crate::twilio::TwilioError;

/// Why nobody can say how far a Build is.
#[derive(Debug, thiserror::Error)]
pub(crate) enum BuildStatusError {
    /// There is no such Build.
    #[error("no such Build")]
    UnknownBuild,
    /// Twilio does not say.
    #[error(transparent)]
    Twilio(TwilioError),
}

/// How far the Build is. A failed one ends its publish, so that the next one can begin.
pub(crate) async fn build_status(base: &Base, build_sid: &str) -> Result<BuildStatus, BuildStatusError> {
    let build_status = match base.twilio.fetch_build_status(build_sid).await {
        Err(TwilioError::NotFound { .. }) => return Err(BuildStatusError::UnknownBuild),
        result => result.map_err(BuildStatusError::Twilio)?,
    };
    if build_status == BuildStatus::Failed {
        end_publish_of(base, build_sid).await;
    }
    Ok(build_status)
}

/// Ends the publish of a Build that will never be deployed, if the lock is still held for it.
pub(super) async fn end_publish_of(base: &Base, build_sid: &str) {
    match lock::fetch(base).await {
        Ok(Some(lock)) if !lock.publishing.is_over() && lock.publishing.build_sid.as_deref() == Some(build_sid) => {
            end_failed(base, lock).await;
        }
        Ok(_) => {}
        Err(error) => log_left(&error),
    }
}
