//! The one Workspace and its TaskChannels: created with the account, never changed.
//!
//! <https://www.twilio.com/docs/taskrouter/api/workspace>

use serde_json::{Value, json};

use crate::account::CREATED_AT;
use crate::rest::date;
use crate::state::AppState;

/// The address of a resource in the Workspace; `path` begins with a slash or is empty.
pub(super) fn workspace_url(app: &AppState, path: &str) -> String {
    format!("{}/taskrouter/v1/Workspaces/{}{path}", app.base, app.account.sids().workspace)
}

/// The TaskChannels that a new Flex account has: their names for people and for programs.
const CHANNELS: [(&str, &str); 5] =
    [("Default", "default"), ("Voice", "voice"), ("Programmable Chat", "chat"), ("SMS", "sms"), ("Video", "video")];

/// The Workspace as REST shows it.
pub(super) fn workspace(app: &AppState) -> Value {
    let link = |name: &str| workspace_url(app, &format!("/{name}"));
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
        "event_callback_url": null,
        "events_filter": null,
        "date_created": date(CREATED_AT),
        "date_updated": date(CREATED_AT),
        "url": workspace_url(app, ""),
        "links": {
            "activities": link("Activities"),
            "workers": link("Workers"),
            "workflows": link("Workflows"),
            "task_queues": link("TaskQueues"),
            "task_channels": link("TaskChannels"),
        },
    })
}

fn channel(app: &AppState, friendly_name: &str, unique_name: &str) -> Value {
    let sid = app.account.sid_for("TC", unique_name);
    json!({
        "sid": sid,
        "account_sid": app.account.account_sid(),
        "workspace_sid": app.account.sids().workspace,
        "friendly_name": friendly_name,
        "unique_name": unique_name,
        "channel_optimized_routing": false,
        "date_created": date(CREATED_AT),
        "date_updated": date(CREATED_AT),
        "url": workspace_url(app, &format!("/TaskChannels/{sid}")),
        "links": {"workspace": workspace_url(app, "")},
    })
}

/// Its TaskChannels as REST shows them.
pub(super) fn channels(app: &AppState) -> Vec<Value> {
    CHANNELS.iter().map(|(friendly_name, unique_name)| channel(app, friendly_name, unique_name)).collect()
}
