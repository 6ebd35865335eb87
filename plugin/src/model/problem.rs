//! What went wrong outside, as far as it matters for what the person is told.
//!
//! Knows no sentences; see `strings` for those.

use shared::wire::{ErrorBody, ErrorCode};

/// A request that did not bring what was asked for.
#[derive(Clone, Debug, PartialEq)]
pub enum Problem {
    /// The server said no, and why.
    Refused(ErrorBody),
    /// Nobody has configured where the server is.
    NotConfigured,
    /// The server did not answer, or its answer makes no sense.
    Unreachable(String),
    /// Sync or the worker search said no.
    Twilio {
        /// The HTTP status, 0 where the connection was lost on the way.
        status: u16,
        /// Twilio's error code, 0 if there is none. <https://www.twilio.com/docs/api/errors>
        code: u32,
        /// Twilio's own words.
        message: String,
    },
}

impl Problem {
    /// The server's code, where the server has answered.
    #[must_use]
    pub fn code(&self) -> Option<ErrorCode> {
        match self {
            Self::Refused(body) => Some(body.code),
            Self::NotConfigured | Self::Unreachable(_) | Self::Twilio { .. } => None,
        }
    }

    /// Whether asking again may well bring an answer.
    #[must_use]
    pub fn is_passing(&self) -> bool {
        match self {
            Self::NotConfigured | Self::Unreachable(_) => true,
            Self::Refused(body) => {
                matches!(body.code, ErrorCode::Busy | ErrorCode::TwilioBusy | ErrorCode::TwilioFailed)
            }
            Self::Twilio { status, .. } => matches!(status, 0 | 429 | 500..=599),
        }
    }
}
