//! `/control/{fail,delay,lose,late,fail-build}`: orders of faults that the next requests meet.
//!
//! All but `fail-build` say which requests they are for: `{"method": "POST", "path": "/Builds", "times": 2}`, where
//! `method` may be left out, `path` is a part of the path as the log shows it, and `times` is 1 unless it is said.
//! With `"after": 3` the first three requests that match are spared.
//! They are for requests by REST and for those inside Twilsock alike.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::post;
use axum::{Json, Router};
use serde::Deserialize;
use serde_json::Value;

use super::done;
use crate::resource::Reply;
use crate::rest::RestError;
use crate::serverless::fail_next_builds;
use crate::state::AppState;
use crate::traffic::{Failure, Fault, Loss, ReplyFault, Target};

pub(super) fn router() -> Router<Arc<AppState>> {
    Router::new()
        .route("/fail", post(fail))
        .route("/delay", post(delay))
        .route("/lose", post(lose))
        .route("/late", post(late))
        .route("/fail-build", post(fail_build))
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Fail {
    #[serde(flatten)]
    target: Target,
    status: u16,
    code: Option<u32>,
    message: Option<String>,
    retry_after: Option<u32>,
}

/// `{"status": 429, "code": 20429, "message": "...", "retryAfter": 3}`: refused in Twilio's shape, and nothing is done.
async fn fail(State(app): State<Arc<AppState>>, Json(fail): Json<Fail>) -> Reply {
    let Fail { target, status, code, message, retry_after } = fail;
    if StatusCode::from_u16(status).map_or(true, |status| status.as_u16() < 400) {
        return Err(RestError::bad_parameter("status must be 400 to 999"));
    }
    let code = code.unwrap_or(20_000 + u32::from(status));
    let message = message.unwrap_or_else(|| "This failure was ordered".to_owned());
    let failure = Failure { status, code, message, retry_after };
    app.traffic.inject(target, Fault::Reply(ReplyFault::Fail(failure)));
    Ok(done())
}

/// What waits by the emulator's clock.
#[derive(Deserialize)]
struct Wait {
    #[serde(flatten)]
    target: Target,
    /// Milliseconds.
    ms: u64,
}

/// `{"ms": 120}`: what is asked is done and answered this much later.
async fn delay(State(app): State<Arc<AppState>>, Json(Wait { target, ms }): Json<Wait>) -> Json<Value> {
    app.traffic.inject(target, Fault::Delay(Duration::from_millis(ms)));
    done()
}

#[derive(Deserialize)]
struct Lose {
    #[serde(flatten)]
    target: Target,
    #[serde(flatten)]
    loss: Loss,
}

/// `{"how": "cut" | "html" | "garbage" | "hang", "before": false}`: what is asked is done, and its reply is lost.
///
/// In its place the connection is closed (`cut`), or there comes a gateway's page with 502 (`html`), the status of
/// success with what is not JSON (`garbage`), or nothing until the client gives up (`hang`). With `"before": true`
/// nothing is done.
async fn lose(State(app): State<Arc<AppState>>, Json(Lose { target, loss }): Json<Lose>) -> Json<Value> {
    app.traffic.inject(target, Fault::Reply(ReplyFault::Lose(loss)));
    done()
}

/// `{"ms": 5000}`: the connection is closed at once, and what was asked is done this much later.
async fn late(State(app): State<Arc<AppState>>, Json(Wait { target, ms }): Json<Wait>) -> Json<Value> {
    app.traffic.inject(target, Fault::Reply(ReplyFault::Late(Duration::from_millis(ms))));
    done()
}

#[derive(Deserialize)]
struct FailBuild {
    times: u32,
}

/// `{"times": 1}`: the next Builds fail.
async fn fail_build(State(app): State<Arc<AppState>>, Json(FailBuild { times }): Json<FailBuild>) -> Reply {
    fail_next_builds(&app.store, times)?;
    Ok(done())
}
