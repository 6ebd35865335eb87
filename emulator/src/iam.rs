//! `iam.twilio.com`: is a Flex token valid, and whose is it; and a new token for an old one.
//!
//! Knows nothing of Flex. Undocumented by Twilio: shapes as `twilio-flex-token-validator` reads them,
//! <https://github.com/twilio/twilio-flex-token-validator>.

use std::sync::Arc;

use axum::extract::rejection::JsonRejection;
use axum::extract::{OriginalUri, Path, State};
use axum::http::StatusCode;
use axum::routing::post;
use axum::{Json, Router};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::account::{TokenError, TokenInfo, User};
use crate::app::App;
use crate::rest::{Credentials, RestError};

/// `Tokens/validate` and `Tokens/refresh`.
pub fn router() -> Router<Arc<App>> {
    Router::new()
        .route("/v1/Accounts/{account}/Tokens/validate", post(validate))
        .route("/v1/Accounts/{account}/Tokens/refresh", post(refresh))
}

#[derive(Deserialize)]
struct TokenRequest {
    token: String,
}

type Body = Result<Json<TokenRequest>, JsonRejection>;

fn token_of(app: &App, account: &str, uri: &OriginalUri, body: Body) -> Result<String, RestError> {
    if account != app.account.account_sid() {
        return Err(RestError::not_found(uri.path()));
    }
    let Json(TokenRequest { token }) = body.map_err(|error| RestError::bad_parameter(error.body_text()))?;
    Ok(token)
}

/// A token that does not count is a reply with `valid: false`, not an error.
async fn validate(
    _: Credentials,
    State(app): State<Arc<App>>,
    Path(account): Path<String>,
    uri: OriginalUri,
    body: Body,
) -> Result<Json<Value>, RestError> {
    let token = token_of(&app, &account, &uri, body)?;
    Ok(Json(match app.account.verify(&token) {
        Ok(info) => json!({
            "valid": true,
            "code": 0,
            "message": null,
            "expiration": info.expires_at.to_string(),
            "realm_user_id": info.realm_user_id,
            "identity": info.identity,
            "roles": info.roles,
            "worker_sid": info.worker_sid,
            "flex_user_sid": info.flex_user_sid,
        }),
        Err(error) => json!({"valid": false, "code": code(error), "message": error.to_string()}),
    }))
}

/// <https://www.twilio.com/docs/api/errors/20104>, <https://www.twilio.com/docs/api/errors/20101>
fn code(error: TokenError) -> u32 {
    match error {
        TokenError::Invalid => 20101,
        TokenError::Expired => 20104,
    }
}

/// The Flex UI calls this shortly before its token expires; the token is the proof of who asks.
async fn refresh(
    State(app): State<Arc<App>>,
    Path(account): Path<String>,
    uri: OriginalUri,
    body: Body,
) -> Result<Json<Value>, RestError> {
    let token = token_of(&app, &account, &uri, body)?;
    let refused = |error: TokenError| RestError::new(StatusCode::UNAUTHORIZED, code(error), error.to_string());
    let user = User::from(app.account.verify(&token).map_err(refused)?);
    Ok(Json(session_of(&app, &user)))
}

/// A fresh token with what the Flex UI stores beside it.
pub(crate) fn session_of(app: &App, user: &User) -> Value {
    let (token, expiration) = app.account.issue(user);
    json!({
        "token": token,
        "expiration": expiration.to_string(),
        "identity": crate::account::escape_identity(&user.realm_user_id),
        "roles": user.roles,
        "flexUserSid": user.flex_user_sid,
        "accountSid": app.account.account_sid(),
    })
}

impl From<TokenInfo> for User {
    fn from(info: TokenInfo) -> Self {
        Self {
            realm_user_id: info.realm_user_id,
            full_name: info.full_name,
            roles: info.roles,
            worker_sid: info.worker_sid,
            flex_user_sid: info.flex_user_sid,
        }
    }
}
