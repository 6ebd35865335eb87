//! The Workspace and its TaskChannels over REST. <https://www.twilio.com/docs/taskrouter/api/workspace>

use axum::Json;
use axum::extract::Path;
use serde::Deserialize;
use serde_json::Value;

use super::in_workspace::InWorkspace;
use crate::resource::{Reply, RestRequest};
use crate::taskrouter::workspace::{channels, workspace};

pub(super) async fn list(request: RestRequest) -> Reply {
    request.page("workspaces", vec![workspace(&request.app)])
}

pub(super) async fn fetch(InWorkspace(request): InWorkspace) -> Reply {
    Ok(Json(workspace(&request.app)))
}

pub(super) async fn list_channels(InWorkspace(request): InWorkspace) -> Reply {
    request.page("channels", channels(&request.app))
}

#[derive(Deserialize)]
pub(super) struct ChannelPath {
    /// The SID or the unique name.
    name: String,
}

pub(super) async fn fetch_channel(
    InWorkspace(request): InWorkspace,
    Path(ChannelPath { name }): Path<ChannelPath>,
) -> Reply {
    let named = |channel: &Value| channel["sid"] == name || channel["unique_name"] == name;
    channels(&request.app).into_iter().find(named).map(Json).ok_or_else(|| request.not_found())
}
