//! Plugin Versions: where the bundle of a version is.
//!
//! Knows nothing of what is released. <https://www.twilio.com/docs/flex/developer/plugins/api/plugin-version>

use std::sync::Arc;

use axum::Json;
use axum::extract::{OriginalUri, Path, State};
use serde_json::{Value, json};

use super::records::{Plugin, Version};
use super::url;
use crate::account::random_sid;
use crate::app::App;
use crate::records::{newest_first, put, tick};
use crate::rest::{Created, Credentials, Fields, Reply, Resource, RestError, by_name, date, made, page_of};

impl Resource for Version {
    fn resource(&self, app: &App) -> Value {
        json!({
            "sid": self.sid,
            "account_sid": app.account.account_sid(),
            "plugin_sid": self.plugin_sid,
            "version": self.version,
            "plugin_url": self.plugin_url,
            "changelog": self.changelog,
            "private": self.private,
            "archived": false,
            "validated": self.validated,
            "date_created": date(self.created),
            "url": url(app, &format!("Plugins/{}/Versions/{}", self.plugin_sid, self.sid)),
        })
    }
}

fn of(plugin: &Plugin) -> impl Fn(&Version) -> bool + use<'_> {
    |version| version.plugin_sid == plugin.sid
}

pub(super) async fn list(
    _: Credentials,
    State(app): State<Arc<App>>,
    Path(name): Path<String>,
    uri: OriginalUri,
) -> Reply {
    let plugin = by_name(&app, &name, &uri)?;
    page_of(&app, &uri, "plugin_versions", &newest_first(&app.store, of(&plugin))?)
}

/// A Version by its SID or by what it is called, such as `0.0.1`.
pub(super) async fn fetch(
    _: Credentials,
    State(app): State<Arc<App>>,
    Path((name, wanted)): Path<(String, String)>,
    uri: OriginalUri,
) -> Reply {
    let plugin = by_name(&app, &name, &uri)?;
    let versions = newest_first(&app.store, of(&plugin))?;
    let found = versions.iter().find(|version| version.sid == wanted || version.version == wanted);
    found.map(|version| Json(version.resource(&app))).ok_or_else(|| RestError::not_found(uri.path()))
}

/// The Version that a form describes. It gets its instant when it is written.
fn described(plugin: &Plugin, fields: &Fields) -> Result<Version, RestError> {
    Ok(Version {
        sid: random_sid("FV"),
        plugin_sid: plugin.sid.clone(),
        version: fields.required("Version")?.to_owned(),
        plugin_url: fields.required("PluginUrl")?.to_owned(),
        changelog: fields.get("Changelog").unwrap_or_default().to_owned(),
        private: fields.get("Private") == Some("true"),
        validated: fields.get("ValidateStatus") == Some("success"),
        created: 0,
    })
}

pub(super) async fn create(
    _: Credentials,
    State(app): State<Arc<App>>,
    Path(name): Path<String>,
    uri: OriginalUri,
    fields: Fields,
) -> Created {
    let plugin = by_name(&app, &name, &uri)?;
    let mut version = described(&plugin, &fields)?;
    let same = |other: &Version| other.plugin_sid == plugin.sid && other.version == version.version;
    if !newest_first(&app.store, same)?.is_empty() {
        return Err(RestError::taken(format!("Version {} is taken", version.version)));
    }
    app.store.write(|tx| {
        version.created = tick(tx)?;
        put(tx, &version)
    })?;
    Ok(made(&app, &version))
}
