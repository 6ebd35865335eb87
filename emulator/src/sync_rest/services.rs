//! Sync Services: the default one, which is the account's, and others that were created.
//!
//! <https://www.twilio.com/docs/sync/api/service>

use std::collections::BTreeMap;

use axum::extract::Path;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::resource::{Created, Removed, Reply, Resource, RestRequest};
use crate::rest::{Fields, RestError};
use crate::sid::random_sid;
use crate::state::AppState;
use crate::store::StoreError;
use crate::sync::date::SyncDate;
use crate::sync::error::SyncError;
use crate::sync::records::Namespace;

const SERVICES: &str = "sync.services";

/// The settings that a Service has besides its name, and what they are unless set.
const SWITCHES: [(&str, &str, bool); 4] = [
    ("AclEnabled", "acl_enabled", false),
    ("ReachabilityWebhooksEnabled", "reachability_webhooks_enabled", false),
    ("ReachabilityDebouncingEnabled", "reachability_debouncing_enabled", false),
    ("WebhooksFromRestEnabled", "webhooks_from_rest_enabled", false),
];

#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Service {
    sid: String,
    friendly_name: Option<String>,
    webhook_url: Option<String>,
    switches: BTreeMap<String, bool>,
    debouncing_window: u32,
    date_created: SyncDate,
    date_updated: SyncDate,
}

impl Service {
    fn new(sid: String, app: &AppState) -> Self {
        let now = SyncDate::now(&app.clock);
        Self {
            sid,
            friendly_name: None,
            webhook_url: None,
            switches: BTreeMap::new(),
            debouncing_window: 5_000,
            date_created: now,
            date_updated: now,
        }
    }

    /// Takes over the fields that are there.
    fn update_from(&mut self, fields: &Fields, app: &AppState) -> Result<(), RestError> {
        let set = |known: &mut Option<String>, name| {
            if let Some(value) = fields.get(name) {
                *known = Some(value.to_owned());
            }
        };
        set(&mut self.friendly_name, "FriendlyName");
        set(&mut self.webhook_url, "WebhookUrl");
        for (field, name, _) in SWITCHES {
            let Some(value) = fields.get(field) else { continue };
            let value = value.parse().map_err(|_| RestError::bad_parameter(format!("{field} is true or false")))?;
            self.switches.insert(name.to_owned(), value);
        }
        if let Some(window) = fields.get("ReachabilityDebouncingWindow") {
            let invalid = |_| RestError::bad_parameter("ReachabilityDebouncingWindow is a number of milliseconds");
            self.debouncing_window = window.parse().map_err(invalid)?;
        }
        self.date_updated = SyncDate::now(&app.clock);
        Ok(())
    }
}

impl Resource for Service {
    fn to_json(&self, app: &AppState) -> Value {
        let url = format!("{}/sync/v1/Services/{}", app.base, self.sid);
        let links: BTreeMap<&str, String> =
            [("documents", "Documents"), ("lists", "Lists"), ("maps", "Maps"), ("streams", "Streams")]
                .map(|(name, path)| (name, format!("{url}/{path}")))
                .into();
        let mut resource = json!({
            "sid": self.sid,
            "unique_name": (self.sid == app.account.sync_service_sid()).then_some("default"),
            "account_sid": app.account.account_sid(),
            "friendly_name": self.friendly_name,
            "date_created": self.date_created.without_milliseconds(),
            "date_updated": self.date_updated.without_milliseconds(),
            "url": url,
            "webhook_url": self.webhook_url,
            "reachability_debouncing_window": self.debouncing_window,
            "links": links,
        });
        for (_, name, unless_set) in SWITCHES {
            resource[name] = json!(self.switches.get(name).copied().unwrap_or(unless_set));
        }
        resource
    }
}

/// The Service of a SID. The default one is there before anybody has changed it.
pub(super) fn find(app: &AppState, sid: &str) -> Result<Service, RestError> {
    let default = app.account.sync_service_sid();
    let sid = if sid == "default" { default } else { sid };
    match app.store.get(SERVICES, sid)? {
        Some(service) => Ok(service),
        None if sid == default => {
            let mut service = Service::new(sid.to_owned(), app);
            service.friendly_name = Some("Default Service".to_owned());
            Ok(service)
        }
        None => Err(SyncError::service_not_found().into()),
    }
}

fn put(app: &AppState, service: &Service) -> Result<(), StoreError> {
    app.store.write(|tx| tx.put(SERVICES, &service.sid, service))
}

pub(super) async fn list(request: RestRequest) -> Reply {
    let app = &request.app;
    let default = find(app, "default")?;
    let mut services: Vec<Service> = app.store.all(SERVICES)?;
    services.retain(|service| service.sid != default.sid);
    services.insert(0, default);
    request.page_of("services", &services)
}

pub(super) async fn create(request: RestRequest, fields: Fields) -> Created {
    let app = &request.app;
    let mut service = Service::new(random_sid("IS"), app);
    service.update_from(&fields, app)?;
    put(app, &service)?;
    request.created(&service)
}

pub(super) async fn fetch(request: RestRequest, Path(sid): Path<String>) -> Reply {
    request.reply(&find(&request.app, &sid)?)
}

pub(super) async fn update(request: RestRequest, Path(sid): Path<String>, fields: Fields) -> Reply {
    let app = &request.app;
    let mut service = find(app, &sid)?;
    service.update_from(&fields, app)?;
    put(app, &service)?;
    request.reply(&service)
}

pub(super) async fn remove(RestRequest { app, .. }: RestRequest, Path(sid): Path<String>) -> Removed {
    let service = find(&app, &sid)?;
    if service.sid == app.account.sync_service_sid() {
        return Err(RestError::bad_parameter("The default Service can not be removed"));
    }
    let mut turn = app.sync.turn(&app.store)?;
    for map in turn.list_maps(&Namespace::service(&service.sid))? {
        turn.remove_map(map)?;
    }
    app.store.write(|tx| tx.delete(SERVICES, &service.sid))?;
    Ok(StatusCode::NO_CONTENT)
}
