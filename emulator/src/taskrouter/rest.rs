//! The REST paths of TaskRouter, relative to its host, and its Activities.
//!
//! Knows nothing of the search index.

use std::sync::Arc;

use axum::extract::{OriginalUri, Path, State};
use axum::routing::get;
use axum::{Json, Router};

use super::activity::{activities, activity};
use super::contents::{fetch_one, list, ours, page_of_named, remove_one};
use super::queue::TaskQueue;
use super::worker::Worker;
use super::workflow::Workflow;
use super::{queue, worker_rest, workflow, workspace};
use crate::app::App;
use crate::rest::{Credentials, Reply, Resource, RestError};

/// The Workspace with its Activities, TaskChannels, TaskQueues, Workers and Workflows.
pub fn router() -> Router<Arc<App>> {
    Router::new()
        .route("/v1/Workspaces", get(workspace::list))
        .route("/v1/Workspaces/{workspace}", get(workspace::fetch))
        .route("/v1/Workspaces/{workspace}/Activities", get(list_activities))
        .route("/v1/Workspaces/{workspace}/Activities/{sid}", get(fetch_activity))
        .route("/v1/Workspaces/{workspace}/TaskChannels", get(workspace::list_channels))
        .route("/v1/Workspaces/{workspace}/TaskChannels/{name}", get(workspace::fetch_channel))
        .route("/v1/Workspaces/{workspace}/TaskQueues", get(list::<TaskQueue>).post(queue::create))
        .route(
            "/v1/Workspaces/{workspace}/TaskQueues/{sid}",
            get(fetch_one::<TaskQueue>).post(queue::update).delete(remove_one::<TaskQueue>),
        )
        .route("/v1/Workspaces/{workspace}/Workers", get(worker_rest::list).post(worker_rest::create))
        .route(
            "/v1/Workspaces/{workspace}/Workers/{sid}",
            get(fetch_one::<Worker>).post(worker_rest::update).delete(remove_one::<Worker>),
        )
        .route("/v1/Workspaces/{workspace}/Workflows", get(list::<Workflow>).post(workflow::create))
        .route(
            "/v1/Workspaces/{workspace}/Workflows/{sid}",
            get(fetch_one::<Workflow>).post(workflow::update).delete(remove_one::<Workflow>),
        )
}

async fn list_activities(
    _: Credentials,
    State(app): State<Arc<App>>,
    Path(workspace): Path<String>,
    uri: OriginalUri,
) -> Reply {
    ours(&app, &workspace, &uri)?;
    page_of_named(&app, &uri, "activities", &activities(&app.account))
}

async fn fetch_activity(
    _: Credentials,
    State(app): State<Arc<App>>,
    Path((workspace, sid)): Path<(String, String)>,
    uri: OriginalUri,
) -> Reply {
    ours(&app, &workspace, &uri)?;
    let activity = activity(&app.account, &sid).ok_or_else(|| RestError::not_found(uri.path()))?;
    Ok(Json(activity.resource(&app)))
}
