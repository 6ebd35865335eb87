//! Which answer stands for each error of the rooms below, which know nothing of answers.
//!
//! Knows nothing of statuses and sentences; the table beside it does.

use super::ApiError;
use crate::auth::SignInError;
use crate::directory::VersionConflict;
use crate::publish::{BuildStatusError, DeployError, LockError, SubmissionError, UpdateError};

impl From<SignInError> for ApiError {
    fn from(error: SignInError) -> Self {
        match error {
            SignInError::NotSignedIn => Self::NotSignedIn,
            SignInError::RoleNeeded => Self::RoleNeeded,
            SignInError::Busy => Self::SignInsBusy,
            SignInError::Twilio(error) => Self::Twilio(error),
        }
    }
}

impl From<VersionConflict> for ApiError {
    fn from(conflict: VersionConflict) -> Self {
        Self::VersionConflict(conflict.published)
    }
}

impl From<LockError> for ApiError {
    fn from(error: LockError) -> Self {
        match error {
            LockError::Held(holder) => Self::PublishInProgress(holder),
            LockError::Lost | LockError::Discarded => Self::PublishDiscarded,
            LockError::Twilio(error) => Self::Twilio(error),
        }
    }
}

impl From<SubmissionError> for ApiError {
    fn from(error: SubmissionError) -> Self {
        match error {
            SubmissionError::Unwritable(error) => Self::Internal(error.to_string()),
            SubmissionError::TooLarge { bytes, limit } => Self::DirectoryTooLarge { bytes, limit },
            SubmissionError::ConfirmationRequired { count, published } => {
                Self::ConfirmationRequired { count, published }
            }
        }
    }
}

impl From<UpdateError> for ApiError {
    fn from(error: UpdateError) -> Self {
        match error {
            UpdateError::Submission(error) => error.into(),
            UpdateError::Conflict(conflict) => conflict.into(),
            UpdateError::Lock(error) => error.into(),
            UpdateError::Read(error) => error.into(),
            UpdateError::Twilio(error) => Self::Twilio(error),
            UpdateError::Unclear(error) => Self::DeploymentUnclear(error),
        }
    }
}

impl From<BuildStatusError> for ApiError {
    fn from(error: BuildStatusError) -> Self {
        match error {
            BuildStatusError::UnknownBuild => Self::UnknownBuild,
            BuildStatusError::Twilio(error) => Self::Twilio(error),
        }
    }
}

impl From<DeployError> for ApiError {
    fn from(error: DeployError) -> Self {
        match error {
            DeployError::UnknownBuild => Self::UnknownBuild,
            DeployError::NotReady(status) => Self::BuildNotReady(status),
            DeployError::Conflict(conflict) => conflict.into(),
            DeployError::Lock(error) => error.into(),
            DeployError::Twilio(error) => Self::Twilio(error),
            DeployError::Unclear(error) => Self::DeploymentUnclear(error),
        }
    }
}
