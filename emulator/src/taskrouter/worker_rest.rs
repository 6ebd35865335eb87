//! Workers over REST: list with Twilio's filters, create, update.
//!
//! Knows nothing of the search index. <https://www.twilio.com/docs/taskrouter/api/worker>

use std::sync::Arc;

use axum::Json;
use axum::extract::{OriginalUri, Path, State};
use serde_json::{Map, Value};

use super::activity::activities;
use super::contents::ours;
use super::expression::holds;
use super::queue::{TaskQueue, queue_named};
use super::worker::{Worker, set_activity};
use crate::account::random_sid;
use crate::app::App;
use crate::records::{Record, find, put};
use crate::rest::{Created, Credentials, Fields, Reply, Resource, RestError, by_sid, made, now, page};

/// What a list asks for.
struct Wanted<'a> {
    query: &'a Fields,
    queue: Option<TaskQueue>,
}

impl<'a> Wanted<'a> {
    fn read(app: &App, query: &'a Fields) -> Result<Self, RestError> {
        let queue = match (query.get("TaskQueueSid"), query.get("TaskQueueName")) {
            (Some(sid), _) => Some(find(&app.store, sid)?),
            (None, Some(name)) => Some(queue_named(&app.store, name)?),
            (None, None) => None,
        };
        match queue {
            Some(None) => Err(RestError::bad_parameter("There is no such TaskQueue")),
            queue => Ok(Self { query, queue: queue.flatten() }),
        }
    }

    fn has(&self, worker: &Worker) -> Result<bool, RestError> {
        let is = |name: &str, value: &str| self.query.get(name).is_none_or(|wanted| wanted == value);
        let expression = self.query.get("TargetWorkersExpression").map(|expression| {
            holds(expression, &Value::Object(worker.attributes.clone()))
                .map_err(|why| RestError::bad_parameter(format!("TargetWorkersExpression: {why}")))
        });
        Ok(is("FriendlyName", &worker.friendly_name)
            && is("ActivityName", &worker.activity_name)
            && is("ActivitySid", &worker.activity_sid)
            && self.query.get("Available").is_none_or(|wanted| ["1", "true"].contains(&wanted) == worker.available)
            && self.queue.as_ref().is_none_or(|queue| queue.takes(worker))
            && expression.transpose()?.unwrap_or(true))
    }
}

pub(super) async fn list(
    _: Credentials,
    State(app): State<Arc<App>>,
    Path(workspace): Path<String>,
    uri: OriginalUri,
) -> Reply {
    ours(&app, &workspace, &uri)?;
    let query = Fields::of_query(&uri)?;
    let wanted = Wanted::read(&app, &query)?;
    let mut rows = Vec::new();
    for worker in app.store.all::<Worker>(Worker::COLLECTION)? {
        if wanted.has(&worker)? {
            rows.push(worker.resource(&app));
        }
    }
    page(&app, &uri, "workers", rows)
}

fn attributes(fields: &Fields) -> Result<Option<Map<String, Value>>, RestError> {
    let refused = |_| RestError::bad_parameter("Attributes must be a JSON object");
    fields.get("Attributes").map(serde_json::from_str).transpose().map_err(refused)
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
    let activity = activities(&app.account).swap_remove(0);
    let (activity_sid, activity_name) = (activity.sid, activity.friendly_name.to_owned());
    let (sid, attributes, created) = (random_sid("WK"), attributes(&fields)?.unwrap_or_default(), now());
    let available = activity.available;
    let worker =
        Worker { sid, friendly_name, attributes, activity_sid, activity_name, available, created, updated: created };
    app.store.write(|tx| put(tx, &worker))?;
    Ok(made(&app, &worker))
}

/// An Activity that is changed here is seen by the Flex UI of that Worker at once.
pub(super) async fn update(
    _: Credentials,
    State(app): State<Arc<App>>,
    Path((workspace, sid)): Path<(String, String)>,
    uri: OriginalUri,
    fields: Fields,
) -> Reply {
    ours(&app, &workspace, &uri)?;
    let mut worker: Worker = by_sid(&app, &sid, &uri)?;
    if let Some(activity_sid) = fields.get("ActivitySid") {
        let moved = set_activity(&app.store, &app.account, &sid, activity_sid)?;
        worker = moved.ok_or_else(|| RestError::bad_parameter("ActivitySid: there is no such Activity"))?;
        app.worker_events.activity_updated(&app.account, &worker);
    }
    let (name, attributes) = (fields.get("FriendlyName").filter(|name| !name.is_empty()), attributes(&fields)?);
    if name.is_some() || attributes.is_some() {
        worker.friendly_name = name.map_or(worker.friendly_name, str::to_owned);
        worker.attributes = attributes.unwrap_or(worker.attributes);
        worker.updated = now();
        app.store.write(|tx| put(tx, &worker))?;
    }
    Ok(Json(worker.resource(&app)))
}
