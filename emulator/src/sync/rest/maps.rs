//! Maps over REST. <https://www.twilio.com/docs/sync/api/map-resource>
//!
//! Knows nothing of Items.

use std::sync::Arc;

use axum::Json;
use axum::extract::{OriginalUri, Path, State};
use axum::http::StatusCode;
use serde_json::{Value, json};

use super::{SYSTEM, service, ttl};
use crate::app::App;
use crate::rest::{Credentials, Fields, RestError, page};
use crate::sync::moment::Moment;
use crate::sync::record::MapRecord;

/// `CollectionTtl` wins over its alias.
const TTL: [&str; 2] = ["CollectionTtl", "Ttl"];

fn resource(app: &App, service_sid: &str, map: &MapRecord) -> Value {
    let url = format!("{}/sync/v1/Services/{service_sid}/Maps/{}", app.base, map.sid);
    json!({
        "sid": map.sid,
        "unique_name": map.unique_name,
        "account_sid": app.account.account_sid(),
        "service_sid": service_sid,
        "links": { "items": format!("{url}/Items"), "permissions": format!("{url}/Permissions") },
        "url": url,
        "revision": map.revision(),
        "date_expires": map.date_expires.map(Moment::in_seconds),
        "date_created": map.date_created.in_seconds(),
        "date_updated": map.date_updated.in_seconds(),
        "created_by": map.created_by,
    })
}

pub(super) async fn list(
    _: Credentials,
    State(app): State<Arc<App>>,
    Path(named): Path<String>,
    OriginalUri(uri): OriginalUri,
) -> Result<Json<Value>, RestError> {
    let (service_sid, namespace) = service(&app, &named)?;
    let maps = app.sync.turn(&app.store)?.list_maps(&namespace)?;
    page(&app, &uri, "maps", maps.iter().map(|map| resource(&app, &service_sid, map)).collect())
}

pub(super) async fn create(
    _: Credentials,
    State(app): State<Arc<App>>,
    Path(named): Path<String>,
    fields: Fields,
) -> Result<(StatusCode, Json<Value>), RestError> {
    let (service_sid, namespace) = service(&app, &named)?;
    let ttl = ttl(&fields, &TTL)?;
    let map = app.sync.turn(&app.store)?.create_map(&namespace, fields.get("UniqueName"), ttl, SYSTEM)?;
    Ok((StatusCode::CREATED, Json(resource(&app, &service_sid, &map))))
}

pub(super) async fn fetch(
    _: Credentials,
    State(app): State<Arc<App>>,
    Path((named, map)): Path<(String, String)>,
) -> Result<Json<Value>, RestError> {
    let (service_sid, namespace) = service(&app, &named)?;
    let map = app.sync.turn(&app.store)?.fetch_map(&namespace, &map)?;
    Ok(Json(resource(&app, &service_sid, &map)))
}

pub(super) async fn update(
    _: Credentials,
    State(app): State<Arc<App>>,
    Path((named, map)): Path<(String, String)>,
    fields: Fields,
) -> Result<Json<Value>, RestError> {
    let (service_sid, namespace) = service(&app, &named)?;
    let ttl = ttl(&fields, &TTL)?;
    let mut turn = app.sync.turn(&app.store)?;
    let map = turn.fetch_map(&namespace, &map)?;
    let map = turn.update_map_ttl(map, ttl)?;
    Ok(Json(resource(&app, &service_sid, &map)))
}

pub(super) async fn remove(
    _: Credentials,
    State(app): State<Arc<App>>,
    Path((named, map)): Path<(String, String)>,
) -> Result<StatusCode, RestError> {
    let (_, namespace) = service(&app, &named)?;
    let mut turn = app.sync.turn(&app.store)?;
    let map = turn.fetch_map(&namespace, &map)?;
    turn.remove_map(map)?;
    Ok(StatusCode::NO_CONTENT)
}
