//! Workflows: the record that is kept, with its configuration as it was sent, and the form in which REST shows it.
//!
//! <https://www.twilio.com/docs/taskrouter/api/workflow>

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::workspace::workspace_url;
use crate::account::Account;
use crate::records::record;
use crate::resource::Resource;
use crate::rest::date;
use crate::state::AppState;

/// The Workflow that a new Flex account has.
const ASSIGN_TO_ANYONE: &str = "Assign to Anyone";

/// A Workflow as it is kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Workflow {
    /// Its SID (`WW…`).
    pub sid: String,
    /// What people and the console call it; a list can be filtered by it.
    pub friendly_name: String,
    /// The routing, a JSON text exactly as it was sent.
    pub configuration: String,
    /// How many seconds a Worker has to answer a reservation.
    pub task_reservation_timeout: u32,
    /// When it was created, in microseconds since 1970.
    pub created: i64,
    /// When it last changed, in microseconds since 1970.
    pub updated: i64,
}

record!(Workflow, "taskrouter.workflows");

impl Workflow {
    /// The Workflow that a new account has: every Task goes to the queue `queue_sid`.
    #[must_use]
    pub(super) fn assign_to_anyone(account: &Account, queue_sid: &str, created: i64) -> Self {
        Self {
            sid: account.sid_for("WW", ASSIGN_TO_ANYONE),
            friendly_name: ASSIGN_TO_ANYONE.into(),
            configuration: json!({"task_routing": {"filters": [], "default_filter": {"queue": queue_sid}}}).to_string(),
            task_reservation_timeout: 120,
            created,
            updated: created,
        }
    }
}

impl Resource for Workflow {
    fn to_json(&self, app: &AppState) -> Value {
        json!({
            "sid": self.sid,
            "account_sid": app.account.account_sid(),
            "workspace_sid": app.account.sids().workspace,
            "friendly_name": self.friendly_name,
            "configuration": self.configuration,
            "document_content_type": "application/json",
            "task_reservation_timeout": self.task_reservation_timeout,
            "assignment_callback_url": null,
            "fallback_assignment_callback_url": null,
            "date_created": date(self.created),
            "date_updated": date(self.updated),
            "url": workspace_url(app, &format!("/Workflows/{}", self.sid)),
            "links": {"workspace": workspace_url(app, "")},
        })
    }
}
