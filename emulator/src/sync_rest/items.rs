//! Map Items over REST. <https://www.twilio.com/docs/sync/api/map-item-resource>
//!
//! There is no upsert: a create needs a new key, an update an old one.

use axum::Json;
use axum::extract::Path;
use axum::http::{HeaderMap, StatusCode, Uri, header};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Deserialize;
use serde_json::{Value, json};

use super::in_service::InService;
use super::{MapPath, SYSTEM, ttl};
use crate::resource::{Removed, Reply};
use crate::rest::{Fields, RestError};
use crate::state::AppState;
use crate::sync::date::SyncDate;
use crate::sync::error::SyncError;
use crate::sync::items::{Condition, ItemWrite};
use crate::sync::paging::{Page, PageRequest};
use crate::sync::records::{ItemRecord, MapRecord};
use crate::sync::ttl::Ttl;
use crate::sync::turn::Turn;

/// `ItemTtl` wins over its alias.
const TTL: [&str; 2] = ["ItemTtl", "Ttl"];

/// An Item with the ETag that If-Match takes.
type Tagged = ([(header::HeaderName, String); 1], Json<Value>);

/// The parameters of a path to one Item.
#[derive(Deserialize)]
pub(super) struct ItemPath {
    /// The SID or the unique name of the Map.
    map: String,
    key: String,
}

fn to_json(app: &AppState, service_sid: &str, map: &MapRecord, item: &ItemRecord) -> Value {
    let key = utf8_percent_encode(&item.key, NON_ALPHANUMERIC);
    json!({
        "key": item.key,
        "account_sid": app.account.account_sid(),
        "service_sid": service_sid,
        "map_sid": map.sid,
        "url": format!("{}/sync/v1/Services/{service_sid}/Maps/{}/Items/{key}", app.base, map.sid),
        "revision": item.revision(),
        "data": item.data,
        "date_expires": item.date_expires.map(SyncDate::without_milliseconds),
        "date_created": item.date_created.without_milliseconds(),
        "date_updated": item.date_updated.without_milliseconds(),
        "created_by": item.created_by,
    })
}

fn tagged(app: &AppState, service_sid: &str, map: &MapRecord, item: &ItemRecord) -> Tagged {
    let etag = format!("\"{}\"", item.revision());
    ([(header::ETAG, etag)], Json(to_json(app, service_sid, map, item)))
}

/// The data is JSON inside a form field.
fn data(fields: &Fields) -> Result<Option<Value>, RestError> {
    let parsed = fields.get("Data").map(serde_json::from_str).transpose();
    parsed.map_err(|_| SyncError::invalid_data().into())
}

fn if_match(headers: &HeaderMap) -> Option<&str> {
    headers.get(header::IF_MATCH)?.to_str().ok()
}

pub(super) async fn list(service: InService, Path(MapPath { map }): Path<MapPath>) -> Reply {
    let InService { app, uri, service_sid, namespace } = service;
    let query = Fields::of_query(&uri)?;
    let request = PageRequest::parse(|name| query.get(name))?;
    let turn = app.sync.turn(&app.store)?;
    let map = turn.fetch_map(&namespace, &map)?;
    let page = turn.list_items(&map, &request)?;
    let items: Vec<Value> = page.items.iter().map(|item| to_json(&app, &service_sid, &map, item)).collect();
    Ok(Json(json!({ "items": items, "meta": meta(&app, &uri, &query, &request, &page) })))
}

/// The addresses of this page and its neighbours. The tokens in them say everything that was asked for.
fn meta(app: &AppState, uri: &Uri, query: &Fields, request: &PageRequest, page: &Page) -> Value {
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

/// What a form says about an Item and its Map.
struct ItemForm<'a> {
    put: ItemWrite<'a>,
    /// The time to live of the Map.
    collection_ttl: Ttl,
}

fn read(fields: &Fields, data: Option<Value>) -> Result<ItemForm<'static>, RestError> {
    let put = ItemWrite { data, ttl: ttl(fields, &TTL)?, by: SYSTEM };
    Ok(ItemForm { put, collection_ttl: ttl(fields, &["CollectionTtl"])? })
}

fn update_collection_ttl(turn: &mut Turn<'_>, service: &InService, map: &MapRecord, ttl: Ttl) -> Result<(), SyncError> {
    if ttl != Ttl::Unchanged {
        let map = turn.fetch_map(&service.namespace, &map.sid)?;
        turn.update_map_ttl(map, ttl)?;
    }
    Ok(())
}

pub(super) async fn create(
    service: InService,
    Path(MapPath { map }): Path<MapPath>,
    fields: Fields,
) -> Result<(StatusCode, Tagged), RestError> {
    let key = fields.required("Key")?;
    let form = read(&fields, Some(data(&fields)?.unwrap_or_default()))?;
    let app = &service.app;
    let mut turn = app.sync.turn(&app.store)?;
    let map = turn.fetch_map(&service.namespace, &map)?;
    let written = turn.put_item(&map, key, &form.put, Condition::New)?;
    update_collection_ttl(&mut turn, &service, &map, form.collection_ttl)?;
    Ok((StatusCode::CREATED, tagged(app, &service.service_sid, &map, &written.item)))
}

pub(super) async fn fetch(
    service: InService,
    Path(ItemPath { map, key }): Path<ItemPath>,
) -> Result<Tagged, RestError> {
    let InService { app, service_sid, namespace, .. } = service;
    let turn = app.sync.turn(&app.store)?;
    let map = turn.fetch_map(&namespace, &map)?;
    let item = turn.find_item(&map, &key)?.ok_or_else(SyncError::item_not_found)?;
    Ok(tagged(&app, &service_sid, &map, &item))
}

pub(super) async fn update(
    service: InService,
    Path(ItemPath { map, key }): Path<ItemPath>,
    headers: HeaderMap,
    fields: Fields,
) -> Result<Tagged, RestError> {
    let form = read(&fields, data(&fields)?)?;
    let app = &service.app;
    let mut turn = app.sync.turn(&app.store)?;
    let map = turn.fetch_map(&service.namespace, &map)?;
    turn.find_item(&map, &key)?.ok_or_else(SyncError::item_not_found)?;
    let written = turn.put_item(&map, &key, &form.put, Condition::from_if_match(if_match(&headers)))?;
    update_collection_ttl(&mut turn, &service, &map, form.collection_ttl)?;
    Ok(tagged(app, &service.service_sid, &map, &written.item))
}

pub(super) async fn remove(
    service: InService,
    Path(ItemPath { map, key }): Path<ItemPath>,
    headers: HeaderMap,
) -> Removed {
    let InService { app, namespace, .. } = service;
    let mut turn = app.sync.turn(&app.store)?;
    let map = turn.fetch_map(&namespace, &map)?;
    turn.remove_item(&map, &key, Condition::from_if_match(if_match(&headers)))?;
    Ok(StatusCode::NO_CONTENT)
}
