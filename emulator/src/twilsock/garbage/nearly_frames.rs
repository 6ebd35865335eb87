//! Headers and bodies that are nearly those of the SDK. Knows nothing of what reads them.

use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Map, Value, json};

/// Names that mean something in a header or in a body.
const NAMES: &[&str] = &[
    "id",
    "method",
    "token",
    "capabilities",
    "http_request",
    "host",
    "path",
    "params",
    "headers",
    "active_grant",
    "payload_size",
    "payload_type",
    "unique_name",
    "ttl",
    "data",
    "requests",
    "action",
    "object_sid",
    "object_type",
    "last_event_id",
    "correlation_id",
    "query_string",
    "If-Match",
    "PageSize",
];
/// What fields may be given.
const WORDS: &[&str] = &[
    "message",
    "GET",
    "POST",
    "PUT",
    "DELETE",
    "establish",
    "cancel",
    "map",
    "live_query",
    "1",
    "data.x == \"y\"",
    "m",
];
/// What means something when it is asked for, and what means nothing.
const ROUTES: &[(&str, &str)] = &[
    ("POST", "/v3/Maps"),
    ("GET", "/v3/Maps/m"),
    ("POST", "/v3/Maps/m"),
    ("DELETE", "/v3/Maps/m"),
    ("GET", "/v3/Maps/m/Items"),
    ("PUT", "/v3/Maps/m/Items/k"),
    ("POST", "/v3/Maps/m/Items/k"),
    ("DELETE", "/v3/Maps/m/Items/k"),
    ("PUT", "/v3/Maps/%zz%ff/Items/%00"),
    ("POST", "/v4/Subscriptions"),
    ("POST", "/v3/Insights/tr-worker/Items"),
    ("POST", "/v1/Workspaces/WS0/Workers/WK0"),
    ("", "//"),
];
/// Those that mean something, and none.
const HOSTS: &[&str] = &["cds.us1.twilio.com", "event-bridge.twilio.com", "taskrouter.twilio.com", ""];
const METHODS: &[&str] = &["init", "update", "message", "reply", "telemetry.v1", "ping", ""];

fn text() -> impl Strategy<Value = String> {
    prop_oneof![3 => select(WORDS).prop_map(str::to_owned), 1 => ".{0,12}"]
}

/// A name in a header or in a body.
pub(super) fn name() -> impl Strategy<Value = String> {
    prop_oneof![4 => select(NAMES).prop_map(str::to_owned), 1 => ".{0,6}"]
}

/// Any JSON, in which words that mean something are frequent.
pub(super) fn value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        text().prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 24, 6, |inner| {
        prop_oneof![prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from), object_of(inner)]
    })
}

fn object_of(values: impl Strategy<Value = Value>) -> impl Strategy<Value = Value> {
    let entries = prop::collection::vec((name(), values), 0..8);
    entries.prop_map(|entries| Value::Object(entries.into_iter().collect::<Map<_, _>>()))
}

/// A body: an object of such names, as a rule.
pub(super) fn body() -> impl Strategy<Value = Value> {
    prop_oneof![4 => object_of(value()), 1 => value()]
}

/// A header that is nearly one of the SDK's: any of its fields may be something else.
pub(super) fn header() -> impl Strategy<Value = Value> {
    let request = (select(HOSTS), select(ROUTES), value(), value());
    let request = request.prop_map(|(host, (method, path), params, headers)| {
        json!({"host": host, "path": path, "method": method, "params": params, "headers": headers})
    });
    let request = prop_oneof![5 => request, 1 => value()];
    (select(METHODS), request, object_of(value())).prop_map(|(method, request, mut more)| {
        more["method"] = json!(method);
        more["http_request"] = request;
        more
    })
}
