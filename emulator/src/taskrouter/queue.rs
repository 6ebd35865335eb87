//! TaskQueues: which Workers may be rung for the Tasks in them.
//!
//! Knows nothing of Workflows. <https://www.twilio.com/docs/taskrouter/api/task-queue>

use std::sync::Arc;

use axum::Json;
use axum::extract::{OriginalUri, Path, State};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::contents::{Listed, ours, url};
use super::expression::holds;
use super::worker::Worker;
use crate::account::{Account, random_sid};
use crate::app::App;
use crate::records::{Record, put, record};
use crate::rest::{Created, Credentials, Fields, Reply, Resource, RestError, by_sid, date, made, now};
use crate::store::{Store, StoreError};

/// The queue that a new Flex account has.
pub const EVERYONE: &str = "Everyone";

/// A TaskQueue as it is kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TaskQueue {
    /// Its SID (`WQ…`).
    pub sid: String,
    /// Its name, which no other queue has.
    pub friendly_name: String,
    /// The expression over a Worker's attributes; an empty one lets nobody in.
    pub target_workers: String,
    /// When it was made, in microseconds since 1970.
    pub created: i64,
    /// When it last changed, in microseconds since 1970.
    pub updated: i64,
}

record!(TaskQueue, "taskrouter.queues");

impl Listed for TaskQueue {
    const KEY: &str = "task_queues";
}

impl TaskQueue {
    /// The queue for everybody, as it is made with the account.
    #[must_use]
    pub fn everyone(account: &Account, created: i64) -> Self {
        let sid = account.sid_for("WQ", EVERYONE);
        Self { sid, friendly_name: EVERYONE.into(), target_workers: "1==1".into(), created, updated: created }
    }

    /// Whether Tasks in this queue may ring a Worker.
    #[must_use]
    pub fn takes(&self, worker: &Worker) -> bool {
        holds(&self.target_workers, &Value::Object(worker.attributes.clone())).unwrap_or(false)
    }
}

impl Resource for TaskQueue {
    fn resource(&self, app: &App) -> Value {
        json!({
            "sid": self.sid,
            "account_sid": app.account.account_sid(),
            "workspace_sid": app.account.sids().workspace,
            "friendly_name": self.friendly_name,
            "target_workers": self.target_workers,
            "max_reserved_workers": 1,
            "task_order": "FIFO",
            "assignment_activity_name": null,
            "assignment_activity_sid": null,
            "reservation_activity_name": null,
            "reservation_activity_sid": null,
            "date_created": date(self.created),
            "date_updated": date(self.updated),
            "url": url(app, &format!("/TaskQueues/{}", self.sid)),
            "links": {"workspace": url(app, "")},
        })
    }
}

/// Whether there is any TaskQueue.
///
/// # Errors
///
/// [`StoreError`] when the storage cannot be read.
pub fn has_queues(store: &Store) -> Result<bool, StoreError> {
    Ok(!store.all::<TaskQueue>(TaskQueue::COLLECTION)?.is_empty())
}

/// The queue with a name, or none.
pub(super) fn queue_named(store: &Store, name: &str) -> Result<Option<TaskQueue>, StoreError> {
    Ok(store.all::<TaskQueue>(TaskQueue::COLLECTION)?.into_iter().find(|queue| queue.friendly_name == name))
}

fn checked(expression: &str) -> Result<String, RestError> {
    if !expression.is_empty() {
        holds(expression, &json!({})).map_err(|why| RestError::bad_parameter(format!("TargetWorkers: {why}")))?;
    }
    Ok(expression.to_owned())
}

fn taken(app: &App, name: &str, except: &str) -> Result<(), RestError> {
    match queue_named(&app.store, name)?.filter(|queue| queue.sid != except) {
        Some(_) => Err(RestError::bad_parameter(format!("A TaskQueue with the name {name} exists already"))),
        None => Ok(()),
    }
}

pub(super) async fn create(
    _: Credentials,
    State(app): State<Arc<App>>,
    Path(workspace): Path<String>,
    uri: OriginalUri,
    fields: Fields,
) -> Created {
    ours(&app, &workspace, &uri)?;
    let friendly_name = fields.required("FriendlyName")?.to_owned();
    taken(&app, &friendly_name, "")?;
    let target_workers = checked(fields.get("TargetWorkers").unwrap_or("1==1"))?;
    let created = now();
    let queue = TaskQueue { sid: random_sid("WQ"), friendly_name, target_workers, created, updated: created };
    app.store.write(|tx| put(tx, &queue))?;
    Ok(made(&app, &queue))
}

pub(super) async fn update(
    _: Credentials,
    State(app): State<Arc<App>>,
    Path((workspace, sid)): Path<(String, String)>,
    uri: OriginalUri,
    fields: Fields,
) -> Reply {
    ours(&app, &workspace, &uri)?;
    let mut queue: TaskQueue = by_sid(&app, &sid, &uri)?;
    if let Some(name) = fields.get("FriendlyName").filter(|name| !name.is_empty()) {
        taken(&app, name, &sid)?;
        queue.friendly_name = name.to_owned();
    }
    if let Some(expression) = fields.get("TargetWorkers") {
        queue.target_workers = checked(expression)?;
    }
    queue.updated = now();
    app.store.write(|tx| put(tx, &queue))?;
    Ok(Json(queue.resource(&app)))
}
