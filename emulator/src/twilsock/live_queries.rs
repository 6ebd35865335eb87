//! The live queries of one connection: what its client knows of each result, and what has changed since.
//!
//! Knows nothing of frames. A client gets the result when it searches, follows it from its subscription on, and takes
//! over only what has a larger revision than it knows.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use serde_json::{Value, json};

use super::search;
use crate::store::Store;
use crate::sync::error::SyncError;
use crate::sync::insights::{self, Query, Row};

/// The live queries of one connection, by `query_id`.
#[derive(Debug, Default)]
pub(super) struct LiveQueries(Mutex<BTreeMap<String, LiveQuery>>);

#[derive(Debug)]
struct LiveQuery {
    index: String,
    query: Query,
    /// The revision of each row that the client knows, by key.
    known: BTreeMap<String, i64>,
    last_event_id: u64,
    /// Whether the client has subscribed.
    is_followed: bool,
}

/// What a subscription to a live query begins with.
pub(super) struct Established {
    /// What has changed since the client searched.
    pub(super) missed: Vec<Value>,
    /// The id of the last of these events.
    pub(super) last_event_id: u64,
}

impl LiveQueries {
    /// Answers a search in an index, and remembers the result if the client is going to follow it.
    ///
    /// # Errors
    ///
    /// [`SyncError`] when the query can not be understood or there is no such index.
    pub(super) fn search(&self, store: &Store, index: &str, body: &Value) -> Result<Value, SyncError> {
        let query = Query::parse(body["query_string"].as_str().unwrap_or_default())?;
        let found = insights::matching(&query, search::rows(store, index)?);
        let reply = insights::reply(&found);
        if body["type"] == "live_query" {
            let mut live = LiveQuery::new(index, query, &reply["last_event_id"]);
            live.knows(found);
            self.all().insert(reply["query_id"].as_str().unwrap_or_default().to_owned(), live);
        }
        Ok(reply)
    }

    /// Follows a result from now on. A client that comes back names a query that it asked for on another connection: it
    /// gets the whole result again.
    ///
    /// # Errors
    ///
    /// [`SyncError`] when the query can not be understood or there is no such index.
    pub(super) fn establish(&self, store: &Store, request: &Value) -> Result<Established, SyncError> {
        let text = |name: &str| request[name].as_str().unwrap_or_default();
        let sid = text("object_sid");
        let mut all = self.all();
        if let Some(live) = all.get_mut(sid) {
            live.is_followed = true;
            let missed = live.changes(sid, store)?;
            return Ok(Established { missed, last_event_id: live.last_event_id });
        }
        let query = Query::parse(text("query_string"))?;
        let mut live = LiveQuery::new(text("index_name"), query, &request["last_event_id"]);
        live.is_followed = true;
        let missed = vec![live.whole(sid, store)?];
        let last_event_id = live.last_event_id;
        all.insert(sid.to_owned(), live);
        Ok(Established { missed, last_event_id })
    }

    /// Forgets a live query.
    pub(super) fn cancel(&self, sid: &str) {
        self.all().remove(sid);
    }

    /// What has changed in the results that the client follows, as events in their order.
    ///
    /// # Errors
    ///
    /// [`SyncError`] when the storage can not be read.
    pub(super) fn changes(&self, store: &Store) -> Result<Vec<Value>, SyncError> {
        let mut events = Vec::new();
        for (sid, live) in self.all().iter_mut().filter(|(_, live)| live.is_followed) {
            events.extend(live.changes(sid, store)?);
        }
        Ok(events)
    }

    fn all(&self) -> MutexGuard<'_, BTreeMap<String, LiveQuery>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl LiveQuery {
    fn new(index: &str, query: Query, last_event_id: &Value) -> Self {
        let last_event_id = last_event_id.as_u64().unwrap_or(0);
        Self { index: index.to_owned(), query, known: BTreeMap::new(), last_event_id, is_followed: false }
    }

    /// What the client does not know yet; it knows it then.
    fn changes(&mut self, sid: &str, store: &Store) -> Result<Vec<Value>, SyncError> {
        let now = insights::matching(&self.query, search::rows(store, &self.index)?);
        let mut gone = std::mem::take(&mut self.known);
        let mut events = Vec::new();
        for Row { key, revision, data } in now {
            if gone.remove(&key) != Some(revision) {
                let item = json!({ "item_key": key, "item_data": data, "item_revision": revision });
                events.push(self.event("live_query_item_updated", sid, item));
            }
            self.known.insert(key, revision);
        }
        for (key, revision) in gone {
            let item = json!({ "item_key": key, "item_revision": revision + 1 });
            events.push(self.event("live_query_item_removed", sid, item));
        }
        Ok(events)
    }

    /// The whole result, for a client of which it is not known what it knows.
    fn whole(&mut self, sid: &str, store: &Store) -> Result<Value, SyncError> {
        let now = insights::matching(&self.query, search::rows(store, &self.index)?);
        let event = self.event("live_query_updated", sid, json!({ "items": insights::items(&now) }));
        self.knows(now);
        Ok(event)
    }

    fn knows(&mut self, rows: Vec<Row>) {
        self.known = rows.into_iter().map(|row| (row.key, row.revision)).collect();
    }

    fn event(&mut self, event_type: &str, sid: &str, mut event: Value) -> Value {
        self.last_event_id += 1;
        event["query_id"] = json!(sid);
        event["last_event_id"] = json!(self.last_event_id);
        json!({ "event_type": event_type, "event": event })
    }
}
