//! How a call to Twilio can fail.
//!
//! Knows nothing of what our own clients are told; `crate::error` decides that.

use std::time::Duration;

use crate::home::SendError;

/// A call to Twilio that gave no usable answer. It names the operation and holds no credentials.
#[derive(Debug, thiserror::Error)]
pub enum TwilioError {
    /// There is no such resource.
    #[error("{operation}: not found")]
    NotFound {
        /// Twilio's name for what was tried, such as `fetch Build`.
        operation: &'static str,
    },
    /// Our account SID and auth token were refused.
    #[error("{operation}: the account's credentials were refused")]
    Unauthorized {
        /// Twilio's name for what was tried.
        operation: &'static str,
    },
    /// Too many requests; nothing was done.
    #[error("{operation}: rate limit reached")]
    RateLimited {
        /// Twilio's name for what was tried.
        operation: &'static str,
        /// How long Twilio asks to wait, where it says so.
        retry_after: Option<Duration>,
    },
    /// Any other answer that is not a success.
    #[error("{operation}: answered {status}: {message}")]
    Rejected {
        /// Twilio's name for what was tried.
        operation: &'static str,
        /// The HTTP status.
        status: u16,
        /// Twilio's error code, as in <https://www.twilio.com/docs/api/errors>.
        code: Option<u32>,
        /// Twilio's sentence about it.
        message: String,
    },
    /// No answer at all.
    #[error("{operation}: no answer: {source}")]
    Unreachable {
        /// Twilio's name for what was tried.
        operation: &'static str,
        /// What the network said.
        source: SendError,
    },
    /// An answer that is not what the documentation promises.
    #[error("{operation}: the answer can not be read: {problem}")]
    Unreadable {
        /// Twilio's name for what was tried.
        operation: &'static str,
        /// What is wrong with it.
        problem: String,
    },
}

impl TwilioError {
    /// The HTTP status of an answer that was rejected for a reason of its own.
    #[must_use]
    pub fn rejected_status(&self) -> Option<u16> {
        match self {
            Self::Rejected { status, .. } => Some(*status),
            _ => None,
        }
    }
}
