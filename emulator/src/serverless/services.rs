//! Services: the root of everything Serverless.
//!
//! Knows nothing of what is in them. <https://www.twilio.com/docs/serverless/api/resource/service>

use std::sync::Arc;

use axum::Json;
use axum::extract::{OriginalUri, Path, State};
use axum::http::StatusCode;
use rand::Rng;
use serde_json::{Value, json};

use super::records::Service;
use crate::account::random_sid;
use crate::app::App;
use crate::records::{newest_first, put, tick};
use crate::rest::{
    self, Created, Credentials, Fields, Reply, Resource, RestError, by_name, date, made, must_be_free, page_of,
};

impl Resource for Service {
    fn resource(&self, app: &App) -> Value {
        let url = url(app, &self.sid);
        let link = |name: &str| format!("{url}/{name}");
        json!({
            "sid": self.sid,
            "account_sid": app.account.account_sid(),
            "unique_name": self.unique_name,
            "friendly_name": self.friendly_name,
            "domain_base": self.domain_base,
            "include_credentials": true,
            "ui_editable": true,
            "date_created": date(self.created),
            "date_updated": date(self.created),
            "url": url,
            "links": {
                "environments": link("Environments"),
                "functions": link("Functions"),
                "assets": link("Assets"),
                "builds": link("Builds"),
            },
        })
    }
}

/// The address of a Service.
pub(super) fn url(app: &App, sid: &str) -> String {
    format!("{}/serverless/v1/Services/{sid}", app.base)
}

pub(super) async fn list(_: Credentials, State(app): State<Arc<App>>, uri: OriginalUri) -> Reply {
    page_of(&app, &uri, "services", &newest_first::<Service>(&app.store, |_| true)?)
}

pub(super) async fn create_service(_: Credentials, State(app): State<Arc<App>>, fields: Fields) -> Created {
    let (unique_name, friendly_name) = (fields.required("UniqueName")?, fields.required("FriendlyName")?);
    must_be_free::<Service>(&app.store, unique_name)?;
    let service = app.store.write(|tx| {
        let service = Service {
            sid: random_sid("ZS"),
            unique_name: unique_name.to_owned(),
            friendly_name: friendly_name.to_owned(),
            domain_base: format!("{unique_name}-{}", rand::rng().random_range(1000..10_000)),
            created: tick(tx)?,
        };
        put(tx, &service)?;
        Ok::<_, RestError>(service)
    })?;
    Ok(made(&app, &service))
}

pub(super) async fn update(
    _: Credentials,
    State(app): State<Arc<App>>,
    Path(name): Path<String>,
    uri: OriginalUri,
    fields: Fields,
) -> Reply {
    let mut service: Service = by_name(&app, &name, &uri)?;
    if let Some(friendly_name) = fields.get("FriendlyName") {
        service.friendly_name = friendly_name.to_owned();
    }
    app.store.write(|tx| put(tx, &service))?;
    Ok(Json(service.resource(&app)))
}

pub(super) async fn remove(
    _: Credentials,
    State(app): State<Arc<App>>,
    Path(name): Path<String>,
    uri: OriginalUri,
) -> Result<StatusCode, RestError> {
    let service: Service = by_name(&app, &name, &uri)?;
    rest::remove::<Service>(&app, &service.sid, &uri)
}
