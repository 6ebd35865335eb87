//! `/host/login?as=supervisor`: signs a demo person in, for the page that hosts the Flex UI.
//!
//! Knows nothing of the page. Not a Twilio address: it stands in for the single sign-on of a customer.

use std::sync::Arc;

use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::routing::get;
use axum::{Json, Router};
use serde::Deserialize;
use serde_json::{Value, json};

use super::people::user;
use crate::app::App;
use crate::iam::session_of;
use crate::rest::RestError;

/// `GET /login?as=supervisor|supervisor2|admin|agent`
pub fn router() -> Router<Arc<App>> {
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
async fn login(State(app): State<Arc<App>>, Query(Login { login }): Query<Login>) -> Result<Json<Value>, RestError> {
    let user = user(&app.account, &login).ok_or_else(|| {
        let message = format!("{login} can not sign in: supervisor, supervisor2, admin and agent can");
        RestError::new(StatusCode::NOT_FOUND, 20404, message)
    })?;
    let mut session = session_of(&app, &user);
    session["permissions"] = json!({});
    Ok(Json(session))
}
