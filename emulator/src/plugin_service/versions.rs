//! Plugin Versions: where the bundle of a version is.
//!
//! <https://www.twilio.com/docs/flex/developer/plugins/api/plugin-version>

use axum::extract::Path;
use serde::Deserialize;
use serde_json::{Value, json};

use super::records::{Plugin, Version};
use super::url::url;
use crate::records::newest_first;
use crate::resource::{Created, Reply, Resource, RestRequest};
use crate::rest::{Fields, RestError, date};
use crate::sid::random_sid;
use crate::state::AppState;

impl Resource for Version {
    fn to_json(&self, app: &AppState) -> Value {
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

fn is_of(plugin: &Plugin) -> impl Fn(&Version) -> bool + use<'_> {
    |version| version.plugin_sid == plugin.sid
}

pub(super) async fn list(request: RestRequest, Path(plugin): Path<String>) -> Reply {
    let plugin = request.find_by_name(&plugin)?;
    request.page_of("plugin_versions", &newest_first(&request.app.store, is_of(&plugin))?)
}

/// The parameters of a path to a Version.
#[derive(Deserialize)]
pub(super) struct VersionPath {
    plugin: String,
    /// The SID of the Version, or what it is called, such as `0.0.1`.
    version: String,
}

pub(super) async fn fetch(request: RestRequest, Path(path): Path<VersionPath>) -> Reply {
    let plugin = request.find_by_name(&path.plugin)?;
    let versions = newest_first(&request.app.store, is_of(&plugin))?;
    let found = versions.iter().find(|one| one.sid == path.version || one.version == path.version);
    request.reply(found.ok_or_else(|| request.not_found())?)
}

/// The Version that a form describes. It gets its instant when it is created.
fn version_from(plugin: &Plugin, fields: &Fields) -> Result<Version, RestError> {
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

pub(super) async fn create(request: RestRequest, Path(plugin): Path<String>, fields: Fields) -> Created {
    let plugin = request.find_by_name(&plugin)?;
    let version = version_from(&plugin, &fields)?;
    let same = |other: &Version| other.plugin_sid == plugin.sid && other.version == version.version;
    if !newest_first(&request.app.store, same)?.is_empty() {
        return Err(RestError::conflict(format!("Version {} is taken", version.version)));
    }
    request.create(|created| Version { created, ..version })
}
