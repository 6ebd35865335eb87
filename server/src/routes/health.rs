//! `/health`, `/health/live` and `/health/ready`: whether callers can be answered, for whoever watches the server.
//!
//! Anybody may ask, so it tells nothing of agents and nothing that Twilio said.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use serde_json::{Map, Value, json};

use crate::app::App;
use crate::directory::ReadError;
use crate::error::{ApiError, twilio_sentence};
use crate::lookup::{LookupHealth, NothingToAnswerFrom, Problem};
use crate::strings;

/// That the process answers, and how many extensions it answers from; none if there is nothing.
pub(super) async fn health(State(app): State<Arc<App>>) -> Json<Value> {
    let health = app.lookup.health(&app.base);
    let extensions = health.directory.as_ref().map(|directory| directory.extensions);
    let mut body = Map::from_iter([("status".to_owned(), json!("ok")), ("extensions".to_owned(), json!(extensions))]);
    body.extend(problem(&health).map(|problem| ("problem".to_owned(), json!(problem))));
    Json(Value::Object(body))
}

/// That the process answers, whatever it can answer.
pub(super) async fn live() -> Json<Value> {
    Json(json!({ "status": "ok" }))
}

/// Whether callers can be answered: with what, how old that is, and what keeps newer rows away.
pub(super) async fn ready(State(app): State<Arc<App>>) -> Result<Json<Value>, ApiError> {
    let health = app.lookup.health(&app.base);
    let problem = problem(&health);
    let directory = health.directory.ok_or(NothingToAnswerFrom)?;
    Ok(Json(json!({
        "status": "ok",
        "extensions": directory.extensions,
        "version": directory.version,
        "confirmedSecondsAgo": directory.confirmed_ago.map(|ago| ago.as_secs()),
        "problem": problem,
    })))
}

fn problem(health: &LookupHealth) -> Option<&'static str> {
    Some(match health.problem.as_deref()? {
        Problem::TooSlow => strings::TWILIO_SLOW,
        Problem::NoAsset(_) => strings::NO_ASSET,
        Problem::NoUsableRow { .. } => strings::NO_USABLE_ROW,
        Problem::EmptyUnconfirmed => strings::EMPTY_UNCONFIRMED,
        Problem::Read(ReadError::NotADirectory { .. }) => strings::ASSET_UNREADABLE,
        Problem::Read(ReadError::Private(_)) => strings::ASSET_PRIVATE,
        Problem::Read(ReadError::OlderBuild) => strings::REPLACED,
        Problem::Read(ReadError::Twilio(error)) => twilio_sentence(error),
    })
}
