//! How far a Build is.
//!
//! Knows nothing of what is in it.

use shared::wire::{BuildStatus, StatusReply};

use super::lock;
use crate::base::Base;
use crate::error::ApiError;
use crate::twilio::TwilioError;

/// Answers `POST /admin/update-status`. A failed Build ends its publish, so that the next one can begin.
pub(crate) async fn build_status(base: &Base, build_sid: &str) -> Result<StatusReply, ApiError> {
    let build_status = base.twilio.fetch_build_status(build_sid).await.map_err(unknown_build)?;
    if build_status == BuildStatus::Failed {
        lock::release_if_for(base, build_sid).await;
    }
    Ok(StatusReply { success: true, status: 200, build_status })
}

/// A Build that Twilio does not find is the client's mistake, not ours.
pub(super) fn unknown_build(error: TwilioError) -> ApiError {
    match error {
        TwilioError::NotFound { .. } => ApiError::UnknownBuild,
        other => other.into(),
    }
}
