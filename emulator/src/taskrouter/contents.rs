//! What all that is in the Workspace has in common: its addresses, lists by name, fetch and delete.
//!
//! Knows nothing of what it is. <https://www.twilio.com/docs/taskrouter/api>

use std::sync::Arc;

use axum::Json;
use axum::extract::{OriginalUri, Path, State};
use axum::http::StatusCode;
use serde_json::Value;

use crate::app::App;
use crate::records::Record;
use crate::rest::{Credentials, Fields, Reply, Resource, RestError, by_sid, page, remove};

/// Records that a list shows, filtered by nothing but their names.
pub(super) trait Listed: Record + Resource {
    /// The field of the list that has them.
    const KEY: &str;
}

/// The address of a resource in the Workspace; `path` begins with a slash or is empty.
pub(super) fn url(app: &App, path: &str) -> String {
    format!("{}/taskrouter/v1/Workspaces/{}{path}", app.base, app.account.sids().workspace)
}

/// Refuses a Workspace that is not there.
pub(super) fn ours(app: &App, sid: &str, uri: &OriginalUri) -> Result<(), RestError> {
    if sid == app.account.sids().workspace { Ok(()) } else { Err(RestError::not_found(uri.path())) }
}

/// One page of those that have the `FriendlyName` that the query asks for, or of all if it asks for none.
pub(super) fn page_of_named<T: Resource>(app: &App, uri: &OriginalUri, key: &str, resources: &[T]) -> Reply {
    let query = Fields::of_query(uri)?;
    let named = |row: &Value| query.get("FriendlyName").is_none_or(|name| row["friendly_name"] == name);
    page(app, uri, key, resources.iter().map(|one| one.resource(app)).filter(named).collect())
}

/// The records of one kind that are in the Workspace.
pub(super) async fn list<T: Listed>(
    _: Credentials,
    State(app): State<Arc<App>>,
    Path(workspace): Path<String>,
    uri: OriginalUri,
) -> Reply {
    ours(&app, &workspace, &uri)?;
    page_of_named(&app, &uri, T::KEY, &app.store.all::<T>(T::COLLECTION)?)
}

/// One record that is in the Workspace.
pub(super) async fn fetch_one<T: Record + Resource>(
    _: Credentials,
    State(app): State<Arc<App>>,
    Path((workspace, sid)): Path<(String, String)>,
    uri: OriginalUri,
) -> Reply {
    ours(&app, &workspace, &uri)?;
    Ok(Json(by_sid::<T>(&app, &sid, &uri)?.resource(&app)))
}

/// Removes one record from the Workspace.
pub(super) async fn remove_one<T: Record>(
    _: Credentials,
    State(app): State<Arc<App>>,
    Path((workspace, sid)): Path<(String, String)>,
    uri: OriginalUri,
) -> Result<StatusCode, RestError> {
    ours(&app, &workspace, &uri)?;
    remove::<T>(&app, &sid, &uri)
}
