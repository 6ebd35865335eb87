//! Map Items over REST. <https://www.twilio.com/docs/sync/api/map-item-resource>
//!
//! There is no upsert: a create needs a new key, an update an old one. Knows nothing of who is told of a change.

use std::sync::Arc;

use axum::Json;
use axum::extract::{OriginalUri, Path, State};
use axum::http::{HeaderMap, StatusCode, Uri, header};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value, json};

use super::{SYSTEM, service, ttl};
use crate::app::App;
use crate::rest::{Credentials, Fields, RestError};
use crate::sync::error::SyncError;
use crate::sync::items::{Condition, Put};
use crate::sync::moment::Moment;
use crate::sync::paging::{Page, PageRequest};
use crate::sync::record::{ItemRecord, MapRecord};

/// `ItemTtl` wins over its alias.
const TTL: [&str; 2] = ["ItemTtl", "Ttl"];

/// An Item with the ETag that If-Match takes.
type Tagged = ([(header::HeaderName, String); 1], Json<Value>);

fn resource(app: &App, service_sid: &str, map: &MapRecord, item: &ItemRecord) -> Value {
    let key = utf8_percent_encode(&item.key, NON_ALPHANUMERIC);
    json!({
        "key": item.key,
        "account_sid": app.account.account_sid(),
        "service_sid": service_sid,
        "map_sid": map.sid,
        "url": format!("{}/sync/v1/Services/{service_sid}/Maps/{}/Items/{key}", app.base, map.sid),
        "revision": item.revision(),
        "data": item.data,
        "date_expires": item.date_expires.map(Moment::in_seconds),
        "date_created": item.date_created.in_seconds(),
        "date_updated": item.date_updated.in_seconds(),
        "created_by": item.created_by,
    })
}

fn tagged(app: &App, service_sid: &str, map: &MapRecord, item: &ItemRecord) -> Tagged {
    let etag = format!("\"{}\"", item.revision());
    ([(header::ETAG, etag)], Json(resource(app, service_sid, map, item)))
}

/// The data is JSON inside a form field.
fn data(fields: &Fields) -> Result<Option<Value>, RestError> {
    let parsed = fields.get("Data").map(serde_json::from_str).transpose();
    parsed.map_err(|_| SyncError::invalid_data().into())
}

fn if_match(headers: &HeaderMap) -> Option<&str> {
    headers.get(header::IF_MATCH)?.to_str().ok()
}

pub(super) async fn list(
    _: Credentials,
    State(app): State<Arc<App>>,
    Path((named, map)): Path<(String, String)>,
    OriginalUri(uri): OriginalUri,
) -> Result<Json<Value>, RestError> {
    let (service_sid, namespace) = service(&app, &named)?;
    let query = Fields::parse(uri.query().unwrap_or_default().as_bytes())?;
    let request = PageRequest::parse(|name| query.get(name))?;
    let turn = app.sync.turn(&app.store)?;
    let map = turn.fetch_map(&namespace, &map)?;
    let page = turn.list_items(&map, &request)?;
    let items: Vec<Value> = page.items.iter().map(|item| resource(&app, &service_sid, &map, item)).collect();
    Ok(Json(json!({ "items": items, "meta": meta(&app, &uri, &query, &request, &page) })))
}

/// The addresses of this page and its neighbours. The tokens in them say everything that was asked for.
fn meta(app: &App, uri: &Uri, query: &Fields, request: &PageRequest, page: &Page) -> Value {
    let number: u64 = query.get("Page").and_then(|page| page.parse().ok()).unwrap_or(0);
    let path = format!("{}{}?PageSize={}", app.base, uri.path(), request.size);
    let order = if query.get("Order") == Some("desc") { "&Order=desc" } else { "" };
    let neighbour = |token: &Option<String>, number: u64| {
        token.as_ref().map(|token| format!("{path}{order}&Page={number}&PageToken={token}"))
    };
    json!({
        "key": "items",
        "page": number,
        "page_size": request.size,
        "first_page_url": format!("{path}{order}&Page=0"),
        "url": format!("{}{uri}", app.base),
        "previous_page_url": neighbour(&page.previous_token, number.saturating_sub(1)),
        "next_page_url": neighbour(&page.next_token, number.saturating_add(1)),
    })
}

pub(super) async fn create(
    _: Credentials,
    State(app): State<Arc<App>>,
    Path((named, map)): Path<(String, String)>,
    fields: Fields,
) -> Result<(StatusCode, Tagged), RestError> {
    let (service_sid, namespace) = service(&app, &named)?;
    let key = fields.required("Key")?;
    let put = Put { data: Some(data(&fields)?.unwrap_or_default()), ttl: ttl(&fields, &TTL)?, by: SYSTEM };
    let collection_ttl = ttl(&fields, &["CollectionTtl"])?;
    let mut turn = app.sync.turn(&app.store)?;
    let map = turn.fetch_map(&namespace, &map)?;
    let written = turn.put_item(&map, key, &put, Condition::New)?;
    if collection_ttl.is_some() {
        let map = turn.fetch_map(&namespace, &map.sid)?;
        turn.update_map_ttl(map, collection_ttl)?;
    }
    Ok((StatusCode::CREATED, tagged(&app, &service_sid, &map, &written.item)))
}

pub(super) async fn fetch(
    _: Credentials,
    State(app): State<Arc<App>>,
    Path((named, map, key)): Path<(String, String, String)>,
) -> Result<Tagged, RestError> {
    let (service_sid, namespace) = service(&app, &named)?;
    let turn = app.sync.turn(&app.store)?;
    let map = turn.fetch_map(&namespace, &map)?;
    let item = turn.find_item(&map, &key)?.ok_or_else(SyncError::item_not_found)?;
    Ok(tagged(&app, &service_sid, &map, &item))
}

pub(super) async fn update(
    _: Credentials,
    State(app): State<Arc<App>>,
    Path((named, map, key)): Path<(String, String, String)>,
    headers: HeaderMap,
    fields: Fields,
) -> Result<Tagged, RestError> {
    let (service_sid, namespace) = service(&app, &named)?;
    let put = Put { data: data(&fields)?, ttl: ttl(&fields, &TTL)?, by: SYSTEM };
    let collection_ttl = ttl(&fields, &["CollectionTtl"])?;
    let mut turn = app.sync.turn(&app.store)?;
    let map = turn.fetch_map(&namespace, &map)?;
    turn.find_item(&map, &key)?.ok_or_else(SyncError::item_not_found)?;
    let written = turn.put_item(&map, &key, &put, Condition::from_if_match(if_match(&headers)))?;
    if collection_ttl.is_some() {
        let map = turn.fetch_map(&namespace, &map.sid)?;
        turn.update_map_ttl(map, collection_ttl)?;
    }
    Ok(tagged(&app, &service_sid, &map, &written.item))
}

pub(super) async fn remove(
    _: Credentials,
    State(app): State<Arc<App>>,
    Path((named, map, key)): Path<(String, String, String)>,
    headers: HeaderMap,
) -> Result<StatusCode, RestError> {
    let (_, namespace) = service(&app, &named)?;
    let mut turn = app.sync.turn(&app.store)?;
    let map = turn.fetch_map(&namespace, &map)?;
    turn.remove_item(&map, &key, Condition::from_if_match(if_match(&headers)))?;
    Ok(StatusCode::NO_CONTENT)
}
