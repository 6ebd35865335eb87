//! Turns what a request carried into a JSON value that a test can compare, without its secrets.

use axum::body::{Body, Bytes};
use axum::extract::{FromRequest, Multipart};
use axum::http::request::Parts;
use axum::http::{Request, header};
use serde_json::{Map, Value, json};

use crate::rest::Fields;

/// A file longer than this is recorded by its length.
const LONGEST_FILE: usize = 64 * 1024;

const SECRET_NAMES: [&str; 6] = ["token", "password", "authtoken", "auth_token", "x-flex-jwe", "ticket"];

/// The same value with what stands under `Token`, `password` and the like replaced.
pub(super) fn redacted(value: Value) -> Value {
    match value {
        Value::Object(fields) => Value::Object(fields.into_iter().map(redacted_field).collect()),
        Value::Array(values) => Value::Array(values.into_iter().map(redacted).collect()),
        other => other,
    }
}

fn redacted_field((name, value): (String, Value)) -> (String, Value) {
    let secret = SECRET_NAMES.iter().any(|secret| name.eq_ignore_ascii_case(secret));
    let value = if secret { json!("[redacted]") } else { redacted(value) };
    (name, value)
}

/// `name=value` pairs as an object. A name that stands more than once has a list of values.
pub(super) fn form_as_json(text: &[u8]) -> Value {
    let Ok(pairs) = serde_urlencoded::from_bytes::<Vec<(String, String)>>(text) else { return Value::Null };
    let fields = Fields::parse(text).unwrap_or_default();
    let mut object = Map::new();
    for (name, _) in pairs {
        let values: Vec<_> = fields.all(&name).collect();
        let value = if values.len() == 1 { json!(values[0]) } else { json!(values) };
        object.insert(name, value);
    }
    Value::Object(object)
}

/// The body of a request by its content type.
pub(super) async fn body_as_json(parts: &Parts, body: &Bytes) -> Value {
    let content_type = parts.headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or("");
    let as_object = || serde_json::from_slice(body).ok().filter(Value::is_object);
    if body.is_empty() {
        Value::Null
    } else if let Some(object) = as_object() {
        // Some of Twilio's own clients send JSON under the content type of a form.
        object
    } else if content_type.starts_with("application/json") {
        serde_json::from_slice(body).unwrap_or_else(|_| json!({ "unreadable": body.len() }))
    } else if content_type.starts_with("application/x-www-form-urlencoded") {
        form_as_json(body)
    } else if content_type.starts_with("multipart/form-data") {
        multipart_as_json(content_type, body).await.unwrap_or(Value::Null)
    } else {
        json!({ "length": body.len() })
    }
}

async fn multipart_as_json(content_type: &str, body: &Bytes) -> Option<Value> {
    let request = Request::builder().header(header::CONTENT_TYPE, content_type).body(Body::from(body.clone())).ok()?;
    let mut multipart = Multipart::from_request(request, &()).await.ok()?;
    let mut object = Map::new();
    while let Some(field) = multipart.next_field().await.ok()? {
        let name = field.name().unwrap_or_default().to_owned();
        let content = field.bytes().await.ok()?;
        object.insert(name, part_as_json(&content));
    }
    Some(Value::Object(object))
}

fn part_as_json(content: &Bytes) -> Value {
    match std::str::from_utf8(content) {
        Ok(text) if text.len() <= LONGEST_FILE => json!(text),
        _ => json!({ "length": content.len() }),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_repeated_name_becomes_a_list() {
        assert_eq!(form_as_json(b"A=1&B=2&A=3"), json!({"A": ["1", "3"], "B": "2"}));
    }

    #[tokio::test]
    async fn multipart_fields_are_shown_as_text() {
        let body = "--x\r\nContent-Disposition: form-data; name=\"Path\"\r\n\r\n/extensions.json\r\n\
                    --x\r\nContent-Disposition: form-data; name=\"Content\"; filename=\"a\"\r\n\
                    Content-Type: application/json\r\n\r\n[]\r\n--x--\r\n";
        let shown = multipart_as_json("multipart/form-data; boundary=x", &Bytes::from(body)).await.unwrap();
        assert_eq!(shown, json!({"Path": "/extensions.json", "Content": "[]"}));
    }

    proptest! {
        #[test]
        fn any_body_is_shown_under_any_content_type(
            content_type in prop_oneof![
                Just("multipart/form-data; boundary=b"),
                Just("multipart/form-data"),
                Just("application/json"),
                Just("application/x-www-form-urlencoded"),
                Just(""),
            ],
            start in prop_oneof![Just(""), Just("--b\r\n"), Just("--b\r\nContent-Disposition: form-data; name=\"a\"\r\n")],
            rest in prop::collection::vec(any::<u8>(), 0..48),
        ) {
            let request = Request::builder().header(header::CONTENT_TYPE, content_type).body(()).unwrap();
            let body = Bytes::from([start.as_bytes(), &rest].concat());
            let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
            let shown = runtime.block_on(body_as_json(&request.into_parts().0, &body));
            prop_assert!(shown.is_null() || !body.is_empty());
        }
    }
}
