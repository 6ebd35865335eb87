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

use crate::account::{IssuedToken, TokenError, User, escape_identity};
use crate::resource::{Credentials, Reply};
use crate::rest::RestError;
use crate::state::AppState;

/// `Tokens/validate` and `Tokens/refresh`.
pub(crate) fn router() -> Router<Arc<AppState>> {
    Router::new()
        .route("/v1/Accounts/{account}/Tokens/validate", post(validate))
        .route("/v1/Accounts/{account}/Tokens/refresh", post(refresh))
}

#[derive(Deserialize)]
struct TokenRequest {
    token: String,
}

type Body = Result<Json<TokenRequest>, JsonRejection>;

fn token_of(app: &AppState, account: &str, uri: &OriginalUri, body: Body) -> Result<String, RestError> {
    if account != app.account.account_sid() {
        return Err(RestError::not_found(uri.path()));
    }
    let Json(TokenRequest { token }) = body.map_err(|error| RestError::bad_parameter(error.body_text()))?;
    Ok(token)
}

/// A token that does not count is a reply with `valid: false`, not an error.
async fn validate(
    _: Credentials,
    State(app): State<Arc<AppState>>,
    Path(account): Path<String>,
    uri: OriginalUri,
    body: Body,
) -> Reply {
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
async fn refresh(State(app): State<Arc<AppState>>, Path(account): Path<String>, uri: OriginalUri, body: Body) -> Reply {
    let token = token_of(&app, &account, &uri, body)?;
    let refused = |error: TokenError| RestError::new(StatusCode::UNAUTHORIZED, code(error), error.to_string());
    let user = User::from(app.account.verify(&token).map_err(refused)?);
    Ok(Json(flex_session(&app, &user)))
}

/// A fresh token with what the Flex UI stores beside it.
pub(crate) fn flex_session(app: &AppState, user: &User) -> Value {
    let IssuedToken { token, expires_at } = app.account.issue(user);
    json!({
        "token": token,
        "expiration": expires_at.to_string(),
        "identity": escape_identity(&user.realm_user_id),
        "roles": user.roles,
        "flexUserSid": user.flex_user_sid,
        "accountSid": app.account.account_sid(),
    })
}
