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

    /// The same because of something else that went wrong.
    pub(super) fn because(sentence: impl Into<String>, cause: &impl Display) -> Self {
        Self { sentence: sentence.into(), cause: Some(cause.to_string()) }
    }
}

/// An error of an inner room is told in the sentence that the server's own clients get for it.
impl<E: Into<ApiError>> From<E> for CommandError {
    fn from(error: E) -> Self {
        let error = error.into();
        Self { sentence: error.sentence().into_owned(), cause: Some(error.to_string()) }
    }
}
