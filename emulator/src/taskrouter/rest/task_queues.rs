//! TaskQueues over REST: create and update. <https://www.twilio.com/docs/taskrouter/api/task-queue>
//!
//! Knows nothing of what a name or an expression must be: see `task_queue_rules`.

use axum::extract::Path;

use super::in_workspace::InWorkspace;
use super::workspace_resources::ListedByName;
use crate::records::put;
use crate::resource::{Created, Reply, Sid};
use crate::rest::Fields;
use crate::sid::random_sid;
use crate::taskrouter::task_queue::TaskQueue;
use crate::taskrouter::task_queue_rules::{require_expression, require_free_name};

impl ListedByName for TaskQueue {
    const LIST_KEY: &str = "task_queues";
}

pub(super) async fn create(InWorkspace(request): InWorkspace, fields: Fields) -> Created {
    let app = &request.app;
    let friendly_name = fields.required("FriendlyName")?.to_owned();
    require_free_name(&app.store, &friendly_name, None)?;
    let target_workers = fields.get("TargetWorkers").unwrap_or("1==1").to_owned();
    require_expression(&target_workers)?;
    let created = app.clock.now_microseconds();
    let queue = TaskQueue { sid: random_sid("WQ"), friendly_name, target_workers, created, updated: created };
    app.store.write(|tx| put(tx, &queue))?;
    request.created(&queue)
}

pub(super) async fn update(InWorkspace(request): InWorkspace, Path(Sid { sid }): Path<Sid>, fields: Fields) -> Reply {
    let app = &request.app;
    let mut queue: TaskQueue = request.find(&sid)?;
    if let Some(name) = fields.get("FriendlyName").filter(|name| !name.is_empty()) {
        require_free_name(&app.store, name, Some(&sid))?;
        queue.friendly_name = name.to_owned();
    }
    if let Some(target_workers) = fields.get("TargetWorkers") {
        require_expression(target_workers)?;
        queue.target_workers = target_workers.to_owned();
    }
    queue.updated = app.clock.now_microseconds();
    app.store.write(|tx| put(tx, &queue))?;
    request.reply(&queue)
}
