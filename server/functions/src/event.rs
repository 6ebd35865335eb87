//! What Twilio hands to a Function, turned back into the request that it was made of.
//!
//! Knows nothing of what is asked for. An event holds the fields of query and body in one object and the headers
//! under `request`; it tells neither the method nor the body's own bytes.
//! <https://www.twilio.com/docs/serverless/functions-assets/functions/invocation#the-event-object>

use http::header::{CONTENT_LENGTH, CONTENT_TYPE};
use http::{HeaderMap, HeaderName, HeaderValue, Method, Request};
use serde::Deserialize;
use serde_json::{Map, Value};

const FORM: &str = "application/x-www-form-urlencoded";
const JSON: HeaderValue = HeaderValue::from_static("application/json");
/// How long a query may be, in bytes. With its path it must stay below the 65 535 that a `Uri` of the `http` crate takes.
const LONGEST_QUERY: usize = 60_000;

/// The request behind an event, for `path`, which begins with a slash. `event` is the event as JSON.
///
/// What a caller can make unreadable, such as arrays too deep in each other or half of a surrogate pair, stays as it is
/// and is the body, so that the server refuses it as it refuses any other that it can not read.
///
/// # Errors
///
/// When `path` is no path, which does not come from a caller.
pub fn request(path: &str, event: &str) -> Result<Request<String>, String> {
    let (headers, method, query, body) = match serde_json::from_str(event) {
        Ok(fields) => parts(fields),
        Err(_) => (HeaderMap::from_iter([(CONTENT_TYPE, JSON)]), Method::POST, String::new(), event.to_owned()),
    };
    let uri = if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") };
    let mut request = Request::builder().method(method).uri(uri).body(body).map_err(|error| error.to_string())?;
    *request.headers_mut() = headers;
    request.headers_mut().remove(CONTENT_LENGTH);
    Ok(request)
}

/// Headers, method, query and body. A query that is too long for an address goes as a form, which the server refuses
/// by its size.
fn parts(mut event: Map<String, Value>) -> (HeaderMap, Method, String, String) {
    let headers = headers(event.remove("request"));
    let is_form = content_type(&headers).starts_with(FORM);
    match method(&headers) {
        Method::GET => match form(&event) {
            query if query.len() <= LONGEST_QUERY => (headers, Method::GET, query, String::new()),
            form => (headers, Method::POST, String::new(), form),
        },
        method if is_form => (headers, method, String::new(), form(&event)),
        method => (headers, method, String::new(), Value::Object(event).to_string()),
    }
}

/// Only what was sent with a body has a type or a length. Without any headers the runtime is an old one, which
/// tells nothing; then it is what the view sends.
fn method(headers: &HeaderMap) -> Method {
    let length = headers.get(CONTENT_LENGTH).is_some_and(|length| length != "0");
    if headers.is_empty() || length || headers.contains_key(CONTENT_TYPE) { Method::POST } else { Method::GET }
}

fn content_type(headers: &HeaderMap) -> String {
    let value = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
    value.unwrap_or_default().trim_start().to_ascii_lowercase()
}

#[derive(Default, Deserialize)]
struct Meta {
    #[serde(default)]
    headers: Map<String, Value>,
}

/// The headers that can be read; of a repeated one, the first.
fn headers(request: Option<Value>) -> HeaderMap {
    let meta: Meta = request.and_then(|request| serde_json::from_value(request).ok()).unwrap_or_default();
    let text = |value: &Value| match value {
        Value::Array(values) => values.first().and_then(Value::as_str).map(str::to_owned),
        value => value.as_str().map(str::to_owned),
    };
    let header = |(name, value): (&String, &Value)| {
        Some((HeaderName::try_from(name).ok()?, HeaderValue::try_from(text(value)?).ok()?))
    };
    meta.headers.iter().filter_map(header).collect()
}

/// Fields as a form or a query; what is no text is written as JSON, and a repeated field stands once for each value.
fn form(fields: &Map<String, Value>) -> String {
    let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    let pairs: Vec<(&String, String)> = fields
        .iter()
        .flat_map(|(name, value)| match value {
            Value::Array(values) => values.iter().map(|value| (name, text(value))).collect(),
            value => vec![(name, text(value))],
        })
        .collect();
    serde_urlencoded::to_string(pairs).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn of(event: &Value) -> Request<String> {
        request("/agentExtensions", &event.to_string()).unwrap()
    }

    #[test]
    fn a_request_with_neither_type_nor_length_is_a_get_with_its_fields_in_the_query() {
        let event = json!({"request": {"headers": {"host": "a", "accept": "*/*"}, "cookies": {}}, "agentExt": "7 7"});
        let request = of(&event);
        assert_eq!(request.method(), Method::GET);
        assert_eq!(request.uri(), "/agentExtensions?agentExt=7+7");
        assert!(request.body().is_empty());
    }

    #[test]
    fn a_form_stays_a_form_and_repeats_what_was_repeated() {
        let headers =
            json!({"content-type": "application/x-www-form-urlencoded; charset=UTF-8", "content-length": "9"});
        let request = of(&json!({"request": {"headers": headers}, "agentExt": "77", "x": ["1", "2"]}));
        assert_eq!(request.method(), Method::POST);
        assert_eq!(request.body(), "agentExt=77&x=1&x=2");
        assert!(request.headers().contains_key(CONTENT_TYPE) && !request.headers().contains_key(CONTENT_LENGTH));
    }

    #[test]
    fn an_object_stays_an_object_without_what_twilio_adds() {
        let event =
            json!({"request": {"headers": {"content-type": "application/json"}}, "data": [{"a": 1}], "n": null});
        let request = of(&event);
        let body: Value = serde_json::from_str(request.body()).unwrap();
        assert_eq!(request.method(), Method::POST);
        assert_eq!(body, json!({"data": [{"a": 1}], "n": null}));
        assert_eq!(of(&json!({"agentExt": "77"})).method(), Method::POST, "a runtime that tells no headers");
    }

    #[test]
    fn what_a_caller_made_unreadable_is_left_for_the_server_to_refuse() {
        let deep = format!(r#"{{"request":{{"headers":{{}}}},"data":{}{}}}"#, "[".repeat(200), "]".repeat(200));
        for unreadable in [r#"{"agentExt":"\ud800"}"#, r#"{"\ud800":""}"#, &deep] {
            let request = request("/agentExtensions", unreadable).unwrap();
            assert_eq!((request.method(), request.body().as_str()), (&Method::POST, unreadable));
            assert_eq!(request.headers()[CONTENT_TYPE], "application/json");
        }
    }

    #[test]
    fn a_query_that_no_address_holds_is_a_form() {
        let headers = json!({"host": "a"});
        let of = |length| of(&json!({"request": {"headers": headers}, "agentExt": "7".repeat(length)}));
        assert_eq!((of(50_000).method(), of(50_000).body().as_str()), (&Method::GET, ""));
        let long = of(70_000);
        assert_eq!((long.method(), long.uri().query(), long.body().len()), (&Method::POST, None, 70_009));
    }

    #[test]
    fn a_header_that_can_not_be_read_is_left_out() {
        let headers = json!({"origin": ["https://flex.twilio.com", "x"], "bad name": "x", "n": 5, "nl": "a\nb"});
        let request = of(&json!({"request": {"headers": headers}}));
        assert_eq!(request.headers().len(), 1);
        assert_eq!(request.headers()["origin"], "https://flex.twilio.com");
        assert_eq!(of(&json!({"request": "not what Twilio sends", "agentExt": "77"})).method(), Method::POST);
    }
}
