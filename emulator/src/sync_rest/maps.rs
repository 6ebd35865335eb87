//! Maps over REST. <https://www.twilio.com/docs/sync/api/map-resource>

use axum::Json;
use axum::extract::Path;
use axum::http::StatusCode;
use serde_json::{Value, json};

use super::in_service::InService;
use super::{MapPath, SYSTEM, ttl};
use crate::resource::{Created, Removed, Reply};
use crate::rest::{self, Fields};
use crate::state::AppState;
use crate::sync::date::SyncDate;
use crate::sync::records::MapRecord;

/// `CollectionTtl` wins over its alias.
const TTL: [&str; 2] = ["CollectionTtl", "Ttl"];

fn to_json(app: &AppState, service_sid: &str, map: &MapRecord) -> Value {
    let url = format!("{}/sync/v1/Services/{service_sid}/Maps/{}", app.base, map.sid);
    json!({
        "sid": map.sid,
        "unique_name": map.unique_name,
        "account_sid": app.account.account_sid(),
        "service_sid": service_sid,
        "links": { "items": format!("{url}/Items"), "permissions": format!("{url}/Permissions") },
        "url": url,
        "revision": map.revision(),
        "date_expires": map.date_expires.map(SyncDate::without_milliseconds),
        "date_created": map.date_created.without_milliseconds(),
        "date_updated": map.date_updated.without_milliseconds(),
        "created_by": map.created_by,
    })
}

pub(super) async fn list(InService { app, uri, service_sid, namespace }: InService) -> Reply {
    let maps = app.sync.turn(&app.store)?.list_maps(&namespace)?;
    let rows = maps.iter().map(|map| to_json(&app, &service_sid, map)).collect();
    rest::page(&app.base, &uri, "maps", rows)
}

pub(super) async fn create(service: InService, fields: Fields) -> Created {
    let InService { app, service_sid, namespace, .. } = service;
    let ttl = ttl(&fields, &TTL)?;
    let map = app.sync.turn(&app.store)?.create_map(&namespace, fields.get("UniqueName"), ttl, SYSTEM)?;
    Ok((StatusCode::CREATED, Json(to_json(&app, &service_sid, &map))))
}

pub(super) async fn fetch(service: InService, Path(MapPath { map }): Path<MapPath>) -> Reply {
    let InService { app, service_sid, namespace, .. } = service;
    let map = app.sync.turn(&app.store)?.fetch_map(&namespace, &map)?;
    Ok(Json(to_json(&app, &service_sid, &map)))
}

pub(super) async fn update(service: InService, Path(MapPath { map }): Path<MapPath>, fields: Fields) -> Reply {
    let InService { app, service_sid, namespace, .. } = service;
    let ttl = ttl(&fields, &TTL)?;
    let mut turn = app.sync.turn(&app.store)?;
    let map = turn.fetch_map(&namespace, &map)?;
    let map = turn.update_map_ttl(map, ttl)?;
    Ok(Json(to_json(&app, &service_sid, &map)))
}

pub(super) async fn remove(service: InService, Path(MapPath { map }): Path<MapPath>) -> Removed {
    let InService { app, namespace, .. } = service;
    let mut turn = app.sync.turn(&app.store)?;
    let map = turn.fetch_map(&namespace, &map)?;
    turn.remove_map(map)?;
    Ok(StatusCode::NO_CONTENT)
}
