//! The one Workspace and its TaskChannels: made with the account, never changed.
//!
//! Knows nothing of what else is in it. <https://www.twilio.com/docs/taskrouter/api/workspace>

use std::sync::Arc;

use axum::Json;
use axum::extract::{OriginalUri, Path, State};
use serde_json::{Value, json};

use super::activity::MADE_AT;
use super::contents::{ours, url};
use crate::app::App;
use crate::rest::{Credentials, Reply, RestError, date, page};

/// The TaskChannels that a new Flex account has: their names for people and for programs.
const CHANNELS: [(&str, &str); 5] =
    [("Default", "default"), ("Voice", "voice"), ("Programmable Chat", "chat"), ("SMS", "sms"), ("Video", "video")];

fn workspace(app: &App) -> Value {
    let link = |name: &str| url(app, &format!("/{name}"));
    json!({
        "sid": app.account.sids().workspace,
        "account_sid": app.account.account_sid(),
        "friendly_name": "Flex Task Assignment",
        "default_activity_name": "Offline",
        "default_activity_sid": app.account.sid_for("WA", "Offline"),
        "timeout_activity_name": "Offline",
        "timeout_activity_sid": app.account.sid_for("WA", "Offline"),
        "multi_task_enabled": true,
        "prioritize_queue_order": "FIFO",
        "date_created": date(MADE_AT),
        "date_updated": date(MADE_AT),
        "url": url(app, ""),
        "links": {
            "activities": link("Activities"),
            "workers": link("Workers"),
            "workflows": link("Workflows"),
            "task_queues": link("TaskQueues"),
            "task_channels": link("TaskChannels"),
        },
    })
}

fn channel(app: &App, friendly_name: &str, unique_name: &str) -> Value {
    let sid = app.account.sid_for("TC", unique_name);
    json!({
        "sid": sid,
        "account_sid": app.account.account_sid(),
        "workspace_sid": app.account.sids().workspace,
        "friendly_name": friendly_name,
        "unique_name": unique_name,
        "channel_optimized_routing": false,
        "date_created": date(MADE_AT),
        "date_updated": date(MADE_AT),
        "url": url(app, &format!("/TaskChannels/{sid}")),
        "links": {"workspace": url(app, "")},
    })
}

fn channels(app: &App) -> Vec<Value> {
    CHANNELS.iter().map(|(friendly_name, unique_name)| channel(app, friendly_name, unique_name)).collect()
}

pub(super) async fn list(_: Credentials, State(app): State<Arc<App>>, OriginalUri(uri): OriginalUri) -> Reply {
    page(&app, &uri, "workspaces", vec![workspace(&app)])
}

pub(super) async fn fetch(
    _: Credentials,
    State(app): State<Arc<App>>,
    Path(sid): Path<String>,
    uri: OriginalUri,
) -> Reply {
    ours(&app, &sid, &uri)?;
    Ok(Json(workspace(&app)))
}

pub(super) async fn list_channels(
    _: Credentials,
    State(app): State<Arc<App>>,
    Path(workspace): Path<String>,
    uri: OriginalUri,
) -> Reply {
    ours(&app, &workspace, &uri)?;
    page(&app, &uri, "channels", channels(&app))
}

pub(super) async fn fetch_channel(
    _: Credentials,
    State(app): State<Arc<App>>,
    Path((workspace, name)): Path<(String, String)>,
    uri: OriginalUri,
) -> Reply {
    ours(&app, &workspace, &uri)?;
    let named = |channel: &Value| channel["sid"] == name || channel["unique_name"] == name;
    channels(&app).into_iter().find(named).map(Json).ok_or_else(|| RestError::not_found(uri.path()))
}
