//! How far a Build is.
//!
//! Knows nothing of what is in it.

use shared::wire::BuildStatus;

use super::end::{give_back, log_left};
use super::lock::{self, LockError};
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

/// How far the Build is. One that failed or is gone ends its publish, so that the next one can begin.
pub(crate) async fn build_status(base: &Base, build_sid: &str) -> Result<BuildStatus, BuildStatusError> {
    let build_status = base.twilio.fetch_build_status(build_sid).await.map_err(|error| match error {
        TwilioError::NotFound { .. } => BuildStatusError::UnknownBuild,
        error => BuildStatusError::Twilio(error),
    });
    if matches!(build_status, Ok(BuildStatus::Failed) | Err(BuildStatusError::UnknownBuild)) {
        log_left(give_lock_back(&base.for_tidying_up(), build_sid).await);
    }
    build_status
}

/// Ends the publish of a Build that will never be deployed, if the lock is still held for it.
async fn give_lock_back(base: &Base, build_sid: &str) -> Result<(), LockError> {
    match lock::fetch_for(base, build_sid).await? {
        Some(lock) => give_back(base, lock).await,
        None => Ok(()),
    }
}
