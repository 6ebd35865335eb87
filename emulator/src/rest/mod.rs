//! What all of Twilio's REST APIs have in common: HTTP Basic, error bodies, forms, dates and pages.
//!
//! Knows nothing of any single product. <https://www.twilio.com/docs/usage/requests-to-twilio>

mod page;
mod resource;

use std::sync::Arc;

use axum::Json;
use axum::body::Bytes;
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::header::{AUTHORIZATION, RETRY_AFTER};
use axum::http::request::Parts;
use axum::http::{HeaderValue, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use jiff::Timestamp;
use serde_json::{Value, json};

use crate::app::App;
use crate::store::StoreError;
pub use page::page;
pub use resource::{
    Created, Reply, Resource, by_name, by_sid, fetch_by_name, fetch_by_sid, made, must_be_free, page_of, remove,
};

/// Proof that a request came with the account's SID and auth token (RFC 7617).
#[derive(Clone, Copy, Debug)]
pub struct Credentials;

/// A refusal in Twilio's shape: `{code, message, more_info, status}`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RestError {
    status: StatusCode,
    code: u32,
    message: String,
    retry_after: Option<u32>,
    details: Option<Value>,
}

/// The fields of an `application/x-www-form-urlencoded` body, in order. Names may stand more than once.
#[derive(Clone, Debug, Default)]
pub struct Fields(Vec<(String, String)>);

impl FromRequestParts<Arc<App>> for Credentials {
    type Rejection = RestError;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, RestError> {
        let refused = || RestError::new(StatusCode::UNAUTHORIZED, 20003, "Authenticate");
        let header = parts.headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok()).ok_or_else(refused)?;
        let (scheme, encoded) = header.split_once(' ').ok_or_else(refused)?;
        let decoded = STANDARD.decode(encoded.trim()).map_err(|_| refused())?;
        let expected = format!("{}:{}", app.account.account_sid(), app.account.auth_token());
        if scheme.eq_ignore_ascii_case("basic") && decoded == expected.as_bytes() { Ok(Self) } else { Err(refused()) }
    }
}

impl RestError {
    /// A refusal with an HTTP status, one of Twilio's error codes and a sentence.
    ///
    /// <https://www.twilio.com/docs/api/errors>
    pub fn new(status: StatusCode, code: u32, message: impl Into<String>) -> Self {
        Self { status, code, message: message.into(), retry_after: None, details: None }
    }

    /// The same with a `Retry-After` header, in seconds.
    #[must_use]
    pub fn retry_after(mut self, seconds: Option<u32>) -> Self {
        self.retry_after = seconds;
        self
    }

    /// The same with more about it, as some of Twilio's products give it.
    #[must_use]
    pub fn details(mut self, details: Value) -> Self {
        self.details = Some(details);
        self
    }

    /// There is no such resource (20404).
    #[must_use]
    pub fn not_found(path: &str) -> Self {
        Self::new(StatusCode::NOT_FOUND, 20404, format!("The requested resource {path} was not found"))
    }

    /// A parameter is missing or may not be what it is (20001).
    pub fn bad_parameter(message: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, 20001, message)
    }

    /// What has to be the only one of its kind is there already (20409).
    pub fn taken(message: impl Into<String>) -> Self {
        Self::new(StatusCode::CONFLICT, 20409, message)
    }

    /// The body, as it is sent.
    #[must_use]
    pub fn body(&self) -> Value {
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
    pub fn status(&self) -> StatusCode {
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
            response.headers_mut().insert(axum::http::header::WWW_AUTHENTICATE, challenge);
        }
        response
    }
}

impl Fields {
    /// Reads `name=value&name=value`.
    ///
    /// # Errors
    ///
    /// [`RestError`] 400 when the text is not a form.
    pub fn parse(text: &[u8]) -> Result<Self, RestError> {
        serde_urlencoded::from_bytes(text).map(Self).map_err(|error| RestError::bad_parameter(error.to_string()))
    }

    /// Reads the query of an address.
    ///
    /// # Errors
    ///
    /// [`RestError`] 400 when the query is not a form.
    pub fn of_query(uri: &Uri) -> Result<Self, RestError> {
        Self::parse(uri.query().unwrap_or_default().as_bytes())
    }

    /// The first value under a name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(field, _)| field == name).map(|(_, value)| value.as_str())
    }

    /// Every name and value, in order.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// Every value under a name, in order.
    pub fn all(&self, name: &str) -> impl Iterator<Item = &str> {
        self.0.iter().filter(move |(field, _)| field == name).map(|(_, value)| value.as_str())
    }

    /// The first value under a name that must be there and not be empty.
    ///
    /// # Errors
    ///
    /// [`RestError`] 400 that names what is missing.
    pub fn required(&self, name: &str) -> Result<&str, RestError> {
        let missing = || RestError::bad_parameter(format!("Missing required parameter {name} in the post body"));
        self.get(name).filter(|value| !value.is_empty()).ok_or_else(missing)
    }
}

impl<S: Send + Sync> FromRequest<S> for Fields {
    type Rejection = RestError;

    async fn from_request(request: Request, state: &S) -> Result<Self, RestError> {
        let body = Bytes::from_request(request, state)
            .await
            .map_err(|error| RestError::new(error.status(), 20001, error.body_text()))?;
        Self::parse(&body)
    }
}

/// An instant, in microseconds since 1970, as Twilio writes dates: `2015-07-30T20:00:00Z`.
#[must_use]
pub fn date(microseconds: i64) -> String {
    Timestamp::from_second(microseconds.div_euclid(1_000_000)).unwrap_or(Timestamp::UNIX_EPOCH).to_string()
}

/// Now, in microseconds since 1970.
#[must_use]
pub fn now() -> i64 {
    Timestamp::now().as_microsecond()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_keeps_every_value_of_a_repeated_name_in_order() {
        let fields = Fields::parse(b"AssetVersions=ZN2&AssetVersions=ZN1&Runtime=node22&Path=%2Fa+b").unwrap();
        assert_eq!(fields.all("AssetVersions").collect::<Vec<_>>(), ["ZN2", "ZN1"]);
        assert_eq!(fields.get("Path"), Some("/a b"));
        assert_eq!(fields.required("BuildSid").unwrap_err().status(), StatusCode::BAD_REQUEST);
    }

    #[test]
    fn dates_are_written_in_whole_seconds_of_utc() {
        assert_eq!(date(1_438_286_400_999_999), "2015-07-30T20:00:00Z");
    }

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
