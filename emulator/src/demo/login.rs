//! `/host/login?as=supervisor`: signs a demo person in, for the page that hosts the Flex UI.
//!
//! Not a Twilio address: it stands in for the single sign-on of a customer.

use std::sync::Arc;

use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::routing::get;
use axum::{Json, Router};
use serde::Deserialize;
use serde_json::json;

use super::people::user;
use crate::iam::flex_session;
use crate::resource::Reply;
use crate::rest::RestError;
use crate::state::AppState;

/// `GET /login?as=supervisor|supervisor2|admin|agent`
pub(crate) fn router() -> Router<Arc<AppState>> {
    Router::new().route("/login", get(login))
}

#[derive(Deserialize)]
struct Login {
    #[serde(rename = "as", default = "supervisor")]
    login: String,
}

fn supervisor() -> String {
    "supervisor".to_owned()
}

/// What the Flex UI keeps in `localStorage` under `TWILIO_FLEX_SSO`, and the account.
async fn login(State(app): State<Arc<AppState>>, Query(Login { login }): Query<Login>) -> Reply {
    let user = user(&app.account, &login).ok_or_else(|| {
        let message = format!("{login} can not sign in: supervisor, supervisor2, admin and agent can");
        RestError::new(StatusCode::NOT_FOUND, 20404, message)
    })?;
    let mut session = flex_session(&app, &user);
    session["permissions"] = json!({});
    Ok(Json(session))
}
