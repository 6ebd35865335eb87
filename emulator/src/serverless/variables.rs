//! Variables of an Environment: what its Functions find in their `context`.
//!
//! Knows nothing of Functions. <https://www.twilio.com/docs/serverless/api/resource/variable>

use std::sync::Arc;

use axum::Json;
use axum::extract::{OriginalUri, Path, State};
use axum::http::StatusCode;
use serde_json::{Value, json};

use super::environments::environment;
use super::records::{Variable, find};
use super::services::url;
use crate::account::random_sid;
use crate::app::App;
use crate::records::{newest_first, put, tick};
use crate::rest::{self, Created, Credentials, Fields, Reply, Resource, RestError, date, made, page_of};

type OfEnvironment = Path<(String, String)>;
type OneOfEnvironment = Path<(String, String, String)>;

impl Resource for Variable {
    fn resource(&self, app: &App) -> Value {
        let environment = format!("{}/Environments/{}", url(app, &self.service_sid), self.environment_sid);
        json!({
            "sid": self.sid,
            "account_sid": app.account.account_sid(),
            "service_sid": self.service_sid,
            "environment_sid": self.environment_sid,
            "key": self.key,
            "value": self.value,
            "date_created": date(self.created),
            "date_updated": date(self.updated),
            "url": format!("{environment}/Variables/{}", self.sid),
        })
    }
}

fn of(environment_sid: &str) -> impl Fn(&Variable) -> bool + use<'_> {
    move |variable| variable.environment_sid == environment_sid
}

fn variable(app: &App, path: &OneOfEnvironment, uri: &OriginalUri) -> Result<Variable, RestError> {
    let Path((service, environment_sid, sid)) = path;
    let (service, environment) = environment(app, service, environment_sid, uri)?;
    find::<Variable>(&app.store, &service.sid, sid)?
        .filter(of(&environment.sid))
        .ok_or_else(|| RestError::not_found(uri.path()))
}

pub(super) async fn list(
    _: Credentials,
    State(app): State<Arc<App>>,
    Path((service, sid)): OfEnvironment,
    uri: OriginalUri,
) -> Reply {
    let (_, environment) = environment(&app, &service, &sid, &uri)?;
    page_of(&app, &uri, "variables", &newest_first(&app.store, of(&environment.sid))?)
}

pub(super) async fn create_variable(
    _: Credentials,
    State(app): State<Arc<App>>,
    Path((service, sid)): OfEnvironment,
    uri: OriginalUri,
    fields: Fields,
) -> Created {
    let (service, environment) = environment(&app, &service, &sid, &uri)?;
    let (key, value) = (fields.required("Key")?.to_owned(), fields.required("Value")?.to_owned());
    if newest_first(&app.store, of(&environment.sid))?.iter().any(|variable| variable.key == key) {
        return Err(RestError::taken(format!("Key {key} is taken")));
    }
    let variable = app.store.write(|tx| {
        let created = tick(tx)?;
        let (sid, service_sid) = (random_sid("ZV"), service.sid);
        let variable =
            Variable { sid, service_sid, environment_sid: environment.sid, key, value, created, updated: created };
        put(tx, &variable)?;
        Ok::<_, RestError>(variable)
    })?;
    Ok(made(&app, &variable))
}

pub(super) async fn fetch(
    _: Credentials,
    State(app): State<Arc<App>>,
    path: OneOfEnvironment,
    uri: OriginalUri,
) -> Reply {
    Ok(Json(variable(&app, &path, &uri)?.resource(&app)))
}

pub(super) async fn update(
    _: Credentials,
    State(app): State<Arc<App>>,
    path: OneOfEnvironment,
    uri: OriginalUri,
    fields: Fields,
) -> Reply {
    let mut variable = variable(&app, &path, &uri)?;
    if let Some(key) = fields.get("Key") {
        variable.key = key.to_owned();
    }
    if let Some(value) = fields.get("Value") {
        variable.value = value.to_owned();
    }
    app.store.write(|tx| {
        variable.updated = tick(tx)?;
        put(tx, &variable)
    })?;
    Ok(Json(variable.resource(&app)))
}

pub(super) async fn remove(
    _: Credentials,
    State(app): State<Arc<App>>,
    path: OneOfEnvironment,
    uri: OriginalUri,
) -> Result<StatusCode, RestError> {
    let variable = variable(&app, &path, &uri)?;
    rest::remove::<Variable>(&app, &variable.sid, &uri)
}
