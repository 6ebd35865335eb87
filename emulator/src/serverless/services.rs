//! Services: the root of everything Serverless.
//!
//! Knows nothing of what is in them. <https://www.twilio.com/docs/serverless/api/resource/service>

use std::sync::Arc;

use axum::Json;
use axum::extract::{OriginalUri, Path, State};
use axum::http::StatusCode;
use rand::Rng;
use serde_json::{Value, json};

use super::records::{Record, Service, create, newest_first, tick};
use crate::account::random_sid;
use crate::app::App;
use crate::rest::{Credentials, Fields, RestError, date, page};

/// A list or one resource.
pub(super) type Reply = Result<Json<Value>, RestError>;
/// A resource that was just made.
pub(super) type Created = Result<(StatusCode, Json<Value>), RestError>;

impl Service {
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

/// A Service by its SID or its unique name.
pub(super) fn service(app: &App, name: &str, uri: &OriginalUri) -> Result<Service, RestError> {
    let named = |service: &Service| service.sid == name || service.unique_name == name;
    newest_first(&app.store, named)?.pop().ok_or_else(|| RestError::not_found(uri.path()))
}

pub(super) async fn list(_: Credentials, State(app): State<Arc<App>>, uri: OriginalUri) -> Reply {
    let services = newest_first::<Service>(&app.store, |_| true)?;
    page(&app, &uri, "services", services.iter().map(|service| service.resource(&app)).collect())
}

pub(super) async fn create_service(_: Credentials, State(app): State<Arc<App>>, fields: Fields) -> Created {
    let (unique_name, friendly_name) = (fields.required("UniqueName")?, fields.required("FriendlyName")?);
    let taken = newest_first::<Service>(&app.store, |service| service.unique_name == unique_name)?;
    if !taken.is_empty() {
        return Err(RestError::new(StatusCode::CONFLICT, 20409, format!("UniqueName {unique_name} is taken")));
    }
    let service = app.store.write(|tx| {
        let service = Service {
            sid: random_sid("ZS"),
            unique_name: unique_name.to_owned(),
            friendly_name: friendly_name.to_owned(),
            domain_base: format!("{unique_name}-{}", rand::rng().random_range(1000..10_000)),
            created: tick(tx)?,
        };
        create(tx, &service)?;
        Ok::<_, RestError>(service)
    })?;
    Ok((StatusCode::CREATED, Json(service.resource(&app))))
}

pub(super) async fn fetch(
    _: Credentials,
    State(app): State<Arc<App>>,
    Path(name): Path<String>,
    uri: OriginalUri,
) -> Reply {
    Ok(Json(service(&app, &name, &uri)?.resource(&app)))
}

pub(super) async fn update(
    _: Credentials,
    State(app): State<Arc<App>>,
    Path(name): Path<String>,
    uri: OriginalUri,
    fields: Fields,
) -> Reply {
    let mut service = service(&app, &name, &uri)?;
    if let Some(friendly_name) = fields.get("FriendlyName") {
        service.friendly_name = friendly_name.to_owned();
    }
    app.store.write(|tx| create(tx, &service))?;
    Ok(Json(service.resource(&app)))
}

pub(super) async fn remove(
    _: Credentials,
    State(app): State<Arc<App>>,
    Path(name): Path<String>,
    uri: OriginalUri,
) -> Result<StatusCode, RestError> {
    let service = service(&app, &name, &uri)?;
    app.store.write(|tx| tx.delete(Service::COLLECTION, &service.sid))?;
    Ok(StatusCode::NO_CONTENT)
}
