//! What can be wrong with a row: what keeps it from leading anywhere, and what is only odd in it.
//!
//! Knows nothing of how a row is read.

use crate::{ExtensionNumber, ExtensionNumberError, SidError, WorkerNameError};

/// Why a JSON value is not an agent extension, or may not stand in a directory.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RowError {
    /// Something other than a JSON object.
    #[error("the row is not an object")]
    NotAnObject,
    /// A field that must be there is not, or is not text.
    #[error("{field} is missing or is not text")]
    Missing {
        /// The field's name in JSON.
        field: &'static str,
    },
    /// The number breaks a rule.
    #[error("extensionNumber: {0}")]
    Number(ExtensionNumberError),
    /// The number is a JSON number. That has no leading zeros, so nobody can tell any more what callers key in.
    #[error("extensionNumber is a JSON number, which loses leading zeros; it must be text, such as \"0077\"")]
    NumberIsNotText,
    /// The Worker SID is not one.
    #[error("workerSid: {0}")]
    Worker(SidError),
    /// The name breaks a rule.
    #[error("workerFullName: {0}")]
    Name(WorkerNameError),
    /// A field that other tools do not own has the wrong type.
    #[error("{field} is not text")]
    NotText {
        /// The field's name in JSON.
        field: &'static str,
    },
    /// Another row has the same number.
    #[error("extension {number} already belongs to {owner}")]
    Taken {
        /// The number that stands twice.
        number: ExtensionNumber,
        /// The name on the row that came first.
        owner: String,
    },
}

/// What is odd in a row that leads to its agent all the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Oddity {
    /// There is no name, or it is not text.
    #[error("workerFullName is missing or is not text")]
    NameMissing,
    /// The name breaks a rule.
    #[error("workerFullName: {0}")]
    Name(WorkerNameError),
    /// A field that other tools do not own has the wrong type.
    #[error("{field} is not text")]
    NotText {
        /// The field's name in JSON.
        field: &'static str,
    },
    /// Something in a text could not be read, and U+FFFD stands in its place.
    #[error("{field} has characters that can not be read")]
    Damaged {
        /// The field's name in JSON.
        field: &'static str,
    },
    /// A field of another tool could not be read, and [`UNREADABLE`](crate::UNREADABLE) stands in its place.
    #[error("a field of another tool can not be read")]
    OtherUnreadable,
}

impl Oddity {
    /// Why a row with this may not be published as it is; none if it may, because what could not be read before is a text
    /// like any other now.
    #[must_use]
    pub fn refusal(self) -> Option<RowError> {
        match self {
            Self::NameMissing => Some(RowError::Missing { field: "workerFullName" }),
            Self::Name(error) => Some(RowError::Name(error)),
            Self::NotText { field } => Some(RowError::NotText { field }),
            Self::Damaged { .. } | Self::OtherUnreadable => None,
        }
    }
}
