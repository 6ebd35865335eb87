//! What the Conversations client inside the Flex UI asks in requests that are wrapped in Twilsock, and the telemetry.
//!
//! There are no Conversations in this account.

use serde_json::{Value, json};

use super::conversations;
use crate::account::TokenInfo;
use crate::rest::RestError;
use crate::state::AppState;

/// Answers a wrapped request with an HTTP status and a JSON body.
#[must_use]
pub(crate) fn answer_wrapped(
    app: &AppState,
    info: &TokenInfo,
    host: &str,
    method: &str,
    path: &str,
    body: &Value,
) -> (u16, Value) {
    let parts: Vec<_> = path.trim_matches('/').split('/').collect();
    match (method, parts.as_slice()) {
        ("GET", ["Client", "v2", "Configuration"]) => conversations::client_configuration(app, info, host),
        ("GET", ["Client", "v2", "Services", service, "Users", user]) => {
            (200, conversations::chat_user(app, service, user, body))
        }
        ("GET", [.., "Users", user]) => (200, conversations::chat_user(app, conversations::service(app), user, body)),
        ("POST", [.., "Users", user]) => (200, conversations::chat_user(app, conversations::service(app), user, body)),
        ("GET", [.., "Conversations"]) => (200, json!({"conversations": [], "meta": conversations::empty_page()})),
        ("GET", [.., "Users"]) => (200, json!({"users": [], "meta": conversations::empty_page()})),
        ("POST", ["v1", "Telemetry", ..]) => (200, json!({})),
        _ => {
            let error = RestError::not_found(path);
            (error.status().as_u16(), error.body())
        }
    }
}
