//! `/agentExtensions`: what a Studio Flow asks while a caller waits.
//!
//! Knows nothing of where the answer comes from.

use std::sync::Arc;

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::extract::rejection::BytesRejection;
use axum::http::{HeaderMap, Method, Uri};
use serde_json::Value;
use shared::wire::LookupReply;

use super::body::{Fields, received};
use crate::app::App;
use crate::auth::{ReceivedRequest, is_authorized};
use crate::error::ApiError;
use crate::strings;

/// The parameter with the digits that the caller keyed in, as the original function named it.
const AGENT_EXT: &str = "agentExt";
/// More characters than this are no extension, and are not repeated in a reply.
const MOST_CHARACTERS: usize = 256;

/// Which agent `agentExt` leads to; it stands in the query, a form or a JSON object.
pub(super) async fn find(
    State(app): State<Arc<App>>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Result<Json<LookupReply>, ApiError> {
    let body = received(body)?;
    let request = ReceivedRequest { method: &method, uri: &uri, headers: &headers, body: &body };
    if !app.base.home.is_twilio_function() && !is_authorized(&app.base.config, &request) {
        return Err(ApiError::NotSignedByTwilio);
    }
    let extension = match in_body(&request)? {
        Some(extension) => extension,
        None => in_query(uri.query().unwrap_or_default()).ok_or_else(|| invalid_request(strings::AGENT_EXT_MISSING))?,
    };
    if extension.len() > MOST_CHARACTERS {
        return Err(invalid_request(strings::AGENT_EXT_TOO_LONG));
    }
    Ok(Json(app.lookup.find(&app.base, &extension).await?))
}

fn in_body(request: &ReceivedRequest<'_>) -> Result<Option<String>, ApiError> {
    if request.method != Method::POST || request.body.is_empty() {
        return Ok(None);
    }
    match Fields::read(request.headers, request.body)?.get(AGENT_EXT) {
        None => Ok(None),
        Some(Value::String(text)) => Ok(Some(text.clone())),
        Some(Value::Number(number)) => Ok(Some(number.to_string())),
        // What Liquid's `to_json` makes of no digits: nothing was keyed in, as in an empty field of a form.
        Some(Value::Null) => Ok(Some(String::new())),
        Some(_) => Err(invalid_request(strings::AGENT_EXT_MISSING)),
    }
}

fn in_query(query: &str) -> Option<String> {
    let pairs: Vec<(String, String)> = serde_urlencoded::from_str(query).ok()?;
    pairs.into_iter().find(|(name, _)| name == AGENT_EXT).map(|(_, value)| value)
}

fn invalid_request(sentence: &str) -> ApiError {
    ApiError::InvalidRequest(sentence.to_owned())
}
