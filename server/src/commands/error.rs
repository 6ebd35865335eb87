//! Why a command could not be carried out.
//!
//! Does not know exit codes.

use std::fmt::Display;

use crate::error::ApiError;

/// Why a command could not be carried out. It shows as one paragraph: what happened, what to do, and what Twilio said.
#[derive(Debug, thiserror::Error)]
#[error("{sentence}{}", .cause.as_ref().map(|cause| format!("\n  ({cause})")).unwrap_or_default())]
pub struct CommandError {
    sentence: String,
    cause: Option<String>,
}

impl CommandError {
    /// A sentence that says what to do.
    pub fn new(sentence: impl Into<String>) -> Self {
        Self { sentence: sentence.into(), cause: None }
    }

    /// The same, with what went wrong before it in parentheses.
    pub(super) fn with_cause(sentence: impl Into<String>, cause: &impl Display) -> Self {
        Self { sentence: sentence.into(), cause: Some(cause.to_string()) }
    }
}

/// A command says what the answer would say, because it publishes and reads as the server does, and a failure has the
/// same sentence wherever somebody meets it; [`ApiError`] chooses each one once.
impl<E: Into<ApiError>> From<E> for CommandError {
    fn from(error: E) -> Self {
        let error = error.into();
        Self { sentence: error.sentence().into_owned(), cause: Some(error.to_string()) }
    }
}
