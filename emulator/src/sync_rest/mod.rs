//! Sync's REST API, relative to `https://sync.twilio.com`: the paths, and what their handlers share.
//! [`router`] is all that may be called from outside.
//! Does not know Twilsock. <https://www.twilio.com/docs/sync/api>

mod in_service;
mod items;
mod maps;
mod services;

use std::sync::Arc;

use axum::Router;
use axum::routing::get;
use serde::Deserialize;

use crate::rest::{Fields, RestError};
use crate::state::AppState;
use crate::sync::ttl::{LONGEST_TTL, Ttl};

/// The identity that writes by REST have.
const SYSTEM: &str = "system";

/// The parameter of a path that names a Map.
#[derive(Deserialize)]
struct MapPath {
    /// Its SID or its unique name.
    map: String,
}

/// Every path of the API.
pub(crate) fn router() -> Router<Arc<AppState>> {
    Router::new()
        .route("/v1/Services", get(services::list).post(services::create))
        .route("/v1/Services/{service}", get(services::fetch).post(services::update).delete(services::remove))
        .route("/v1/Services/{service}/Maps", get(maps::list).post(maps::create))
        .route("/v1/Services/{service}/Maps/{map}", get(maps::fetch).post(maps::update).delete(maps::remove))
        .route("/v1/Services/{service}/Maps/{map}/Items", get(items::list).post(items::create))
        .route(
            "/v1/Services/{service}/Maps/{map}/Items/{key}",
            get(items::fetch).post(items::update).delete(items::remove),
        )
}

/// Reads the first of several fields that is there as a TTL in seconds.
fn ttl(fields: &Fields, names: &[&str]) -> Result<Ttl, RestError> {
    let Some(text) = names.iter().find_map(|name| fields.get(name)) else { return Ok(Ttl::Unchanged) };
    let refused = || RestError::bad_parameter(format!("Invalid {}: 0 to {LONGEST_TTL} seconds are expected", names[0]));
    text.parse().ok().and_then(Ttl::from_parameter).ok_or_else(refused)
}
