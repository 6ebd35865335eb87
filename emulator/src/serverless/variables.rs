//! Variables of an Environment: what its Functions find in their `context`.
//!
//! Knows nothing of Functions. <https://www.twilio.com/docs/serverless/api/resource/variable>

use std::sync::Arc;

use axum::Json;
use axum::extract::{OriginalUri, Path, State};
use axum::http::StatusCode;
use serde_json::{Value, json};

use super::environments::environment;
use super::records::{Record, Variable, create, find, newest_first, tick};
use super::services::{Created, Reply, url};
use crate::account::random_sid;
use crate::app::App;
use crate::rest::{Credentials, Fields, RestError, date, page};

type OfEnvironment = Path<(String, String)>;
type OneOfEnvironment = Path<(String, String, String)>;

impl Variable {
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
    let variables = newest_first(&app.store, of(&environment.sid))?;
    page(&app, &uri, "variables", variables.iter().map(|variable| variable.resource(&app)).collect())
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
        return Err(RestError::new(StatusCode::CONFLICT, 20409, format!("Key {key} is taken")));
    }
    let variable = app.store.write(|tx| {
        let created = tick(tx)?;
        let (sid, service_sid) = (random_sid("ZV"), service.sid);
        let variable =
            Variable { sid, service_sid, environment_sid: environment.sid, key, value, created, updated: created };
        create(tx, &variable)?;
        Ok::<_, RestError>(variable)
    })?;
    Ok((StatusCode::CREATED, Json(variable.resource(&app))))
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
        create(tx, &variable)
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
    app.store.write(|tx| tx.delete(Variable::COLLECTION, &variable.sid))?;
    Ok(StatusCode::NO_CONTENT)
}
