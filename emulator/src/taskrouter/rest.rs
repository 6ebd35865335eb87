//! The REST paths of TaskRouter, relative to its host, and its Activities.
//!
//! Knows nothing of the search index.

use std::sync::Arc;

use axum::extract::{OriginalUri, Path, State};
use axum::routing::get;
use axum::{Json, Router};

use super::activity::{Activity, activities, activity};
use super::workspace::{Reply, ours};
use super::{queue, worker_rest, workflow, workspace};
use crate::app::App;
use crate::rest::{Credentials, Fields, RestError, page};

/// The Workspace with its Activities, TaskChannels, TaskQueues, Workers and Workflows.
pub fn router() -> Router<Arc<App>> {
    Router::new()
        .route("/v1/Workspaces", get(workspace::list))
        .route("/v1/Workspaces/{workspace}", get(workspace::fetch))
        .route("/v1/Workspaces/{workspace}/Activities", get(list_activities))
        .route("/v1/Workspaces/{workspace}/Activities/{sid}", get(fetch_activity))
        .route("/v1/Workspaces/{workspace}/TaskChannels", get(workspace::list_channels))
        .route("/v1/Workspaces/{workspace}/TaskChannels/{name}", get(workspace::fetch_channel))
        .route("/v1/Workspaces/{workspace}/TaskQueues", get(queue::list).post(queue::create))
        .route(
            "/v1/Workspaces/{workspace}/TaskQueues/{sid}",
            get(queue::fetch).post(queue::update).delete(queue::remove),
        )
        .route("/v1/Workspaces/{workspace}/Workers", get(worker_rest::list).post(worker_rest::create))
        .route(
            "/v1/Workspaces/{workspace}/Workers/{sid}",
            get(worker_rest::fetch).post(worker_rest::update).delete(worker_rest::remove),
        )
        .route("/v1/Workspaces/{workspace}/Workflows", get(workflow::list).post(workflow::create))
        .route(
            "/v1/Workspaces/{workspace}/Workflows/{sid}",
            get(workflow::fetch).post(workflow::update).delete(workflow::remove),
        )
}

async fn list_activities(
    _: Credentials,
    State(app): State<Arc<App>>,
    Path(workspace): Path<String>,
    uri: OriginalUri,
) -> Reply {
    ours(&app, &workspace, &uri)?;
    let query = Fields::parse(uri.query().unwrap_or_default().as_bytes())?;
    let named = |activity: &&Activity| query.get("FriendlyName").is_none_or(|name| name == activity.friendly_name);
    let rows = activities(&app.account).iter().filter(named).map(|activity| activity.resource(&app)).collect();
    page(&app, &uri, "activities", rows)
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
