//! Which sentence says why the published directory can not be read, and which answer that is.
//!
//! Knows nothing of what callers are answered meanwhile.

use super::{ApiError, twilio_sentence};
use crate::directory::ReadError;
use crate::lookup::{NothingToAnswerFrom, Problem};
use crate::strings;

/// What keeps the lookup from newer rows, with a next step; it holds nothing that Twilio said.
pub(crate) fn problem_sentence(problem: &Problem) -> &'static str {
    match problem {
        Problem::TooSlow => strings::TWILIO_SLOW,
        Problem::NoAsset(_) => strings::NO_ASSET,
        Problem::NoUsableRow { .. } => strings::NO_USABLE_ROW,
        Problem::EmptyUnconfirmed => strings::EMPTY_UNCONFIRMED,
        Problem::Read(ReadError::NotADirectory { .. }) => strings::ASSET_UNREADABLE,
        Problem::Read(ReadError::TooManyRows(_)) => strings::TOO_MANY_ROWS,
        Problem::Read(ReadError::Private(_)) => strings::ASSET_PRIVATE,
        Problem::Read(ReadError::BuildGone(_)) => strings::BUILD_GONE,
        Problem::Read(ReadError::OlderBuild) => strings::REPLACED,
        Problem::Read(ReadError::Twilio(error)) => twilio_sentence(error),
    }
}

impl From<NothingToAnswerFrom> for ApiError {
    fn from(NothingToAnswerFrom { problem }: NothingToAnswerFrom) -> Self {
        Self::NothingToAnswerFrom(problem.map_or(strings::NOT_READ_YET, |problem| problem_sentence(&problem)))
    }
}

impl From<ReadError> for ApiError {
    fn from(error: ReadError) -> Self {
        match error {
            ReadError::Private(path) => Self::PrivateAsset(path),
            ReadError::OlderBuild => Self::Replaced,
            ReadError::NotADirectory { path, .. } => Self::NotADirectory(path),
            ReadError::TooManyRows(path) => Self::TooManyRows(path),
            ReadError::BuildGone(sid) => Self::BuildGone(sid),
            ReadError::Twilio(error) => Self::Twilio(error),
        }
    }
}
