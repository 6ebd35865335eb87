//! Configurations: the Plugin Versions that are to be live together.
//!
//! Knows nothing of which one is live. <https://www.twilio.com/docs/flex/developer/plugins/api/plugin-configuration>

use std::collections::HashSet;
use std::sync::Arc;

use axum::Json;
use axum::extract::{OriginalUri, Path, State};
use serde::Deserialize;
use serde_json::{Value, json};

use super::records::{Configuration, Configured, Plugin, Version};
use super::url;
use crate::account::random_sid;
use crate::app::App;
use crate::records::{find, newest_first, put, tick};
use crate::rest::{Created, Credentials, Fields, Reply, Resource, RestError, by_sid, date, made, page, page_of};

/// When a plugin is loaded unless its Configuration says otherwise: after the Flex UI.
const DEFAULT_PHASE: i64 = 3;

impl Configuration {
    /// The Plugins in it, with what is known of each.
    fn plugins(&self, app: &App) -> Result<Vec<Value>, RestError> {
        let mut rows = Vec::new();
        for one in &self.plugins {
            let found = (find::<Plugin>(&app.store, &one.plugin_sid)?, find::<Version>(&app.store, &one.version_sid)?);
            if let (Some(plugin), Some(version)) = found {
                rows.push(self.configured(app, one, &plugin, &version));
            }
        }
        Ok(rows)
    }

    fn configured(&self, app: &App, one: &Configured, plugin: &Plugin, version: &Version) -> Value {
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
    fn resource(&self, app: &App) -> Value {
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

pub(super) async fn list(_: Credentials, State(app): State<Arc<App>>, uri: OriginalUri) -> Reply {
    page_of(&app, &uri, "configurations", &newest_first::<Configuration>(&app.store, |_| true)?)
}

pub(super) async fn list_plugins(
    _: Credentials,
    State(app): State<Arc<App>>,
    Path(sid): Path<String>,
    uri: OriginalUri,
) -> Reply {
    let plugins = by_sid::<Configuration>(&app, &sid, &uri)?.plugins(&app)?;
    page(&app, &uri, "plugins", plugins)
}

/// One Plugin of a Configuration by its SID or its unique name.
pub(super) async fn fetch_plugin(
    _: Credentials,
    State(app): State<Arc<App>>,
    Path((sid, plugin)): Path<(String, String)>,
    uri: OriginalUri,
) -> Reply {
    let plugins = by_sid::<Configuration>(&app, &sid, &uri)?.plugins(&app)?;
    let found = plugins.into_iter().find(|row| row["plugin_sid"] == *plugin || row["unique_name"] == *plugin);
    found.map(Json).ok_or_else(|| RestError::not_found(uri.path()))
}

#[derive(Deserialize)]
struct Wanted {
    plugin_version: String,
    phase: Option<i64>,
}

/// Every `Plugins` field is one JSON object: `{"plugin_version": "FV…", "phase": 3}`.
fn wanted(app: &App, fields: &Fields) -> Result<Vec<Configured>, RestError> {
    let mut plugins = HashSet::new();
    let mut configured = Vec::new();
    for text in fields.all("Plugins").filter(|text| !text.is_empty()) {
        let Wanted { plugin_version, phase } = serde_json::from_str(text)
            .map_err(|_| RestError::bad_parameter("Plugins must be objects of plugin_version and phase"))?;
        let version = find::<Version>(&app.store, &plugin_version)?
            .ok_or_else(|| RestError::bad_parameter(format!("Plugins: {plugin_version} is not a Plugin Version")))?;
        if !plugins.insert(version.plugin_sid.clone()) {
            return Err(RestError::bad_parameter("Plugins: two Versions of one Plugin can not be live together"));
        }
        let (plugin_sid, version_sid) = (version.plugin_sid, version.sid);
        configured.push(Configured { plugin_sid, version_sid, phase: phase.unwrap_or(DEFAULT_PHASE) });
    }
    Ok(configured)
}

pub(super) async fn create(_: Credentials, State(app): State<Arc<App>>, fields: Fields) -> Created {
    let name = fields.required("Name")?.to_owned();
    let description = fields.get("Description").unwrap_or_default().to_owned();
    let plugins = wanted(&app, &fields)?;
    let configuration = app.store.write(|tx| {
        let configuration = Configuration { sid: random_sid("FJ"), name, description, plugins, created: tick(tx)? };
        put(tx, &configuration)?;
        Ok::<_, RestError>(configuration)
    })?;
    Ok(made(&app, &configuration))
}
