//! What the Conversations client inside the Flex UI asks in requests that are wrapped in Twilsock, and the telemetry.
//!
//! There are no Conversations in this account.

use serde_json::{Value, json};

use super::conversations;
use crate::account::TokenInfo;
use crate::rest::RestError;
use crate::state::AppState;
use crate::sync::error::SyncError;

/// What a wrapped request is answered with.
pub(crate) struct WrappedAnswer {
    /// The HTTP status.
    pub(crate) status: u16,
    /// The JSON body.
    pub(crate) body: Value,
}

/// Answers a wrapped request.
#[must_use]
pub(crate) fn answer_wrapped(
    app: &AppState,
    info: &TokenInfo,
    host: &str,
    method: &str,
    path: &str,
    body: &Value,
) -> WrappedAnswer {
    let parts: Vec<_> = path.trim_matches('/').split('/').collect();
    let body = match (method, parts.as_slice()) {
        ("GET", ["Client", "v2", "Configuration"]) => match conversations::client_configuration(app, info, host) {
            Ok(configuration) => configuration,
            Err(error) => return failed(&error),
        },
        ("GET", ["Client", "v2", "Services", service, "Users", user]) => {
            conversations::chat_user(app, service, user, body)
        }
        ("GET" | "POST", [.., "Users", user]) => conversations::chat_user(app, conversations::service(app), user, body),
        ("GET", [.., "Conversations"]) => json!({"conversations": [], "meta": conversations::empty_page()}),
        ("GET", [.., "Users"]) => json!({"users": [], "meta": conversations::empty_page()}),
        ("POST", ["v1", "Telemetry", ..]) => json!({}),
        _ => return not_found(path),
    };
    WrappedAnswer { status: 200, body }
}

fn failed(error: &SyncError) -> WrappedAnswer {
    tracing::error!(%error, "the Maps of the Conversations client could not be kept");
    WrappedAnswer { status: 500, body: json!({"status": 500, "code": error.code, "message": error.message}) }
}

fn not_found(path: &str) -> WrappedAnswer {
    let error = RestError::not_found(path);
    WrappedAnswer { status: error.status().as_u16(), body: error.body() }
}
