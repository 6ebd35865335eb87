//! The one table of failures: which status, which code and which sentence a client gets.
//!
//! From outside: whatever goes wrong while a request is answered becomes an [`ApiError`], and becoming a response is
//! what writes it to the log, once.
//!
//! Knows nothing of how a failure came about.

mod inner;
mod unread;

use std::borrow::Cow;
use std::time::Duration;

use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};
use shared::wire::{BuildStatus, ErrorBody, ErrorCode};
use shared::{DirectoryError, Publishing};

pub(crate) use self::unread::problem_sentence;
use crate::strings;
use crate::twilio::TwilioError;

/// What a client waits before it asks again when Twilio names no time.
const DEFAULT_RETRY_AFTER: Duration = Duration::from_secs(5);

/// A request that can not be answered as it was meant.
#[derive(Debug, thiserror::Error)]
pub enum ApiError {
    /// 400: it can not be read. The text is a whole sentence with a next step.
    #[error("invalid request: {0}")]
    InvalidRequest(String),
    /// 422: rows break a rule.
    #[error("invalid directory: {0}")]
    InvalidDirectory(#[from] DirectoryError),
    /// 422: so much would be lost, or nobody can tell how much, that a person must confirm it.
    #[error("{count} rows in place of {published:?} need a confirmation")]
    ConfirmationRequired {
        /// How many rows there would be.
        count: usize,
        /// How many there are; none where what is published can not be read.
        published: Option<usize>,
    },
    /// 401: no token, or one that is not valid any more.
    #[error("no valid Flex token")]
    NotSignedIn,
    /// 403: a valid token of somebody who has none of the roles.
    #[error("neither supervisor nor admin")]
    RoleNeeded,
    /// 403: neither signed by Twilio nor with the account's credentials.
    #[error("neither signed by Twilio nor with the account's credentials")]
    NotSignedByTwilio,
    /// 404: no such path.
    #[error("no such path")]
    NoSuchPath,
    /// 405: the path is there, but not for this method.
    #[error("no such method at this path")]
    WrongMethod,
    /// 404: no such Build.
    #[error("no such Build")]
    UnknownBuild,
    /// 409: somebody else published since the data was loaded. Holds the version that is published now.
    #[error("version conflict: {0:?} is published")]
    VersionConflict(Option<String>),
    /// 409: somebody is publishing. Holds who, where that is known.
    #[error("a publish is in progress")]
    PublishInProgress(Option<Box<Publishing>>),
    /// 409: the publish was discarded, or its lock has expired.
    #[error("the publish was discarded or has expired")]
    PublishDiscarded,
    /// 409: the Build is not completed.
    #[error("the Build is {0:?}")]
    BuildNotReady(BuildStatus),
    /// 413: the rows make a larger asset than Twilio takes.
    #[error("the asset would have {bytes} bytes, and {limit} are the most")]
    DirectoryTooLarge {
        /// How large it would be, in bytes.
        bytes: usize,
        /// What an asset of this visibility may have, in bytes.
        limit: usize,
    },
    /// 413: more than the path takes.
    #[error("the body is too large")]
    TooLarge,
    /// 413: more than a stranger may send, and no token where it must stand.
    #[error("a large body without a Flex token before its rows")]
    TokenNotFirst,
    /// 422: a row is larger than a Map Item can be. Holds its position, counted from 0.
    #[error("row {row} is too large")]
    RowTooLarge {
        /// Its position in what was sent, counted from 0.
        row: usize,
    },
    /// 422: a row is JSON, and has something that can not be read. Holds its position, counted from 0.
    #[error("row {row} can not be read")]
    RowUnreadable {
        /// Its position in what was sent, counted from 0.
        row: usize,
    },
    /// 408: the body did not arrive in time.
    #[error("the body did not arrive in time")]
    TooSlow,
    /// 503: large bodies of others came first.
    #[error("large bodies of others came first")]
    Busy,
    /// 503: Twilio is asked about too many tokens that nobody knows.
    #[error("too many unknown Flex tokens")]
    SignInsBusy,
    /// 502: the published asset can not be read back, by its path.
    #[error("the asset {0} is private")]
    PrivateAsset(String),
    /// 503: somebody published, and this process belongs to the Build before that.
    #[error("this process belongs to an older Build than the deployed one")]
    Replaced,
    /// 502: the published asset is not an array of rows, by its path.
    #[error("the asset {0} is not a JSON array")]
    NotADirectory(String),
    /// 502: the published asset has more rows than anybody ever published, by its path.
    #[error("the asset {0} has too many rows")]
    TooManyRows(String),
    /// 502: the Build with this SID is deployed, and gone.
    #[error("the Build {0} that is deployed is gone")]
    BuildGone(String),
    /// 503 for a rate limit, 502 for everything else that Twilio does not do for us.
    #[error(transparent)]
    Twilio(#[from] TwilioError),
    /// 504: nobody knows whether Twilio deployed a Build, or will yet.
    #[error("whether the Build is live is not known: {0}")]
    DeploymentUnclear(TwilioError),
    /// 503: the lookup never read a directory and can not read one now. Holds the sentence that says why.
    #[error("no published directory to answer from")]
    NothingToAnswerFrom(&'static str),
    /// 500: our own mistake.
    #[error("internal: {0}")]
    Internal(String),
}

impl ApiError {
    /// The status alone, for an answer without a body.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.status_and_code().0
    }

    /// The table: status and code.
    fn status_and_code(&self) -> (StatusCode, ErrorCode) {
        use ErrorCode as Code;
        match self {
            Self::InvalidRequest(_) => (StatusCode::BAD_REQUEST, Code::InvalidRequest),
            Self::TooSlow => (StatusCode::REQUEST_TIMEOUT, Code::InvalidRequest),
            Self::InvalidDirectory(_) | Self::RowTooLarge { .. } | Self::RowUnreadable { .. } => {
                (StatusCode::UNPROCESSABLE_ENTITY, Code::InvalidDirectory)
            }
            Self::ConfirmationRequired { .. } => (StatusCode::UNPROCESSABLE_ENTITY, Code::ConfirmationRequired),
            Self::NotSignedIn => (StatusCode::UNAUTHORIZED, Code::NotSignedIn),
            Self::RoleNeeded | Self::NotSignedByTwilio => (StatusCode::FORBIDDEN, Code::NotAllowed),
            Self::NoSuchPath => (StatusCode::NOT_FOUND, Code::NotFound),
            Self::WrongMethod => (StatusCode::METHOD_NOT_ALLOWED, Code::NotFound),
            Self::UnknownBuild => (StatusCode::NOT_FOUND, Code::UnknownBuild),
            Self::VersionConflict(_) => (StatusCode::CONFLICT, Code::VersionConflict),
            Self::PublishInProgress(_) => (StatusCode::CONFLICT, Code::PublishInProgress),
            Self::PublishDiscarded => (StatusCode::CONFLICT, Code::PublishDiscarded),
            Self::BuildNotReady(_) => (StatusCode::CONFLICT, Code::BuildNotReady),
            Self::TooLarge | Self::TokenNotFirst | Self::DirectoryTooLarge { .. } => {
                (StatusCode::PAYLOAD_TOO_LARGE, Code::TooLarge)
            }
            Self::Busy | Self::SignInsBusy => (StatusCode::SERVICE_UNAVAILABLE, Code::Busy),
            Self::Twilio(TwilioError::RateLimited { .. }) => (StatusCode::SERVICE_UNAVAILABLE, Code::TwilioBusy),
            Self::NothingToAnswerFrom(_) | Self::Replaced => (StatusCode::SERVICE_UNAVAILABLE, Code::TwilioFailed),
            Self::PrivateAsset(_)
            | Self::NotADirectory(_)
            | Self::TooManyRows(_)
            | Self::BuildGone(_)
            | Self::Twilio(_) => (StatusCode::BAD_GATEWAY, Code::TwilioFailed),
            Self::DeploymentUnclear(_) => (StatusCode::GATEWAY_TIMEOUT, Code::DeploymentUnclear),
            Self::Internal(_) => (StatusCode::INTERNAL_SERVER_ERROR, Code::Internal),
        }
    }

    /// The sentence for a person.
    pub(crate) fn sentence(&self) -> Cow<'_, str> {
        match self {
            Self::InvalidRequest(sentence) => sentence.into(),
            Self::InvalidDirectory(error) => strings::rows_wrong(error.rows.len()).into(),
            Self::ConfirmationRequired { count, published } => {
                strings::confirmation_required(*count, *published).into()
            }
            Self::NotSignedIn => strings::NOT_SIGNED_IN.into(),
            Self::RoleNeeded => strings::ROLE_NEEDED.into(),
            Self::NotSignedByTwilio => strings::NOT_SIGNED_BY_TWILIO.into(),
            Self::NoSuchPath => strings::NO_SUCH_PATH.into(),
            Self::WrongMethod => strings::WRONG_METHOD.into(),
            Self::UnknownBuild => strings::UNKNOWN_BUILD.into(),
            Self::VersionConflict(_) => strings::VERSION_CONFLICT.into(),
            Self::PublishInProgress(_) => strings::PUBLISH_IN_PROGRESS.into(),
            Self::PublishDiscarded => strings::PUBLISH_DISCARDED.into(),
            Self::BuildNotReady(status) => strings::build_not_ready(*status).into(),
            Self::TooLarge => strings::TOO_LARGE.into(),
            Self::TokenNotFirst => strings::TOKEN_NOT_FIRST.into(),
            Self::RowTooLarge { .. } | Self::RowUnreadable { .. } => strings::rows_wrong(1).into(),
            Self::TooSlow => strings::TOO_SLOW.into(),
            Self::Busy => strings::BUSY.into(),
            Self::SignInsBusy => strings::SIGN_INS_BUSY.into(),
            Self::DirectoryTooLarge { bytes, limit } => strings::directory_too_large(*bytes, *limit).into(),
            Self::Replaced => strings::REPLACED.into(),
            Self::PrivateAsset(path) => strings::private_asset(path).into(),
            Self::NotADirectory(path) => strings::not_a_directory(path).into(),
            Self::TooManyRows(path) => strings::asset_has_too_many_rows(path).into(),
            Self::BuildGone(sid) => strings::build_gone(sid).into(),
            Self::Twilio(error) => twilio_sentence(error).into(),
            Self::DeploymentUnclear(_) => strings::DEPLOYMENT_UNCLEAR.into(),
            Self::NothingToAnswerFrom(why) => strings::nothing_to_answer_from(why).into(),
            Self::Internal(_) => strings::INTERNAL.into(),
        }
    }

    /// More about it, in the shape that the code promises.
    fn detail(&self) -> Option<Value> {
        match self {
            Self::InvalidDirectory(error) => {
                let rows =
                    error.rows.iter().map(|invalid| json!({"row": invalid.row, "problem": invalid.error.to_string()}));
                Some(json!({"rows": rows.collect::<Vec<_>>()}))
            }
            Self::RowTooLarge { row } => Some(json!({"rows": [{"row": row, "problem": strings::ROW_TOO_LARGE}]})),
            Self::RowUnreadable { row } => Some(json!({"rows": [{"row": row, "problem": strings::ROW_UNREADABLE}]})),
            Self::ConfirmationRequired { count, published } => Some(json!({"count": count, "published": published})),
            Self::VersionConflict(version) => Some(json!({"version": version})),
            Self::PublishInProgress(holder) => holder.as_ref().map(|holder| json!(holder)),
            Self::BuildNotReady(status) => Some(json!({"buildStatus": status})),
            Self::Twilio(TwilioError::Rejected { operation, status, code, message }) => {
                Some(json!({"operation": operation, "status": status, "code": code, "message": message}))
            }
            _ => None,
        }
    }

    fn retry_after(&self) -> Option<Duration> {
        match self {
            Self::Twilio(TwilioError::RateLimited { retry_after, .. }) => {
                Some(retry_after.unwrap_or(DEFAULT_RETRY_AFTER).max(Duration::from_secs(1)))
            }
            Self::NothingToAnswerFrom(_) | Self::Replaced | Self::Busy | Self::SignInsBusy => Some(DEFAULT_RETRY_AFTER),
            _ => None,
        }
    }
}

/// The sentence for what Twilio does not do for us; it holds nothing that Twilio said.
pub(crate) fn twilio_sentence(error: &TwilioError) -> &'static str {
    match error {
        TwilioError::RateLimited { .. } => strings::TWILIO_BUSY,
        TwilioError::Unreachable { .. } | TwilioError::NoTimeLeft { .. } => strings::TWILIO_SILENT,
        TwilioError::Unauthorized { .. } => strings::TWILIO_REFUSED_US,
        TwilioError::NotFound { .. } => strings::TWILIO_KNOWS_NOTHING,
        TwilioError::Rejected { status: 403, .. } => strings::TWILIO_FORBIDS,
        TwilioError::Unreadable { .. } => strings::TWILIO_UNREADABLE,
        TwilioError::Rejected { .. } => strings::TWILIO_FAILED,
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let (status, code) = self.status_and_code();
        if status.is_server_error() {
            tracing::error!(status = status.as_u16(), ?code, error = %self, "request failed");
        } else {
            tracing::info!(status = status.as_u16(), ?code, error = %self, "request refused");
        }
        let body = ErrorBody { code, message: self.sentence().into_owned(), detail: self.detail() };
        let mut response = (status, Json(body)).into_response();
        if let Some(wait) = self.retry_after() {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(wait.as_secs()));
        }
        response
    }
}

#[cfg(test)]
mod tests;
