//! TaskRouter's REST API, relative to its host: the paths, and a file of handlers for each resource.
//! [`router`] is all that may be called from outside.
//! Does not know the event bridge and the search index, which show Workers in forms of their own.

mod activities;
mod in_workspace;
mod task_queues;
mod workers;
mod workflows;
mod workspace_resources;
mod workspaces;

use std::sync::Arc;

use axum::Router;
use axum::routing::get;

use super::task_queue::TaskQueue;
use super::worker::Worker;
use super::workflow::Workflow;
use crate::state::AppState;
use workspace_resources::{fetch, list, remove};

/// The Workspace with its Activities, TaskChannels, TaskQueues, Workers and Workflows.
pub fn router() -> Router<Arc<AppState>> {
    Router::new()
        .route("/v1/Workspaces", get(workspaces::list))
        .route("/v1/Workspaces/{workspace}", get(workspaces::fetch))
        .route("/v1/Workspaces/{workspace}/Activities", get(activities::list))
        .route("/v1/Workspaces/{workspace}/Activities/{sid}", get(activities::fetch))
        .route("/v1/Workspaces/{workspace}/TaskChannels", get(workspaces::list_channels))
        .route("/v1/Workspaces/{workspace}/TaskChannels/{name}", get(workspaces::fetch_channel))
        .route("/v1/Workspaces/{workspace}/TaskQueues", get(list::<TaskQueue>).post(task_queues::create))
        .route(
            "/v1/Workspaces/{workspace}/TaskQueues/{sid}",
            get(fetch::<TaskQueue>).post(task_queues::update).delete(remove::<TaskQueue>),
        )
        .route("/v1/Workspaces/{workspace}/Workers", get(workers::list).post(workers::create))
        .route(
            "/v1/Workspaces/{workspace}/Workers/{sid}",
            get(fetch::<Worker>).post(workers::update).delete(workers::remove),
        )
        .route("/v1/Workspaces/{workspace}/Workflows", get(list::<Workflow>).post(workflows::create))
        .route(
            "/v1/Workspaces/{workspace}/Workflows/{sid}",
            get(fetch::<Workflow>).post(workflows::update).delete(remove::<Workflow>),
        )
}
