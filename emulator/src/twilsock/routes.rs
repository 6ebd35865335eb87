//! The Sync paths inside Twilsock: which request does what to a Map.
//!
//! Knows nothing of frames or sockets; answers inside a turn.

use axum::http::StatusCode;
use serde_json::{Value, json};

use super::answer::{Answer, Caller};
use super::request::Request;
use super::{representation, subscriptions};
use crate::store::Store;
use crate::sync::error::SyncError;
use crate::sync::items::{Condition, ItemWrite};
use crate::sync::paging::PageRequest;
use crate::sync::records::MapRecord;
use crate::sync::ttl::Ttl;
use crate::sync::turn::Turn;

/// Whether Sync answers this request.
#[must_use]
pub(super) fn is_for_sync(request: &Request) -> bool {
    let paths = ["/v3/Maps", "/v3/Insights/", "/v4/Subscriptions"];
    request.host.starts_with("cds.") || paths.iter().any(|path| request.path.starts_with(path))
}

/// Answers a request.
#[must_use]
pub(super) fn answer(turn: &mut Turn<'_>, store: &Store, caller: &Caller, request: &Request) -> Answer {
    let segments = request.segments();
    let segments: Vec<&str> = segments.iter().map(String::as_str).collect();
    let mut call = Call { turn, store, caller, request };
    call.dispatch(&segments).unwrap_or_else(|error| Answer {
        status: error.status,
        body: Some(representation::error(&error)),
        frames: Vec::new(),
    })
}

struct Call<'c, 't> {
    turn: &'c mut Turn<'t>,
    store: &'c Store,
    caller: &'c Caller,
    request: &'c Request,
}

impl Call<'_, '_> {
    fn dispatch(&mut self, segments: &[&str]) -> Result<Answer, SyncError> {
        match (self.request.method.as_str(), segments) {
            ("POST", ["v3", "Maps"]) => self.create_map(),
            ("GET", ["v3", "Maps", map]) => self.fetch_map(map),
            ("POST", ["v3", "Maps", map]) => self.update_map(map),
            ("DELETE", ["v3", "Maps", map]) => self.remove_map(map),
            ("GET", ["v3", "Maps", map, "Items"]) => self.list_items(map),
            ("PUT", ["v3", "Maps", map, "Items", key]) => self.put_item(map, key),
            ("POST", ["v3", "Maps", map, "Items", key]) => self.update_item_ttl(map, key),
            ("DELETE", ["v3", "Maps", map, "Items", key]) => self.remove_item(map, key),
            ("POST", ["v4", "Subscriptions"]) => {
                subscriptions::answer(self.turn, self.store, self.caller, &self.request.body)
            }
            ("POST", ["v3", "Insights", index, "Items"]) => {
                let found = self.caller.live_queries.search(self.store, index, &self.request.body)?;
                Ok(Answer::json(StatusCode::OK, found))
            }
            _ => Err(SyncError::unknown_path(&self.request.path)),
        }
    }

    fn map(&self, sid_or_name: &str) -> Result<MapRecord, SyncError> {
        self.turn.fetch_map(&self.caller.namespace, sid_or_name)
    }

    fn described(&self, status: StatusCode, map: &MapRecord) -> Answer {
        Answer::json(status, representation::map(&self.request.host, map))
    }

    fn create_map(&mut self) -> Result<Answer, SyncError> {
        let name = match &self.request.body["unique_name"] {
            Value::Null => None,
            Value::String(name) => Some(name.as_str()),
            _ => return Err(SyncError::invalid_name()),
        };
        let ttl = ttl(&self.request.body)?;
        let map = self.turn.create_map(&self.caller.namespace, name, ttl, &self.caller.identity)?;
        Ok(self.described(StatusCode::CREATED, &map))
    }

    fn fetch_map(&mut self, map: &str) -> Result<Answer, SyncError> {
        let map = self.map(map)?;
        let mut answer = self.described(StatusCode::OK, &map);
        if self.request.parameter("Include") == Some("items") {
            let first = self.turn.list_items(&map, &PageRequest::parse(|_| None)?)?;
            let page = representation::page(&self.request.host, &map.sid, &first);
            answer.body = answer.body.map(|mut body| {
                body["items"] = page["items"].clone();
                body
            });
        }
        Ok(answer)
    }

    fn update_map(&mut self, map: &str) -> Result<Answer, SyncError> {
        let map = self.map(map)?;
        let map = self.turn.update_map_ttl(map, ttl(&self.request.body)?)?;
        Ok(self.described(StatusCode::OK, &map))
    }

    fn remove_map(&mut self, map: &str) -> Result<Answer, SyncError> {
        let map = self.map(map)?;
        self.turn.remove_map(map)?;
        Ok(Answer { status: StatusCode::NO_CONTENT.as_u16(), ..Answer::default() })
    }

    fn list_items(&mut self, map: &str) -> Result<Answer, SyncError> {
        let map = self.map(map)?;
        let host = &self.request.host;
        let body = match self.request.parameter("Key") {
            Some(key) => {
                let found = self.turn.find_item(&map, key)?;
                let items: Vec<Value> = found.iter().map(|item| representation::item(host, &map.sid, item)).collect();
                json!({ "items": items, "meta": { "previous_token": null, "next_token": null } })
            }
            None => {
                let page = PageRequest::parse(|name| self.request.parameter(name))?;
                representation::page(host, &map.sid, &self.turn.list_items(&map, &page)?)
            }
        };
        Ok(Answer::json(StatusCode::OK, body))
    }

    fn put_item(&mut self, map: &str, key: &str) -> Result<Answer, SyncError> {
        let map = self.map(map)?;
        // What is missing reads as null, and null is no data.
        let data = Some(self.request.body["data"].clone());
        let put = ItemWrite { data, ttl: ttl(&self.request.body)?, by: &self.caller.identity };
        let condition = Condition::from_if_match(self.request.if_match.as_deref());
        let written = self.turn.put_item(&map, key, &put, condition)?;
        let status = if written.created { StatusCode::CREATED } else { StatusCode::OK };
        Ok(Answer::json(status, representation::item(&self.request.host, &map.sid, &written.item)))
    }

    fn update_item_ttl(&mut self, map: &str, key: &str) -> Result<Answer, SyncError> {
        let map = self.map(map)?;
        let put = ItemWrite { data: None, ttl: ttl(&self.request.body)?, by: &self.caller.identity };
        let written = self.turn.put_item(&map, key, &put, Condition::Always)?;
        Ok(Answer::json(StatusCode::OK, representation::item(&self.request.host, &map.sid, &written.item)))
    }

    fn remove_item(&mut self, map: &str, key: &str) -> Result<Answer, SyncError> {
        let map = self.map(map)?;
        let condition = Condition::from_if_match(self.request.if_match.as_deref());
        let removal = self.turn.remove_item(&map, key, condition)?;
        let date = removal.at.with_milliseconds();
        Ok(Answer::json(StatusCode::OK, json!({ "last_event_id": removal.event_id, "date_updated": date })))
    }
}

fn ttl(body: &Value) -> Result<Ttl, SyncError> {
    match &body["ttl"] {
        Value::Null => Ok(Ttl::Unchanged),
        ttl => ttl
            .as_u64()
            .and_then(|seconds| u32::try_from(seconds).ok())
            .and_then(Ttl::from_parameter)
            .ok_or_else(|| SyncError::invalid_parameter("Invalid TTL")),
    }
}
