//! Workers: the record that is kept, and the forms in which REST, the Flex UI and the search index show it.
//!
//! Knows nothing of HTTP. <https://www.twilio.com/docs/taskrouter/api/worker>

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use super::activity::{Activity, activity};
use super::workspace::workspace_url;
use crate::account::Account;
use crate::records::{Record, put, record};
use crate::resource::Resource;
use crate::rest::date;
use crate::state::AppState;
use crate::store::{Store, StoreError};
use crate::sync::insights::Row;
use crate::worker_events::WorkerEvent;

/// A Worker as it is kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Worker {
    /// Its SID (`WK…`).
    pub sid: String,
    /// Its unique name; Flex takes the identity of the person.
    pub friendly_name: String,
    /// `full_name`, `contact_uri`, `email`, `roles` and what else is known about the person.
    pub attributes: Map<String, Value>,
    /// What it is doing.
    pub activity_sid: String,
    /// The name of that Activity.
    pub activity_name: String,
    /// Whether it may be rung.
    pub available: bool,
    /// When it was created, in microseconds since 1970.
    pub created: i64,
    /// When it last changed, in microseconds since 1970.
    pub updated: i64,
}

record!(Worker, "taskrouter.workers");

/// Every Worker as a row of the search index `tr-worker`.
///
/// # Errors
///
/// [`StoreError`] when the storage cannot be read.
pub fn worker_index(store: &Store) -> Result<Vec<Row>, StoreError> {
    Ok(store.all::<Worker>(Worker::COLLECTION)?.iter().map(Worker::index_row).collect())
}

/// Puts a Worker into an Activity, tells its Flex UIs, and returns it; none when there is no such Worker or no such
/// Activity.
///
/// # Errors
///
/// [`StoreError`] when the storage cannot be written.
pub fn set_activity(app: &AppState, sid: &str, activity_sid: &str) -> Result<Option<Worker>, StoreError> {
    let Some(Activity { sid: activity_sid, friendly_name, available }) = activity(&app.account, activity_sid) else {
        return Ok(None);
    };
    let worker = app.store.write(|tx| {
        let Some(mut worker) = tx.get::<Worker>(Worker::COLLECTION, sid)? else { return Ok(None) };
        worker.activity_sid = activity_sid;
        worker.activity_name = friendly_name.to_owned();
        worker.available = available;
        worker.has_changed(app.clock.now_microseconds());
        put(tx, &worker)?;
        Ok::<_, StoreError>(Some(worker))
    })?;
    if let Some(worker) = &worker {
        let message = json!({"event_type": "worker.activity.update", "payload": worker.for_flex(&app.account)});
        app.worker_events.send(WorkerEvent { worker_sid: worker.sid.clone(), message });
    }
    Ok(worker)
}

impl Worker {
    /// Notes when it changed: each time later than the last, because the instant is its revision in the search index.
    pub(super) fn has_changed(&mut self, now: i64) {
        self.updated = now.max(self.updated + 1);
    }

    fn index_row(&self) -> Row {
        let data = json!({
            "worker_sid": self.sid,
            "friendly_name": self.friendly_name,
            "activity_sid": self.activity_sid,
            "activity_name": self.activity_name,
            "worker_activity_sid": self.activity_sid,
            "attributes": self.attributes,
            "date_activity_changed": date(self.updated),
            "date_updated": date(self.updated),
        });
        Row { key: self.sid.clone(), revision: self.updated, data }
    }

    fn attributes_text(&self) -> String {
        serde_json::to_string(&self.attributes).unwrap_or_default()
    }

    /// As the event bridge shows it to the Flex UI: instants are seconds since 1970.
    #[must_use]
    pub fn for_flex(&self, account: &Account) -> Value {
        let seconds = |microseconds: i64| microseconds.div_euclid(1_000_000);
        json!({
            "sid": self.sid,
            "account_sid": account.account_sid(),
            "workspace_sid": account.sids().workspace,
            "friendly_name": self.friendly_name,
            "attributes": self.attributes_text(),
            "activity_sid": self.activity_sid,
            "activity_name": self.activity_name,
            "available": self.available,
            "date_created": seconds(self.created),
            "date_updated": seconds(self.updated),
            "date_status_changed": seconds(self.updated),
            "date_activity_changed": seconds(self.updated),
            "version": self.updated.to_string(),
        })
    }
}

impl Resource for Worker {
    /// As TaskRouter's REST API shows it.
    fn to_json(&self, app: &AppState) -> Value {
        json!({
            "sid": self.sid,
            "account_sid": app.account.account_sid(),
            "workspace_sid": app.account.sids().workspace,
            "friendly_name": self.friendly_name,
            "attributes": self.attributes_text(),
            "activity_sid": self.activity_sid,
            "activity_name": self.activity_name,
            "available": self.available,
            "date_created": date(self.created),
            "date_updated": date(self.updated),
            "date_status_changed": date(self.updated),
            "links": {"workspace": workspace_url(app, "")},
            "url": workspace_url(app, &format!("/Workers/{}", self.sid)),
        })
    }
}
