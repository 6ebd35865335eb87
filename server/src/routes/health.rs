//! `/health`, `/health/live` and `/health/ready`: whether callers can be answered, for whoever watches the server.
//!
//! Anybody may ask, so it tells nothing of agents and nothing that Twilio said.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use serde::Serialize;

use crate::app::App;
use crate::directory::ReadError;
use crate::error::{ApiError, twilio_sentence};
use crate::lookup::{LookupHealth, NothingToAnswerFrom, Problem};
use crate::strings;

/// What `/health` and `/health/live` say while the process answers at all.
const OK: &str = "ok";

/// The answer of `/health/live`.
#[derive(Serialize)]
pub(super) struct Live {
    status: &'static str,
}

/// The answer of `/health`.
#[derive(Serialize)]
pub(super) struct Health {
    status: &'static str,
    /// How many extensions callers are answered from; none if there is nothing.
    extensions: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    problem: Option<&'static str>,
}

/// The answer of `/health/ready`, where callers can be answered.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Ready {
    status: &'static str,
    extensions: usize,
    version: Option<String>,
    confirmed_seconds_ago: Option<u64>,
    problem: Option<&'static str>,
}

/// That the process answers, whatever it can answer.
pub(super) async fn live() -> Json<Live> {
    Json(Live { status: OK })
}

/// That the process answers, and from how many extensions.
pub(super) async fn health(State(app): State<Arc<App>>) -> Json<Health> {
    let health = app.lookup.health(&app.base);
    let problem = problem(&health);
    Json(Health { status: OK, extensions: health.directory.map(|directory| directory.extensions), problem })
}

/// Whether callers can be answered: with what, how old that is, and what keeps newer rows away.
pub(super) async fn ready(State(app): State<Arc<App>>) -> Result<Json<Ready>, ApiError> {
    let health = app.lookup.health(&app.base);
    let problem = problem(&health);
    let directory = health.directory.ok_or(NothingToAnswerFrom)?;
    Ok(Json(Ready {
        status: OK,
        extensions: directory.extensions,
        version: directory.version,
        confirmed_seconds_ago: directory.confirmed_ago.map(|ago| ago.as_secs()),
        problem,
    }))
}

fn problem(health: &LookupHealth) -> Option<&'static str> {
    Some(match health.problem.as_deref()? {
        Problem::TooSlow => strings::TWILIO_SLOW,
        Problem::NoAsset(_) => strings::NO_ASSET,
        Problem::NoUsableRow { .. } => strings::NO_USABLE_ROW,
        Problem::EmptyUnconfirmed => strings::EMPTY_UNCONFIRMED,
        Problem::Read(ReadError::NotADirectory { .. }) => strings::ASSET_UNREADABLE,
        Problem::Read(ReadError::TooManyRows(_)) => strings::TOO_MANY_ROWS,
        Problem::Read(ReadError::Private(_)) => strings::ASSET_PRIVATE,
        Problem::Read(ReadError::BuildGone(_)) => strings::BUILD_GONE,
        Problem::Read(ReadError::OlderBuild) => strings::REPLACED,
        Problem::Read(ReadError::Twilio(error)) => twilio_sentence(error),
    })
}
