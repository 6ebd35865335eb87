//! Sync's REST API, relative to `https://sync.twilio.com`: the paths, and what their handlers share.
//!
//! Knows nothing of Twilsock. <https://www.twilio.com/docs/sync/api>

mod items;
mod maps;
mod services;

use std::sync::Arc;

use axum::Router;
use axum::http::StatusCode;
use axum::routing::get;

use super::error::SyncError;
use super::maps::{LONGEST_TTL, Ttl};
use super::record::Namespace;
use crate::app::App;
use crate::rest::{Fields, RestError};

/// The identity that writes by REST have.
const SYSTEM: &str = "system";

/// Every path of the API.
pub fn router() -> Router<Arc<App>> {
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

impl From<SyncError> for RestError {
    fn from(error: SyncError) -> Self {
        let status = StatusCode::from_u16(error.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        Self::new(status, error.code, error.message)
    }
}

/// The SID of the Service that a path names, and where its Maps are.
fn service(app: &App, named: &str) -> Result<(String, Namespace), RestError> {
    let default = app.account.sync_service_sid();
    if named == "default" || named == default {
        return Ok((default.to_owned(), Namespace::default_service()));
    }
    services::find(app, named)?;
    Ok((named.to_owned(), Namespace::service(named)))
}

/// Reads the first of several fields that is there as a TTL in seconds.
fn ttl(fields: &Fields, names: &[&str]) -> Result<Ttl, RestError> {
    let Some(text) = names.iter().find_map(|name| fields.get(name)) else { return Ok(None) };
    match text.parse::<u32>() {
        Ok(ttl) if ttl <= LONGEST_TTL => Ok(Some(ttl)),
        _ => Err(RestError::bad_parameter(format!("Invalid {}: 0 to {LONGEST_TTL} seconds are expected", names[0]))),
    }
}
