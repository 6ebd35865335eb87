//! Workflows: their configuration is kept as the text it was sent as.
//!
//! Knows nothing of routing: no Task is ever made here. <https://www.twilio.com/docs/taskrouter/api/workflow>

use std::sync::Arc;

use axum::Json;
use axum::extract::{OriginalUri, Path, State};
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::queue::fetch_queue;
use super::workspace::{Created, Reply, ours, url};
use crate::account::{Account, random_sid};
use crate::app::App;
use crate::rest::{Credentials, Fields, RestError, date, now, page};
use crate::store::{StoreError, Transaction};

const WORKFLOWS: &str = "taskrouter.workflows";

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

/// A configuration is JSON, has a `task_routing`, and every queue that it names is there.
fn must_be_sound(app: &App, configuration: &str) -> Result<(), RestError> {
    let refused = |why: &str| RestError::bad_parameter(format!("Workflow configuration: {why}"));
    let parsed: Value = serde_json::from_str(configuration).map_err(|error| refused(&error.to_string()))?;
    let routing = parsed.get("task_routing").and_then(Value::as_object).ok_or_else(|| refused("no task_routing"))?;
    let filters = routing.get("filters").and_then(Value::as_array).into_iter().flatten();
    let targets = filters.flat_map(|filter| filter["targets"].as_array().into_iter().flatten());
    for queue in targets.chain(routing.get("default_filter")).filter_map(|target| target.get("queue")) {
        let sid = queue.as_str().ok_or_else(|| refused("a queue is no SID"))?;
        fetch_queue(&app.store, sid)?.ok_or_else(|| refused(&format!("queue {sid} does not exist")))?;
    }
    Ok(())
}

/// Writes a Workflow.
///
/// # Errors
///
/// [`StoreError`] when the storage cannot be written.
pub fn put_workflow(tx: &mut Transaction<'_>, workflow: &Workflow) -> Result<(), StoreError> {
    tx.put(WORKFLOWS, &workflow.sid, workflow)
}

fn workflow(app: &App, workspace: &str, sid: &str, uri: &OriginalUri) -> Result<Workflow, RestError> {
    ours(app, workspace, uri)?;
    app.store.get(WORKFLOWS, sid)?.ok_or_else(|| RestError::not_found(uri.path()))
}

pub(super) async fn list(
    _: Credentials,
    State(app): State<Arc<App>>,
    Path(workspace): Path<String>,
    uri: OriginalUri,
) -> Reply {
    ours(&app, &workspace, &uri)?;
    let query = Fields::parse(uri.query().unwrap_or_default().as_bytes())?;
    let named = |workflow: &&Workflow| query.get("FriendlyName").is_none_or(|name| name == workflow.friendly_name);
    let workflows = app.store.all::<Workflow>(WORKFLOWS)?;
    page(&app, &uri, "workflows", workflows.iter().filter(named).map(|workflow| workflow.resource(&app)).collect())
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
    app.store.write(|tx| put_workflow(tx, &workflow))?;
    Ok((StatusCode::CREATED, Json(workflow.resource(&app))))
}

pub(super) async fn fetch(
    _: Credentials,
    State(app): State<Arc<App>>,
    Path((workspace, sid)): Path<(String, String)>,
    uri: OriginalUri,
) -> Reply {
    Ok(Json(workflow(&app, &workspace, &sid, &uri)?.resource(&app)))
}

pub(super) async fn update(
    _: Credentials,
    State(app): State<Arc<App>>,
    Path((workspace, sid)): Path<(String, String)>,
    uri: OriginalUri,
    fields: Fields,
) -> Reply {
    let mut workflow = workflow(&app, &workspace, &sid, &uri)?;
    workflow.take(&app, &fields)?;
    app.store.write(|tx| put_workflow(tx, &workflow))?;
    Ok(Json(workflow.resource(&app)))
}

pub(super) async fn remove(
    _: Credentials,
    State(app): State<Arc<App>>,
    Path((workspace, sid)): Path<(String, String)>,
    uri: OriginalUri,
) -> Result<StatusCode, RestError> {
    let workflow = workflow(&app, &workspace, &sid, &uri)?;
    app.store.write(|tx| tx.delete(WORKFLOWS, &workflow.sid))?;
    Ok(StatusCode::NO_CONTENT)
}
