//! Maps, Items and changes in the form in which the SDK reads them.
//!
//! Knows nothing of storage or connections.

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value, json};

use crate::sync::date::SyncDate;
use crate::sync::error::SyncError;
use crate::sync::hub::{Change, ChangeKind};
use crate::sync::paging::Page;
use crate::sync::records::{ItemRecord, MapRecord};

/// The host of the addresses in events, which no request asked for.
const EVENT_HOST: &str = "cds.us1.twilio.com";

fn map_url(host: &str, map_sid: &str) -> String {
    format!("https://{host}/v3/Maps/{map_sid}")
}

fn item_url(host: &str, map_sid: &str, key: &str) -> String {
    format!("{}/Items/{}", map_url(host, map_sid), utf8_percent_encode(key, NON_ALPHANUMERIC))
}

/// A Map as the answer to a request that was sent to `host`.
#[must_use]
pub(super) fn map(host: &str, map: &MapRecord) -> Value {
    let url = map_url(host, &map.sid);
    json!({
        "sid": map.sid,
        "unique_name": map.unique_name,
        "links": { "items": format!("{url}/Items") },
        "url": url,
        "revision": map.revision(),
        "last_event_id": map.last_event_id,
        "date_created": map.date_created.with_milliseconds(),
        "date_updated": map.date_updated.with_milliseconds(),
        "date_expires": map.date_expires.map(SyncDate::with_milliseconds),
        "created_by": map.created_by,
    })
}

/// An Item of a Map, likewise.
#[must_use]
pub(super) fn item(host: &str, map_sid: &str, item: &ItemRecord) -> Value {
    json!({
        "key": item.key,
        "url": item_url(host, map_sid, &item.key),
        "revision": item.revision(),
        "last_event_id": item.last_event_id,
        "date_created": item.date_created.with_milliseconds(),
        "date_updated": item.date_updated.with_milliseconds(),
        "date_expires": item.date_expires.map(SyncDate::with_milliseconds),
        "data": item.data,
        "created_by": item.created_by,
    })
}

/// A page of Items, likewise.
#[must_use]
pub(super) fn page(host: &str, map_sid: &str, page: &Page) -> Value {
    let items: Vec<Value> = page.items.iter().map(|each| item(host, map_sid, each)).collect();
    json!({ "items": items, "meta": { "previous_token": page.previous_token, "next_token": page.next_token } })
}

/// A refusal of Sync as the body of a reply.
#[must_use]
pub(super) fn error(error: &SyncError) -> Value {
    refusal(error.status, error.code, &error.message)
}

/// Twilio's error body, from its parts.
#[must_use]
pub(super) fn refusal(status: u16, code: u32, message: &str) -> Value {
    json!({
        "status": status,
        "code": code,
        "message": message,
        "more_info": format!("https://www.twilio.com/docs/errors/{code}"),
    })
}

/// A change as the payload of a notification; a replayed one names the subscription that asked for it.
#[must_use]
pub(super) fn event(change: &Change, correlation_id: Option<&Value>) -> Value {
    let (event_type, mut event) = match &change.kind {
        ChangeKind::ItemAdded(item) => ("map_item_added", written(change, item)),
        ChangeKind::ItemUpdated(item) => ("map_item_updated", written(change, item)),
        ChangeKind::ItemRemoved(item) => ("map_item_removed", json!({ "item_key": item.key, "item_data": item.data })),
        ChangeKind::ItemGone(key) => ("map_item_removed", json!({ "item_key": key })),
        ChangeKind::MapRemoved => ("map_removed", json!({})),
    };
    event["id"] = json!(change.map.last_event_id);
    event["map_sid"] = json!(change.map.sid);
    event["map_unique_name"] = json!(change.map.unique_name);
    event["map_revision"] = json!(change.map.revision());
    event["date_created"] = json!(change.map.date_updated.with_milliseconds());
    let mut payload = json!({ "event_type": event_type, "event": event });
    if let Some(correlation_id) = correlation_id {
        payload["correlation_id"] = correlation_id.clone();
    }
    payload
}

fn written(change: &Change, item: &ItemRecord) -> Value {
    json!({
        "item_key": item.key,
        "item_url": item_url(EVENT_HOST, &change.map.sid, &item.key),
        "item_revision": item.revision(),
        "item_data": item.data,
        "date_expires": item.date_expires.map(SyncDate::with_milliseconds),
    })
}
