//! Who is signed in, and what the Flex UI is to do: `Tokens/Info`, `Session` and `Features`.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::Uri;
use axum::routing::{get, post};
use axum::{Json, Router};
use serde_json::{Value, json};

use crate::account::TokenInfo;
use crate::resource::Reply;
use crate::rest::{Fields, RestError};
use crate::state::AppState;

pub(super) fn router() -> Router<Arc<AppState>> {
    Router::new()
        .route("/flex-api/v1/Accounts/{account}/Tokens/Info", post(token_info))
        .route("/flex/api/v1/Session", get(session))
        .route("/flex/api/v1/Features/{feature}", get(feature))
}

/// What the Flex UI believes about the person, roles included.
///
/// A token that does not count is answered with `valid: false`, as the validation endpoint does.
async fn token_info(State(app): State<Arc<AppState>>, Path(account): Path<String>, uri: Uri, fields: Fields) -> Reply {
    if account != app.account.account_sid() {
        return Err(RestError::not_found(uri.path()));
    }
    Ok(Json(match app.account.verify(fields.required("Token")?) {
        Ok(info) => described(&app, &info),
        Err(error) => json!({"valid": false, "code": 20101, "message": error.to_string()}),
    }))
}

fn described(app: &AppState, info: &TokenInfo) -> Value {
    json!({
        "valid": true,
        "code": 0,
        "message": null,
        "account_sid": app.account.account_sid(),
        "identity": info.identity,
        "realm_user_id": info.realm_user_id,
        "roles": info.roles,
        "expiration": info.expires_at.to_string(),
        "flex_user_sid": info.flex_user_sid,
        "worker_sid": info.worker_sid,
    })
}

async fn session() -> Json<Value> {
    Json(json!({"features": [], "insightsActive": false}))
}

/// Whether a feature of the Flex UI is on. Tokens are kept per tab, so that two tabs can be two people.
async fn feature(Path(name): Path<String>) -> Json<Value> {
    let enabled = name == "sso-token-session-storage";
    Json(json!({"name": name, "enabled": enabled}))
}
