//! The REST paths of TaskRouter, relative to its host.
//!
//! Knows nothing of the search index.

use std::sync::Arc;

use axum::extract::{OriginalUri, Path, State};
use axum::routing::get;
use axum::{Json, Router};
use serde_json::{Value, json};

use super::activity::{MADE_AT, activities, activity};
use super::worker::{all_workers, fetch_worker};
use crate::app::App;
use crate::rest::{Credentials, Fields, RestError, date, page};

/// Workspaces, Activities and Workers: list and fetch.
pub fn router() -> Router<Arc<App>> {
    Router::new()
        .route("/v1/Workspaces", get(list_workspaces))
        .route("/v1/Workspaces/{workspace}", get(fetch_workspace))
        .route("/v1/Workspaces/{workspace}/Activities", get(list_activities))
        .route("/v1/Workspaces/{workspace}/Activities/{sid}", get(fetch_activity))
        .route("/v1/Workspaces/{workspace}/Workers", get(list_workers))
        .route("/v1/Workspaces/{workspace}/Workers/{sid}", get(fetch_one_worker))
}

type Reply = Result<Json<Value>, RestError>;

fn workspace(app: &App) -> Value {
    let sid = &app.account.sids().workspace;
    let url = format!("{}/taskrouter/v1/Workspaces/{sid}", app.base);
    let link = |name: &str| format!("{url}/{name}");
    json!({
        "sid": sid,
        "account_sid": app.account.account_sid(),
        "friendly_name": "Flex Task Assignment",
        "default_activity_name": "Offline",
        "default_activity_sid": app.account.sid_for("WA", "Offline"),
        "timeout_activity_name": "Offline",
        "timeout_activity_sid": app.account.sid_for("WA", "Offline"),
        "multi_task_enabled": true,
        "date_created": date(MADE_AT),
        "date_updated": date(MADE_AT),
        "url": url,
        "links": {"activities": link("Activities"), "workers": link("Workers")},
    })
}

fn ours(app: &App, sid: &str, uri: &OriginalUri) -> Result<(), RestError> {
    if sid == app.account.sids().workspace { Ok(()) } else { Err(RestError::not_found(uri.path())) }
}

async fn list_workspaces(_: Credentials, State(app): State<Arc<App>>, OriginalUri(uri): OriginalUri) -> Reply {
    page(&app, &uri, "workspaces", vec![workspace(&app)])
}

async fn fetch_workspace(
    _: Credentials,
    State(app): State<Arc<App>>,
    Path(sid): Path<String>,
    uri: OriginalUri,
) -> Reply {
    ours(&app, &sid, &uri)?;
    Ok(Json(workspace(&app)))
}

async fn list_activities(
    _: Credentials,
    State(app): State<Arc<App>>,
    Path(workspace): Path<String>,
    uri: OriginalUri,
) -> Reply {
    ours(&app, &workspace, &uri)?;
    let rows = activities(&app.account).iter().map(|activity| activity.resource(&app)).collect();
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

async fn list_workers(
    _: Credentials,
    State(app): State<Arc<App>>,
    Path(workspace): Path<String>,
    uri: OriginalUri,
) -> Reply {
    ours(&app, &workspace, &uri)?;
    let query = Fields::parse(uri.query().unwrap_or_default().as_bytes())?;
    let is = |wanted: Option<&str>, value: &str| wanted.is_none_or(|wanted| wanted == value);
    let rows = all_workers(&app.store)?
        .iter()
        .filter(|worker| is(query.get("FriendlyName"), &worker.friendly_name))
        .filter(|worker| is(query.get("ActivityName"), &worker.activity_name))
        .filter(|worker| is(query.get("ActivitySid"), &worker.activity_sid))
        .map(|worker| worker.resource(&app))
        .collect();
    page(&app, &uri, "workers", rows)
}

async fn fetch_one_worker(
    _: Credentials,
    State(app): State<Arc<App>>,
    Path((workspace, sid)): Path<(String, String)>,
    uri: OriginalUri,
) -> Reply {
    ours(&app, &workspace, &uri)?;
    let worker = fetch_worker(&app.store, &sid)?.ok_or_else(|| RestError::not_found(uri.path()))?;
    Ok(Json(worker.resource(&app)))
}
