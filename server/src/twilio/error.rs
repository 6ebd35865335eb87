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
    /// It was not sent, because nobody waits for the answer any more.
    #[error("{operation}: there was no time left for it")]
    NoTimeLeft {
        /// Twilio's name for what was to be done.
        operation: &'static str,
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

    /// Whether a write that failed like this may have been done all the same: there was no answer, none that can be
    /// read, or one of something between us and what does the work.
    #[must_use]
    pub fn is_unclear(&self) -> bool {
        match self {
            Self::Unreachable { .. } | Self::Unreadable { .. } => true,
            Self::Rejected { status, .. } => *status >= 500 || *status == 408,
            _ => false,
        }
    }

    /// The failure of a write of which an earlier try may have been done.
    pub(super) fn into_unclear(self) -> Self {
        if self.is_unclear() {
            return self;
        }
        let operation = self.operation();
        Self::Unreachable { operation, source: SendError(format!("an earlier try got no answer; then: {self}")) }
    }

    fn operation(&self) -> &'static str {
        match self {
            Self::NotFound { operation }
            | Self::Unauthorized { operation }
            | Self::RateLimited { operation, .. }
            | Self::Rejected { operation, .. }
            | Self::Unreachable { operation, .. }
            | Self::NoTimeLeft { operation }
            | Self::Unreadable { operation, .. } => operation,
        }
    }

    /// Whether what is there now stands against it. That may be the work of an earlier try.
    #[must_use]
    pub(crate) fn is_conflict(&self) -> bool {
        matches!(self.rejected_status(), Some(400 | 409 | 412))
    }

    /// Whether nothing was done because too much was asked.
    pub(crate) fn is_rate_limit(&self) -> bool {
        matches!(self, Self::RateLimited { .. })
    }
}
