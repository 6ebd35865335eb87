//! Why a command could not be carried out: a sentence with a next step.
//!
//! Knows nothing of exit codes.

use std::fmt::Display;

use crate::error::ApiError;

/// A command ended before its end. It shows as one paragraph: what happened, what to do, and what Twilio said.
#[derive(Debug, thiserror::Error)]
#[error("{sentence}{}", .cause.as_ref().map(|cause| format!("\n  ({cause})")).unwrap_or_default())]
pub struct Stopped {
    sentence: String,
    cause: Option<String>,
}

impl Stopped {
    /// A sentence that says what to do.
    pub fn new(sentence: impl Into<String>) -> Self {
        Self { sentence: sentence.into(), cause: None }
    }

    /// The same because of something else that went wrong.
    pub(super) fn because(sentence: impl Into<String>, cause: &impl Display) -> Self {
        Self { sentence: sentence.into(), cause: Some(cause.to_string()) }
    }
}

/// Whatever the server would answer a request with stops a command with the same sentence.
impl<E: Into<ApiError>> From<E> for Stopped {
    fn from(error: E) -> Self {
        let error = error.into();
        Self { sentence: error.sentence().into_owned(), cause: Some(error.to_string()) }
    }
}
