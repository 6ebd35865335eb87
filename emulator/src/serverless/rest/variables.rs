//! Variables of an Environment: what its Functions find in their `context`.
//!
//! <https://www.twilio.com/docs/serverless/api/resource/variable>

use axum::extract::Path;
use serde_json::{Value, json};

use super::environments::environment_url;
use super::in_service::InEnvironment;
use crate::records::{newest_first, put, unique_now};
use crate::resource::{Created, Removed, Reply, Resource, Sid};
use crate::rest::{Fields, RestError, date};
use crate::serverless::records::{Environment, Variable, find};
use crate::sid::random_sid;
use crate::state::AppState;

impl Resource for Variable {
    fn to_json(&self, app: &AppState) -> Value {
        let environment = environment_url(app, &self.service_sid, &self.environment_sid);
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

fn is_of(environment: &Environment) -> impl Fn(&Variable) -> bool + use<'_> {
    |variable| variable.environment_sid == environment.sid
}

impl InEnvironment {
    fn variable(&self, sid: &str) -> Result<Variable, RestError> {
        find(&self.request.app.store, &self.service.sid, sid)?
            .filter(is_of(&self.environment))
            .ok_or_else(|| self.request.not_found())
    }
}

pub(super) async fn list(InEnvironment { request, environment, .. }: InEnvironment) -> Reply {
    request.page_of("variables", &newest_first(&request.app.store, is_of(&environment))?)
}

pub(super) async fn create(InEnvironment { request, service, environment }: InEnvironment, fields: Fields) -> Created {
    let app = &request.app;
    let (key, value) = (fields.required("Key")?.to_owned(), fields.required("Value")?.to_owned());
    if newest_first(&app.store, is_of(&environment))?.iter().any(|variable| variable.key == key) {
        return Err(RestError::conflict(format!("Key {key} is taken")));
    }
    let (sid, service_sid, environment_sid) = (random_sid("ZV"), service.sid, environment.sid);
    request.create(|created| Variable { sid, service_sid, environment_sid, key, value, created, updated: created })
}

pub(super) async fn fetch(environment: InEnvironment, Path(Sid { sid }): Path<Sid>) -> Reply {
    environment.request.reply(&environment.variable(&sid)?)
}

pub(super) async fn update(environment: InEnvironment, Path(Sid { sid }): Path<Sid>, fields: Fields) -> Reply {
    let mut variable = environment.variable(&sid)?;
    if let Some(key) = fields.get("Key") {
        variable.key = key.to_owned();
    }
    if let Some(value) = fields.get("Value") {
        variable.value = value.to_owned();
    }
    let app = &environment.request.app;
    app.store.write(|tx| {
        variable.updated = unique_now(tx, &app.clock)?;
        put(tx, &variable)
    })?;
    environment.request.reply(&variable)
}

pub(super) async fn remove(environment: InEnvironment, Path(Sid { sid }): Path<Sid>) -> Removed {
    environment.request.remove::<Variable>(&environment.variable(&sid)?.sid)
}
