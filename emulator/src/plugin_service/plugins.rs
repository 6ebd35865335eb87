//! Plugins: a unique name, and what people read about it.
//!
//! <https://www.twilio.com/docs/flex/developer/plugins/api/plugin>

use axum::extract::Path;
use serde_json::{Value, json};

use super::records::Plugin;
use super::url::url;
use crate::records::{newest_first, put, unique_now};
use crate::resource::{Created, Reply, Resource, RestRequest};
use crate::rest::{Fields, date};
use crate::sid::random_sid;
use crate::state::AppState;

impl Plugin {
    /// Takes over the fields that are there.
    fn update_from(&mut self, fields: &Fields) {
        for (name, text) in [("FriendlyName", &mut self.friendly_name), ("Description", &mut self.description)] {
            if let Some(value) = fields.get(name) {
                value.clone_into(text);
            }
        }
    }
}

impl Resource for Plugin {
    fn to_json(&self, app: &AppState) -> Value {
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

pub(super) async fn list(request: RestRequest) -> Reply {
    request.page_of("plugins", &newest_first::<Plugin>(&request.app.store, |_| true)?)
}

pub(super) async fn create(request: RestRequest, fields: Fields) -> Created {
    let unique_name = fields.required("UniqueName")?;
    request.require_free_name::<Plugin>(unique_name)?;
    request.create(|created| {
        let (unique_name, friendly_name, description) = (unique_name.to_owned(), unique_name.to_owned(), String::new());
        let mut plugin =
            Plugin { sid: random_sid("FP"), unique_name, friendly_name, description, created, updated: created };
        plugin.update_from(&fields);
        plugin
    })
}

pub(super) async fn update(request: RestRequest, Path(name): Path<String>, fields: Fields) -> Reply {
    let app = &request.app;
    let mut plugin: Plugin = request.find_by_name(&name)?;
    plugin.update_from(&fields);
    app.store.write(|tx| {
        plugin.updated = unique_now(tx, &app.clock)?;
        put(tx, &plugin)
    })?;
    request.reply(&plugin)
}
