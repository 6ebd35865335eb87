//! TaskQueues: the record that is kept, and the form in which REST shows it.
//!
//! <https://www.twilio.com/docs/taskrouter/api/task-queue>

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::expression::evaluates_true;
use super::worker::Worker;
use super::workspace::workspace_url;
use crate::account::Account;
use crate::records::record;
use crate::resource::Resource;
use crate::rest::date;
use crate::state::AppState;

/// The queue that a new Flex account has.
const EVERYONE: &str = "Everyone";

/// A TaskQueue as it is kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct TaskQueue {
    /// Its SID (`WQ…`).
    pub sid: String,
    /// Its name, which no other queue has.
    pub friendly_name: String,
    /// The expression over a Worker's attributes; an empty one lets nobody in.
    pub target_workers: String,
    /// When it was created, in microseconds since 1970.
    pub created: i64,
    /// When it last changed, in microseconds since 1970.
    pub updated: i64,
}

record!(TaskQueue, "taskrouter.queues");

impl TaskQueue {
    /// The queue for everybody, as a new account has it.
    #[must_use]
    pub(super) fn everyone(account: &Account, created: i64) -> Self {
        let sid = account.sid_for("WQ", EVERYONE);
        Self { sid, friendly_name: EVERYONE.into(), target_workers: "1==1".into(), created, updated: created }
    }

    /// Whether Tasks in this queue may ring a Worker.
    #[must_use]
    pub(super) fn accepts(&self, worker: &Worker) -> bool {
        evaluates_true(&self.target_workers, &Value::Object(worker.attributes.clone())).unwrap_or(false)
    }
}

impl Resource for TaskQueue {
    fn to_json(&self, app: &AppState) -> Value {
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
            "url": workspace_url(app, &format!("/TaskQueues/{}", self.sid)),
            "links": {"workspace": workspace_url(app, "")},
        })
    }
}
