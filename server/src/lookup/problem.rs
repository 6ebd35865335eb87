//! Why the lookup answers from an older directory than the one that is deployed, or from none.
//!
//! Knows nothing of what is answered meanwhile.

use crate::directory::ReadError;
use crate::twilio::TwilioError;

/// What came of a refresh that brought nothing to answer from. Its text is for the log.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Problem {
    /// It takes longer than a caller can wait.
    #[error("Twilio takes too long")]
    TooSlow,
    /// What is deployed can not be read.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// The Environment has no Build, or one without our asset.
    #[error("what is deployed has no asset {0}")]
    NoAsset(String),
    /// The asset has rows, and none of them leads to an agent.
    #[error("none of the {rows} rows of the deployed asset leads to an agent")]
    NoUsableRow {
        /// How many rows it has.
        rows: usize,
    },
    /// The asset is an empty array that no publish wrote.
    #[error("the deployed asset is an empty array that nobody published with a confirmed count")]
    EmptyUnconfirmed,
}

impl From<TwilioError> for Problem {
    fn from(error: TwilioError) -> Self {
        Self::Read(error.into())
    }
}
