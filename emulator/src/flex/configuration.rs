//! `flex-api.twilio.com`: the Flex configuration of the account, and what hangs on its instance.
//!
//! <https://www.twilio.com/docs/flex/developer/config/flex-configuration-rest-api>

use std::sync::Arc;

use axum::extract::{OriginalUri, Path, State};
use axum::routing::get;
use axum::{Json, Router};
use serde_json::{Map, Value, json};

use crate::account::CREATED_AT;
use crate::resource::{Credentials, Reply};
use crate::rest::{RestError, date};
use crate::state::AppState;

/// The name under which the plugin is released in the account.
pub(super) const PLUGIN_NAME: &str = "agent-did-extensions";

/// The Sync Map that the plugin is set up with.
pub(crate) const SYNC_MAP_NAME: &str = "AgentExtensionMaps";

/// What an administrator changed of the configuration.
const CHANGES: &str = "flex.configuration";

/// The newest Flex UI that was seen to boot with these answers.
const FLEX_UI_VERSION: &str = "2.17.1";

pub(super) fn router() -> Router<Arc<AppState>> {
    Router::new()
        .route("/flex-api/v1/Configuration", get(fetch).post(update))
        .route("/flex-api/v1/Configuration/Public", get(fetch_public))
        .route("/flex-api/v1/Instances/{instance}/Teams/Context", get(teams))
        .route("/flex-api/v1/account/provision/status", get(provision_status))
}

fn configuration(app: &AppState) -> Result<Value, RestError> {
    let sids = app.account.sids();
    let mut configuration = json!({
        "account_sid": sids.account,
        "date_created": date(CREATED_AT),
        "date_updated": date(CREATED_AT),
        "flex_instance_sid": sids.flex_instance,
        "flex_service_instance_sid": sids.flex_service_instance,
        "chat_service_instance_sid": sids.flex_service_instance,
        "taskrouter_workspace_sid": sids.workspace,
        "taskrouter_skills": [],
        "serverless_service_sids": null,
        "runtime_domain": format!("https://{}", app.account.domain()),
        "status": "ok",
        "ui_version": FLEX_UI_VERSION,
        "ui_language": "en-US",
        "ui_dependencies": {},
        "plugin_service_enabled": true,
        "plugin_service_attributes": {},
        "outbound_call_flows": {"default": {"enabled": false}},
        "notifications": {"enabled": false},
        "markdown": {"enabled": false},
        "agent_conv_end_methods": {"enabled": []},
        "attributes": {},
        "ui_attributes": {
            "version_compatibility": "yes",
            "agent_did_extensions": {
                "functions_base": app.functions_base,
                "sync_map_name": SYNC_MAP_NAME,
            },
        },
    });
    let changes: Option<Map<String, Value>> = app.store.get(CHANGES, CHANGES)?;
    for (name, value) in changes.unwrap_or_default() {
        configuration[name] = value;
    }
    Ok(configuration)
}

async fn fetch(State(app): State<Arc<AppState>>) -> Reply {
    configuration(&app).map(Json)
}

/// Twilio takes JSON here, and replaces every field that is named in it.
async fn update(_: Credentials, State(app): State<Arc<AppState>>, Json(fields): Json<Map<String, Value>>) -> Reply {
    app.store.write(|tx| {
        let mut changes: Map<String, Value> = tx.get(CHANGES, CHANGES)?.unwrap_or_default();
        changes.extend(fields);
        changes.remove("account_sid");
        tx.put(CHANGES, CHANGES, &changes)
    })?;
    configuration(&app).map(Json)
}

async fn fetch_public(State(app): State<Arc<AppState>>) -> Json<Value> {
    let sids = app.account.sids();
    Json(json!({
        "account_sid": sids.account,
        "flex_instance_sid": sids.flex_instance,
        "runtime_domain": format!("https://{}", app.account.domain()),
        "ui_version": FLEX_UI_VERSION,
        "ui_language": "en-US",
    }))
}

/// The account has no teams beyond the one that everybody is in.
async fn teams(State(app): State<Arc<AppState>>, Path(instance): Path<String>, OriginalUri(uri): OriginalUri) -> Reply {
    if instance != app.account.sids().flex_instance {
        return Err(RestError::not_found(uri.path()));
    }
    Ok(Json(json!({"teams": [], "meta": {"key": "teams", "page": 0, "page_size": 50, "next_token": null}})))
}

/// No e-mail address is set up in this account.
async fn provision_status() -> Json<Value> {
    Json(json!({"status": "not-configured", "url": "https://flex-api.twilio.com/v1/account/provision/status"}))
}
