//! Workflows: their configuration is kept as the text it was sent as.
//!
//! Knows nothing of routing: no Task is ever made here. <https://www.twilio.com/docs/taskrouter/api/workflow>

use std::sync::Arc;

use axum::Json;
use axum::extract::{OriginalUri, Path, State};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::contents::{Listed, ours, url};
use super::queue::TaskQueue;
use crate::account::{Account, random_sid};
use crate::app::App;
use crate::records::{find, put, record};
use crate::rest::{Created, Credentials, Fields, Reply, Resource, RestError, by_sid, date, made, now};

/// The Workflow that a new Flex account has.
pub const ASSIGN_TO_ANYONE: &str = "Assign to Anyone";

/// A Workflow as it is kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Workflow {
    /// Its SID (`WW…`).
    pub sid: String,
    /// Its name.
    pub friendly_name: String,
    /// The routing, a JSON text exactly as it was sent.
    pub configuration: String,
    /// How many seconds a Worker has to answer a reservation.
    pub task_reservation_timeout: u32,
    /// When it was made, in microseconds since 1970.
    pub created: i64,
    /// When it last changed, in microseconds since 1970.
    pub updated: i64,
}

record!(Workflow, "taskrouter.workflows");

impl Listed for Workflow {
    const KEY: &str = "workflows";
}

impl Workflow {
    /// The Workflow that is made with the account: every Task goes to the queue `queue_sid`.
    #[must_use]
    pub fn assign_to_anyone(account: &Account, queue_sid: &str, created: i64) -> Self {
        Self {
            sid: account.sid_for("WW", ASSIGN_TO_ANYONE),
            friendly_name: ASSIGN_TO_ANYONE.into(),
            configuration: json!({"task_routing": {"filters": [], "default_filter": {"queue": queue_sid}}}).to_string(),
            task_reservation_timeout: 120,
            created,
            updated: created,
        }
    }

    /// Takes over the fields that are there.
    fn take(&mut self, app: &App, fields: &Fields) -> Result<(), RestError> {
        if let Some(name) = fields.get("FriendlyName").filter(|name| !name.is_empty()) {
            self.friendly_name = name.to_owned();
        }
        if let Some(configuration) = fields.get("Configuration") {
            must_be_sound(app, configuration)?;
            self.configuration = configuration.to_owned();
        }
        if let Some(seconds) = fields.get("TaskReservationTimeout") {
            let sound = seconds.parse().ok().filter(|seconds| (1..=86_400).contains(seconds));
            self.task_reservation_timeout =
                sound.ok_or_else(|| RestError::bad_parameter("TaskReservationTimeout must be 1 to 86400"))?;
        }
        self.updated = now();
        Ok(())
    }
}

impl Resource for Workflow {
    fn resource(&self, app: &App) -> Value {
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
            "url": url(app, &format!("/Workflows/{}", self.sid)),
            "links": {"workspace": url(app, "")},
        })
    }
}

/// A configuration is JSON, has a `task_routing`, and every queue that it names is there.
fn must_be_sound(app: &App, configuration: &str) -> Result<(), RestError> {
    let refused = |why: &str| RestError::bad_parameter(format!("Workflow configuration: {why}"));
    let parsed: Value = serde_json::from_str(configuration).map_err(|error| refused(&error.to_string()))?;
    let routing = parsed.get("task_routing").and_then(Value::as_object).ok_or_else(|| refused("no task_routing"))?;
    let filters = routing.get("filters").and_then(Value::as_array).into_iter().flatten();
    let targets = filters.flat_map(|filter| filter["targets"].as_array().into_iter().flatten());
    for queue in targets.chain(routing.get("default_filter")).filter_map(|target| target.get("queue")) {
        let sid = queue.as_str().ok_or_else(|| refused("a queue is no SID"))?;
        find::<TaskQueue>(&app.store, sid)?.ok_or_else(|| refused(&format!("queue {sid} does not exist")))?;
    }
    Ok(())
}

pub(super) async fn create(
    _: Credentials,
    State(app): State<Arc<App>>,
    Path(workspace): Path<String>,
    uri: OriginalUri,
    fields: Fields,
) -> Created {
    ours(&app, &workspace, &uri)?;
    fields.required("FriendlyName")?;
    fields.required("Configuration")?;
    let mut workflow = Workflow::assign_to_anyone(&app.account, "", now());
    workflow.sid = random_sid("WW");
    workflow.take(&app, &fields)?;
    app.store.write(|tx| put(tx, &workflow))?;
    Ok(made(&app, &workflow))
}

pub(super) async fn update(
    _: Credentials,
    State(app): State<Arc<App>>,
    Path((workspace, sid)): Path<(String, String)>,
    uri: OriginalUri,
    fields: Fields,
) -> Reply {
    ours(&app, &workspace, &uri)?;
    let mut workflow: Workflow = by_sid(&app, &sid, &uri)?;
    workflow.take(&app, &fields)?;
    app.store.write(|tx| put(tx, &workflow))?;
    Ok(Json(workflow.resource(&app)))
}
