//! Workers over REST: list with Twilio's filters, create, update, remove. <https://www.twilio.com/docs/taskrouter/api/worker>

use axum::extract::Path;
use serde_json::{Map, Value};

use super::in_workspace::InWorkspace;
use crate::records::{Record, find, put};
use crate::resource::{Created, Removed, Reply, Resource, Sid};
use crate::rest::{Fields, RestError};
use crate::sid::random_sid;
use crate::state::AppState;
use crate::taskrouter::activity::activities;
use crate::taskrouter::expression::evaluates_true;
use crate::taskrouter::task_queue::TaskQueue;
use crate::taskrouter::task_queue_rules::queue_named;
use crate::taskrouter::worker::{Worker, set_activity};

/// Which Workers a list asks for.
struct Filter<'a> {
    query: &'a Fields,
    queue: Option<TaskQueue>,
}

impl<'a> Filter<'a> {
    fn read(app: &AppState, query: &'a Fields) -> Result<Self, RestError> {
        let unknown = || RestError::bad_parameter("There is no such TaskQueue");
        let queue = match (query.get("TaskQueueSid"), query.get("TaskQueueName")) {
            (Some(sid), _) => Some(find(&app.store, sid)?.ok_or_else(unknown)?),
            (None, Some(name)) => Some(queue_named(&app.store, name)?.ok_or_else(unknown)?),
            (None, None) => None,
        };
        Ok(Self { query, queue })
    }

    fn accepts(&self, worker: &Worker) -> Result<bool, RestError> {
        let is = |name: &str, value: &str| self.query.get(name).is_none_or(|wanted| wanted == value);
        let expression = self.query.get("TargetWorkersExpression").map(|expression| {
            evaluates_true(expression, &Value::Object(worker.attributes.clone()))
                .map_err(|why| RestError::bad_parameter(format!("TargetWorkersExpression: {why}")))
        });
        Ok(is("FriendlyName", &worker.friendly_name)
            && is("ActivityName", &worker.activity_name)
            && is("ActivitySid", &worker.activity_sid)
            && self.query.get("Available").is_none_or(|wanted| ["1", "true"].contains(&wanted) == worker.available)
            && self.queue.as_ref().is_none_or(|queue| queue.accepts(worker))
            && expression.transpose()?.unwrap_or(true))
    }
}

pub(super) async fn list(InWorkspace(request): InWorkspace) -> Reply {
    let app = &request.app;
    let query = request.query()?;
    let filter = Filter::read(app, &query)?;
    let mut rows = Vec::new();
    for worker in app.store.all::<Worker>(Worker::COLLECTION)? {
        if filter.accepts(&worker)? {
            rows.push(worker.to_json(app));
        }
    }
    request.page("workers", rows)
}

fn attributes(fields: &Fields) -> Result<Option<Map<String, Value>>, RestError> {
    let refused = |_| RestError::bad_parameter("Attributes must be a JSON object");
    fields.get("Attributes").map(serde_json::from_str).transpose().map_err(refused)
}

pub(super) async fn create(InWorkspace(request): InWorkspace, fields: Fields) -> Created {
    let app = &request.app;
    let friendly_name = fields.required("FriendlyName")?.to_owned();
    let activity = activities(&app.account).swap_remove(0);
    let created = app.clock.now_microseconds();
    let worker = Worker {
        sid: random_sid("WK"),
        friendly_name,
        attributes: attributes(&fields)?.unwrap_or_default(),
        activity_sid: activity.sid,
        activity_name: activity.friendly_name.to_owned(),
        available: activity.available,
        created,
        updated: created,
    };
    app.store.write(|tx| put(tx, &worker))?;
    app.worker_events.index_has_changed();
    request.created(&worker)
}

/// An Activity that is changed here is seen by the Flex UI of that Worker at once.
pub(super) async fn update(InWorkspace(request): InWorkspace, Path(Sid { sid }): Path<Sid>, fields: Fields) -> Reply {
    let app = &request.app;
    let mut worker: Worker = request.find(&sid)?;
    if let Some(activity_sid) = fields.get("ActivitySid") {
        let moved = set_activity(app, &sid, activity_sid)?;
        worker = moved.ok_or_else(|| RestError::bad_parameter("ActivitySid: there is no such Activity"))?;
    }
    let (name, attributes) = (fields.get("FriendlyName").filter(|name| !name.is_empty()), attributes(&fields)?);
    if name.is_some() || attributes.is_some() {
        worker.friendly_name = name.map_or(worker.friendly_name, str::to_owned);
        worker.attributes = attributes.unwrap_or(worker.attributes);
        worker.has_changed(app.clock.now_microseconds());
        app.store.write(|tx| put(tx, &worker))?;
        app.worker_events.index_has_changed();
    }
    request.reply(&worker)
}

pub(super) async fn remove(InWorkspace(request): InWorkspace, Path(Sid { sid }): Path<Sid>) -> Removed {
    let removed = request.remove::<Worker>(&sid)?;
    request.app.worker_events.index_has_changed();
    Ok(removed)
}
