//! Workers: the record that is kept, and the forms in which REST, the Flex UI and the search index show it.
//!
//! Knows nothing of HTTP. <https://www.twilio.com/docs/taskrouter/api/worker>

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use super::activity::{Activity, activity};
use crate::account::Account;
use crate::app::App;
use crate::rest::{date, now};
use crate::store::{Store, StoreError, Transaction};

const WORKERS: &str = "taskrouter.workers";

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
    /// When it was made, in microseconds since 1970.
    pub created: i64,
    /// When it last changed, in microseconds since 1970.
    pub updated: i64,
}

/// Writes a Worker.
///
/// # Errors
///
/// [`StoreError`] when the storage cannot be written.
pub fn put_worker(tx: &mut Transaction<'_>, worker: &Worker) -> Result<(), StoreError> {
    tx.put(WORKERS, &worker.sid, worker)
}

/// One Worker, or none.
///
/// # Errors
///
/// [`StoreError`] when the storage cannot be read.
pub fn fetch_worker(store: &Store, sid: &str) -> Result<Option<Worker>, StoreError> {
    store.get(WORKERS, sid)
}

/// Removes a Worker and says whether it was there.
///
/// # Errors
///
/// [`StoreError`] when the storage cannot be written.
pub fn remove_worker(store: &Store, sid: &str) -> Result<bool, StoreError> {
    store.write(|tx| tx.delete(WORKERS, sid))
}

/// Every Worker, in the order of their SIDs.
pub(super) fn all_workers(store: &Store) -> Result<Vec<Worker>, StoreError> {
    store.all(WORKERS)
}

/// Every Worker as a row of the search index `tr-worker`.
///
/// # Errors
///
/// [`StoreError`] when the storage cannot be read.
pub fn workers(store: &Store) -> Result<Vec<Value>, StoreError> {
    Ok(all_workers(store)?.iter().map(Worker::index_row).collect())
}

/// Puts a Worker into an Activity and returns it; none when there is no such Worker or no such Activity.
///
/// # Errors
///
/// [`StoreError`] when the storage cannot be written.
pub fn set_activity(
    store: &Store,
    account: &Account,
    sid: &str,
    activity_sid: &str,
) -> Result<Option<Worker>, StoreError> {
    let Some(Activity { sid: activity_sid, friendly_name, available }) = activity(account, activity_sid) else {
        return Ok(None);
    };
    store.write(|tx| {
        let Some(mut worker) = tx.get::<Worker>(WORKERS, sid)? else { return Ok(None) };
        worker.activity_sid = activity_sid;
        worker.activity_name = friendly_name.to_owned();
        worker.available = available;
        worker.updated = now();
        put_worker(tx, &worker)?;
        Ok(Some(worker))
    })
}

impl Worker {
    fn index_row(&self) -> Value {
        json!({
            "worker_sid": self.sid,
            "friendly_name": self.friendly_name,
            "activity_sid": self.activity_sid,
            "activity_name": self.activity_name,
            "worker_activity_sid": self.activity_sid,
            "attributes": self.attributes,
            "date_activity_changed": date(self.updated),
            "date_updated": date(self.updated),
        })
    }

    fn attributes_text(&self) -> String {
        serde_json::to_string(&self.attributes).unwrap_or_default()
    }

    /// As TaskRouter's REST API shows it.
    pub(super) fn resource(&self, app: &App) -> Value {
        let workspace = &app.account.sids().workspace;
        let url = format!("{}/taskrouter/v1/Workspaces/{workspace}/Workers/{}", app.base, self.sid);
        json!({
            "sid": self.sid,
            "account_sid": app.account.account_sid(),
            "workspace_sid": workspace,
            "friendly_name": self.friendly_name,
            "attributes": self.attributes_text(),
            "activity_sid": self.activity_sid,
            "activity_name": self.activity_name,
            "available": self.available,
            "date_created": date(self.created),
            "date_updated": date(self.updated),
            "date_status_changed": date(self.updated),
            "links": {"workspace": format!("{}/taskrouter/v1/Workspaces/{workspace}", app.base)},
            "url": url,
        })
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
