//! Plugins: a unique name, and what people read about it.
//!
//! Knows nothing of Versions. <https://www.twilio.com/docs/flex/developer/plugins/api/plugin>

use std::sync::Arc;

use axum::Json;
use axum::extract::{OriginalUri, Path, State};
use serde_json::{Value, json};

use super::records::Plugin;
use super::url;
use crate::account::random_sid;
use crate::app::App;
use crate::records::{newest_first, put, tick};
use crate::rest::{
    Created, Credentials, Fields, Reply, Resource, RestError, by_name, date, made, must_be_free, page_of,
};

impl Plugin {
    /// Takes over what a form says about it.
    fn describe(&mut self, fields: &Fields) {
        for (name, text) in [("FriendlyName", &mut self.friendly_name), ("Description", &mut self.description)] {
            if let Some(value) = fields.get(name) {
                value.clone_into(text);
            }
        }
    }
}

impl Resource for Plugin {
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
}

pub(super) async fn list(_: Credentials, State(app): State<Arc<App>>, uri: OriginalUri) -> Reply {
    page_of(&app, &uri, "plugins", &newest_first::<Plugin>(&app.store, |_| true)?)
}

pub(super) async fn create(_: Credentials, State(app): State<Arc<App>>, fields: Fields) -> Created {
    let unique_name = fields.required("UniqueName")?;
    must_be_free::<Plugin>(&app.store, unique_name)?;
    let plugin = app.store.write(|tx| {
        let (sid, created) = (random_sid("FP"), tick(tx)?);
        let (unique_name, friendly_name) = (unique_name.to_owned(), unique_name.to_owned());
        let mut plugin =
            Plugin { sid, unique_name, friendly_name, description: String::new(), created, updated: created };
        plugin.describe(&fields);
        put(tx, &plugin)?;
        Ok::<_, RestError>(plugin)
    })?;
    Ok(made(&app, &plugin))
}

pub(super) async fn update(
    _: Credentials,
    State(app): State<Arc<App>>,
    Path(name): Path<String>,
    uri: OriginalUri,
    fields: Fields,
) -> Reply {
    let mut plugin: Plugin = by_name(&app, &name, &uri)?;
    plugin.describe(&fields);
    app.store.write(|tx| {
        plugin.updated = tick(tx)?;
        put(tx, &plugin)
    })?;
    Ok(Json(plugin.resource(&app)))
}
