//! A refusal in Twilio's shape, and the responses that carry it.
//!
//! <https://www.twilio.com/docs/usage/requests-to-twilio>, codes: <https://www.twilio.com/docs/api/errors>

use axum::Json;
use axum::http::header::{RETRY_AFTER, WWW_AUTHENTICATE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use crate::store::StoreError;

/// A refusal in Twilio's shape: `{code, message, more_info, status}`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct RestError {
    status: StatusCode,
    code: u32,
    message: String,
    retry_after: Option<u32>,
    details: Option<Value>,
}

impl RestError {
    /// A refusal with an HTTP status, one of Twilio's error codes and a sentence.
    ///
    /// <https://www.twilio.com/docs/api/errors>
    pub(crate) fn new(status: StatusCode, code: u32, message: impl Into<String>) -> Self {
        Self { status, code, message: message.into(), retry_after: None, details: None }
    }

    /// The same with a `Retry-After` header, in seconds.
    #[must_use]
    pub(crate) fn retry_after(mut self, seconds: Option<u32>) -> Self {
        self.retry_after = seconds;
        self
    }

    /// The same with more about it, as some of Twilio's products give it.
    #[must_use]
    pub(crate) fn details(mut self, details: Value) -> Self {
        self.details = Some(details);
        self
    }

    /// There is no such resource (20404).
    #[must_use]
    pub(crate) fn not_found(path: &str) -> Self {
        Self::new(StatusCode::NOT_FOUND, 20404, format!("The requested resource {path} was not found"))
    }

    /// A parameter is missing or may not be what it is (20001).
    pub(crate) fn bad_parameter(message: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, 20001, message)
    }

    /// What has to be the only one of its kind is there already (20409).
    pub(crate) fn conflict(message: impl Into<String>) -> Self {
        Self::new(StatusCode::CONFLICT, 20409, message)
    }

    /// The body, as it is sent.
    #[must_use]
    pub(crate) fn body(&self) -> Value {
        let mut body = json!({
            "code": self.code,
            "message": self.message,
            "more_info": format!("https://www.twilio.com/docs/errors/{}", self.code),
            "status": self.status.as_u16(),
        });
        if let Some(details) = &self.details {
            body["details"] = details.clone();
        }
        body
    }

    /// The HTTP status.
    #[must_use]
    pub(crate) fn status(&self) -> StatusCode {
        self.status
    }
}

impl From<StoreError> for RestError {
    fn from(error: StoreError) -> Self {
        tracing::error!(%error, "a request could not be answered");
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, 20500, "An internal server error has occurred")
    }
}

impl IntoResponse for RestError {
    fn into_response(self) -> Response {
        let mut response = (self.status, Json(self.body())).into_response();
        if let Some(seconds) = self.retry_after {
            response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(seconds));
        }
        if self.status == StatusCode::UNAUTHORIZED {
            let challenge = HeaderValue::from_static("Basic realm=\"Twilio API\"");
            response.headers_mut().insert(WWW_AUTHENTICATE, challenge);
        }
        response
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_body_carries_code_message_and_status() {
        let error = RestError::new(StatusCode::NOT_FOUND, 54201, "Map item not found");
        assert_eq!(
            error.body(),
            json!({"code": 54201, "message": "Map item not found", "status": 404,
                   "more_info": "https://www.twilio.com/docs/errors/54201"})
        );
    }
}
