//! Configurations: the Plugin Versions that are to be live together.
//!
//! Knows nothing of which one is live. <https://www.twilio.com/docs/flex/developer/plugins/api/plugin-configuration>

use std::collections::HashSet;

use axum::Json;
use axum::extract::Path;
use serde::Deserialize;
use serde_json::{Value, json};

use super::records::{Configuration, ConfiguredPlugin, Plugin, Version};
use super::url::url;
use crate::records::{find, newest_first};
use crate::resource::{Created, Reply, Resource, RestRequest, Sid};
use crate::rest::{Fields, RestError, date};
use crate::sid::random_sid;
use crate::state::AppState;

/// When a plugin is loaded unless its Configuration says otherwise: after the Flex UI.
const DEFAULT_PHASE: i64 = 3;

impl Configuration {
    /// The Plugins in it, with what is known of each.
    fn plugins(&self, app: &AppState) -> Result<Vec<Value>, RestError> {
        let mut rows = Vec::new();
        for one in &self.plugins {
            let found = (find::<Plugin>(&app.store, &one.plugin_sid)?, find::<Version>(&app.store, &one.version_sid)?);
            if let (Some(plugin), Some(version)) = found {
                rows.push(self.plugin(app, one, &plugin, &version));
            }
        }
        Ok(rows)
    }

    fn plugin(&self, app: &AppState, one: &ConfiguredPlugin, plugin: &Plugin, version: &Version) -> Value {
        json!({
            "account_sid": app.account.account_sid(),
            "configuration_sid": self.sid,
            "plugin_sid": plugin.sid,
            "plugin_version_sid": version.sid,
            "phase": one.phase,
            "plugin_url": version.plugin_url,
            "unique_name": plugin.unique_name,
            "friendly_name": plugin.friendly_name,
            "description": plugin.description,
            "plugin_archived": false,
            "version": version.version,
            "changelog": version.changelog,
            "plugin_version_archived": false,
            "private": version.private,
            "date_created": date(self.created),
            "url": url(app, &format!("Configurations/{}/Plugins/{}", self.sid, plugin.sid)),
        })
    }
}

impl Resource for Configuration {
    fn to_json(&self, app: &AppState) -> Value {
        let url = url(app, &format!("Configurations/{}", self.sid));
        json!({
            "sid": self.sid,
            "account_sid": app.account.account_sid(),
            "name": self.name,
            "description": self.description,
            "archived": false,
            "date_created": date(self.created),
            "url": url,
            "links": {"plugins": format!("{url}/Plugins")},
        })
    }
}

pub(super) async fn list(request: RestRequest) -> Reply {
    request.page_of("configurations", &newest_first::<Configuration>(&request.app.store, |_| true)?)
}

pub(super) async fn list_plugins(request: RestRequest, Path(Sid { sid }): Path<Sid>) -> Reply {
    request.page("plugins", request.find::<Configuration>(&sid)?.plugins(&request.app)?)
}

/// The parameters of a path to a Plugin of a Configuration.
#[derive(Deserialize)]
pub(super) struct PluginPath {
    sid: String,
    /// The SID of the Plugin, or its unique name.
    plugin: String,
}

pub(super) async fn fetch_plugin(request: RestRequest, Path(PluginPath { sid, plugin }): Path<PluginPath>) -> Reply {
    let plugins = request.find::<Configuration>(&sid)?.plugins(&request.app)?;
    let found = plugins.into_iter().find(|row| row["plugin_sid"] == *plugin || row["unique_name"] == *plugin);
    found.map(Json).ok_or_else(|| request.not_found())
}

#[derive(Deserialize)]
struct PluginField {
    plugin_version: String,
    phase: Option<i64>,
}

/// Every `Plugins` field is one JSON object: `{"plugin_version": "FV…", "phase": 3}`.
fn configured_plugins(app: &AppState, fields: &Fields) -> Result<Vec<ConfiguredPlugin>, RestError> {
    let mut plugins = HashSet::new();
    let mut configured = Vec::new();
    for text in fields.all("Plugins").filter(|text| !text.is_empty()) {
        let PluginField { plugin_version, phase } = serde_json::from_str(text)
            .map_err(|_| RestError::bad_parameter("Plugins must be objects of plugin_version and phase"))?;
        let version = find::<Version>(&app.store, &plugin_version)?
            .ok_or_else(|| RestError::bad_parameter(format!("Plugins: {plugin_version} is not a Plugin Version")))?;
        if !plugins.insert(version.plugin_sid.clone()) {
            return Err(RestError::bad_parameter("Plugins: two Versions of one Plugin can not be live together"));
        }
        let (plugin_sid, version_sid) = (version.plugin_sid, version.sid);
        configured.push(ConfiguredPlugin { plugin_sid, version_sid, phase: phase.unwrap_or(DEFAULT_PHASE) });
    }
    Ok(configured)
}

pub(super) async fn create(request: RestRequest, fields: Fields) -> Created {
    let name = fields.required("Name")?.to_owned();
    let description = fields.get("Description").unwrap_or_default().to_owned();
    let plugins = configured_plugins(&request.app, &fields)?;
    request.create(|created| Configuration { sid: random_sid("FJ"), name, description, plugins, created })
}
