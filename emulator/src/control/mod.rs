//! `/control`: what tests do to the emulator. Nothing at Twilio is like it.
//! [`router`] is all that may be called from outside.
//! Does not know what any product answers.
//!
//! Only the host page and whoever is no page may ask (see `pages`): the answers hold credentials. Bodies must say that
//! they are JSON.

mod faults;

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::extract::{Query, State};
use axum::routing::{get, post};
use axum::{Json, Router};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::demo::{self, people};
use crate::flex::SYNC_MAP_NAME;
use crate::resource::Reply;
use crate::rest::RestError;
use crate::state::AppState;

/// Everything a test can ask for.
pub(crate) fn router() -> Router<Arc<AppState>> {
    Router::new()
        .route("/env", get(env))
        .route("/calls", get(calls))
        .route("/reset", post(reset))
        .route("/drop-sockets", post(drop_sockets))
        .route("/expire-tokens", post(expire_tokens))
        .route("/token-about-to-expire", post(token_about_to_expire))
        .merge(faults::router())
}

fn done() -> Json<Value> {
    Json(json!({"done": true}))
}

/// What a tool needs to talk to this emulator, under the names of environment variables.
async fn env(State(app): State<Arc<AppState>>) -> Result<Json<BTreeMap<&'static str, String>>, RestError> {
    let sids = app.account.sids();
    let map_sid = app.sync.map_sid(&app.store, SYNC_MAP_NAME)?.unwrap_or_default();
    let mut env = BTreeMap::from([
        ("TWILIO_ACCOUNT_SID", sids.account.clone()),
        ("TWILIO_AUTH_TOKEN", app.account.auth_token().to_owned()),
        ("TWILIO_BASE_URL", app.base.clone()),
        ("FLEX_APP_FUNCTIONS_BASE", app.functions_base.clone()),
        ("FLEX_SYNC_SERVICE_SID", sids.sync_service.clone()),
        ("FLEX_SYNC_MAP_NAME", SYNC_MAP_NAME.to_owned()),
        ("FLEX_SYNC_MAP_SID", map_sid),
        ("TWILIO_SERVERLESS_SERVICE_SID", sids.serverless_service.clone()),
        ("TWILIO_SERVERLESS_ENVIRONMENT_SID", sids.serverless_environment.clone()),
        ("TASKROUTER_WORKSPACE_SID", sids.workspace.clone()),
    ]);
    let logins = [
        ("DEMO_TOKEN_ADMIN", "admin"),
        ("DEMO_TOKEN_SUPERVISOR", "supervisor"),
        ("DEMO_TOKEN_SUPERVISOR_2", "supervisor2"),
        ("DEMO_TOKEN_AGENT", "agent"),
    ];
    for (name, login) in logins {
        env.extend(people::user(&app.account, login).map(|user| (name, app.account.issue(&user).token)));
    }
    let expired = people::user(&app.account, "supervisor").map(|user| app.account.issue_expired(&user));
    env.extend(expired.map(|token| ("DEMO_TOKEN_EXPIRED", token)));
    Ok(Json(env))
}

#[derive(Deserialize)]
struct Since {
    #[serde(default)]
    since: u64,
}

async fn calls(State(app): State<Arc<AppState>>, Query(Since { since }): Query<Since>) -> Json<Value> {
    Json(json!({"calls": app.traffic.calls(since)}))
}

#[derive(Deserialize)]
struct Reset {
    demo: Option<usize>,
}

async fn reset(State(app): State<Arc<AppState>>, Json(Reset { demo }): Json<Reset>) -> Reply {
    app.traffic.clear_faults();
    demo::reset(&app, demo.unwrap_or(app.demo))?;
    Ok(done())
}

async fn drop_sockets(State(app): State<Arc<AppState>>, Json(_): Json<Value>) -> Json<Value> {
    app.sync.drop_sockets();
    done()
}

#[derive(Deserialize)]
struct Expire {
    identity: Option<String>,
}

async fn expire_tokens(State(app): State<Arc<AppState>>, Json(Expire { identity }): Json<Expire>) -> Reply {
    app.account.expire_tokens(&app.store, identity.as_deref())?;
    app.sync.tokens_expired(identity.as_deref());
    Ok(done())
}

async fn token_about_to_expire(State(app): State<Arc<AppState>>, Json(_): Json<Value>) -> Json<Value> {
    app.sync.tokens_about_to_expire();
    done()
}
