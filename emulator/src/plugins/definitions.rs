//! Plugins: a unique name, and what people read about it.
//!
//! Knows nothing of Versions. <https://www.twilio.com/docs/flex/developer/plugins/api/plugin>

use std::sync::Arc;

use axum::Json;
use axum::extract::{OriginalUri, Path, State};
use axum::http::StatusCode;
use serde_json::{Value, json};

use super::records::{Plugin, newest_first, put};
use super::{Created, Reply, url};
use crate::account::random_sid;
use crate::app::App;
use crate::rest::{Credentials, Fields, RestError, date, page};
use crate::serverless::tick;

impl Plugin {
    fn resource(&self, app: &App) -> Value {
        let url = url(app, &format!("Plugins/{}", self.sid));
        json!({
            "sid": self.sid,
            "account_sid": app.account.account_sid(),
            "unique_name": self.unique_name,
            "friendly_name": self.friendly_name,
            "description": self.description,
            "archived": false,
            "date_created": date(self.created),
            "date_updated": date(self.updated),
            "url": url,
            "links": {"plugin_versions": format!("{url}/Versions")},
        })
    }

    /// Takes over what a form says about it.
    fn describe(&mut self, fields: &Fields) {
        for (name, text) in [("FriendlyName", &mut self.friendly_name), ("Description", &mut self.description)] {
            if let Some(value) = fields.get(name) {
                value.clone_into(text);
            }
        }
    }
}

/// A Plugin by its SID or its unique name.
pub(super) fn plugin(app: &App, name: &str, uri: &OriginalUri) -> Result<Plugin, RestError> {
    let named = |plugin: &Plugin| plugin.sid == name || plugin.unique_name == name;
    newest_first(&app.store, named)?.pop().ok_or_else(|| RestError::not_found(uri.path()))
}

pub(super) async fn list(_: Credentials, State(app): State<Arc<App>>, uri: OriginalUri) -> Reply {
    let plugins = newest_first::<Plugin>(&app.store, |_| true)?;
    page(&app, &uri, "plugins", plugins.iter().map(|plugin| plugin.resource(&app)).collect())
}

pub(super) async fn create(_: Credentials, State(app): State<Arc<App>>, fields: Fields) -> Created {
    let unique_name = fields.required("UniqueName")?;
    let taken = newest_first::<Plugin>(&app.store, |plugin| plugin.unique_name == unique_name)?;
    if !taken.is_empty() {
        return Err(RestError::new(StatusCode::CONFLICT, 20409, format!("UniqueName {unique_name} is taken")));
    }
    let plugin = app.store.write(|tx| {
        let (sid, created) = (random_sid("FP"), tick(tx)?);
        let (unique_name, friendly_name) = (unique_name.to_owned(), unique_name.to_owned());
        let mut plugin =
            Plugin { sid, unique_name, friendly_name, description: String::new(), created, updated: created };
        plugin.describe(&fields);
        put(tx, &plugin)?;
        Ok::<_, RestError>(plugin)
    })?;
    Ok((StatusCode::CREATED, Json(plugin.resource(&app))))
}

pub(super) async fn fetch(
    _: Credentials,
    State(app): State<Arc<App>>,
    Path(name): Path<String>,
    uri: OriginalUri,
) -> Reply {
    Ok(Json(plugin(&app, &name, &uri)?.resource(&app)))
}

pub(super) async fn update(
    _: Credentials,
    State(app): State<Arc<App>>,
    Path(name): Path<String>,
    uri: OriginalUri,
    fields: Fields,
) -> Reply {
    let mut plugin = plugin(&app, &name, &uri)?;
    plugin.describe(&fields);
    app.store.write(|tx| {
        plugin.updated = tick(tx)?;
        put(tx, &plugin)
    })?;
    Ok(Json(plugin.resource(&app)))
}
