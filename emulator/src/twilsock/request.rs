//! The HTTP request that a `message` frame wraps, and the reply that wraps its answer.

use axum::http::StatusCode;
use bytes::Bytes;
use percent_encoding::percent_decode_str;
use serde_json::{Map, Value, json};

use super::frame::{Frame, encode, encode_text};

/// A wrapped request.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Request {
    /// The id that the reply has to repeat.
    pub(super) id: String,
    /// The product on whose behalf it is made, if it says so.
    pub(super) grant: Option<String>,
    /// The host that it names.
    pub(super) host: String,
    /// The HTTP method.
    pub(super) method: String,
    /// The path as it came, percent-encoded.
    pub(super) path: String,
    /// The query: name -> value, decoded.
    pub(super) query: Map<String, Value>,
    /// The If-Match header.
    pub(super) if_match: Option<String>,
    /// The JSON body; null if there is none or it is not JSON.
    pub(super) body: Value,
}

impl Request {
    /// Takes a `message` frame apart. The payload of a DELETE is never a body: the SDK sends a bare word there.
    #[must_use]
    pub(super) fn from_frame(frame: &Frame) -> Self {
        let http = &frame.header["http_request"];
        let text = |field: &str| http[field].as_str().unwrap_or_default().to_owned();
        let method = text("method").to_uppercase();
        let body = if method == "DELETE" { None } else { serde_json::from_slice(&frame.payload).ok() };
        Self {
            id: frame.text("id").to_owned(),
            grant: frame.header["active_grant"].as_str().map(str::to_owned),
            host: text("host"),
            method,
            path: text("path"),
            query: query(&http["params"]),
            if_match: header(&http["headers"], "if-match"),
            body: body.unwrap_or_default(),
        }
    }

    /// The path's segments, decoded.
    #[must_use]
    pub(super) fn segments(&self) -> Vec<String> {
        self.path.trim_start_matches('/').split('/').map(decode).collect()
    }

    /// One query parameter, the first value if it is repeated.
    #[must_use]
    pub(super) fn parameter(&self, name: &str) -> Option<&str> {
        match self.query.get(name)? {
            Value::Array(values) => values.first()?.as_str(),
            value => value.as_str(),
        }
    }

    /// How the call log names it: the host without `.twilio.com`, then the path.
    #[must_use]
    pub(super) fn logged_path(&self) -> String {
        format!("/{}{}", self.host.strip_suffix(".twilio.com").unwrap_or(&self.host), self.path)
    }
}

fn decode(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}

fn query(params: &Value) -> Map<String, Value> {
    let value = |value: &Value| match value {
        Value::String(text) => json!(decode(text)),
        Value::Array(values) => values.iter().map(|each| json!(decode(each.as_str().unwrap_or_default()))).collect(),
        other => json!(other.to_string()),
    };
    params
        .as_object()
        .map(|params| params.iter().map(|(name, each)| (name.clone(), value(each))).collect())
        .unwrap_or_default()
}

fn header(headers: &Value, wanted: &str) -> Option<String> {
    let headers = headers.as_object()?;
    let (_, value) = headers.iter().find(|(name, _)| name.eq_ignore_ascii_case(wanted))?;
    Some(value.as_str().map_or_else(|| value.to_string(), str::to_owned))
}

/// The status of a reply, in the words that the SDK compares.
#[must_use]
pub(super) fn status(code: u16) -> Value {
    let reason = StatusCode::from_u16(code).ok().and_then(|status| status.canonical_reason()).unwrap_or("Unknown");
    json!({ "code": code, "status": reason.to_uppercase().replace(' ', "_") })
}

/// The reply frame to a wrapped request.
#[must_use]
pub(super) fn reply(id: &str, http_status: u16, http_headers: &Value, body: Option<&Value>) -> Bytes {
    encode(reply_header(id, http_status, http_headers), body)
}

/// A reply frame whose body is a text.
#[must_use]
pub(super) fn text_reply(id: &str, http_status: u16, content_type: &str, body: &str) -> Bytes {
    encode_text(reply_header(id, http_status, &json!({ "Content-Type": content_type })), content_type, body)
}

fn reply_header(id: &str, http_status: u16, http_headers: &Value) -> Value {
    json!({
        "method": "reply",
        "id": id,
        "status": status(200),
        "http_status": status(http_status),
        "http_headers": http_headers,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(http: &Value, payload: &str) -> Request {
        let header = json!({ "id": "TM1", "method": "message", "active_grant": "data_sync", "http_request": http });
        Request::from_frame(&Frame { header, payload: payload.into() })
    }

    #[test]
    fn keys_are_split_from_the_path_before_they_are_decoded() {
        let request = request(&json!({ "path": "/v3/Maps/m/Items/a%20b%2F%C3%BC%25%3F", "method": "PUT" }), "{}");
        assert_eq!(request.segments(), ["v3", "Maps", "m", "Items", "a b/ü%?"]);
    }

    #[test]
    fn parameters_are_decoded_and_may_be_missing_or_repeated() {
        let found = request(&json!({ "method": "GET", "params": { "Key": "a%20b", "From": ["x%2F", "y"] } }), "");
        assert_eq!(found.parameter("Key"), Some("a b"));
        assert_eq!(found.parameter("From"), Some("x/"));
        assert_eq!(request(&json!({ "method": "GET" }), "").parameter("Key"), None);
    }

    #[test]
    fn the_payload_of_a_delete_is_not_a_body() {
        assert_eq!(request(&json!({ "method": "DELETE" }), "data_sync").body, Value::Null);
    }

    #[test]
    fn a_status_is_written_as_the_sdk_compares_it() {
        assert_eq!(status(401), json!({ "code": 401, "status": "UNAUTHORIZED" }));
        assert_eq!(status(200), json!({ "code": 200, "status": "OK" }));
    }
}
