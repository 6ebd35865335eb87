//! Deployments: they make an Environment serve a completed Build.
//!
//! <https://www.twilio.com/docs/serverless/api/resource/deployment>

use axum::extract::Path;
use serde_json::{Value, json};

use super::environments::environment_url;
use super::in_service::InEnvironment;
use crate::clock::Clock;
use crate::records::{Record, newest_first, put, unique_now};
use crate::resource::{Created, Reply, Resource, Sid};
use crate::rest::{Fields, RestError, date};
use crate::serverless::build::BuildStatus;
use crate::serverless::records::{Build, Deployment, Environment, find};
use crate::sid::random_sid;
use crate::state::AppState;
use crate::store::Transaction;

impl Resource for Deployment {
    fn to_json(&self, app: &AppState) -> Value {
        let environment = environment_url(app, &self.service_sid, &self.environment_sid);
        json!({
            "sid": self.sid,
            "account_sid": app.account.account_sid(),
            "service_sid": self.service_sid,
            "environment_sid": self.environment_sid,
            "build_sid": self.build_sid,
            "date_created": date(self.created),
            "date_updated": date(self.created),
            "url": format!("{environment}/Deployments/{}", self.sid),
        })
    }
}

pub(super) async fn list(InEnvironment { request, environment, .. }: InEnvironment) -> Reply {
    let is_of = |deployment: &Deployment| deployment.environment_sid == environment.sid;
    request.page_of("deployments", &newest_first(&request.app.store, is_of)?)
}

pub(super) async fn fetch(
    InEnvironment { request, service, environment }: InEnvironment,
    Path(Sid { sid }): Path<Sid>,
) -> Reply {
    let deployment = find::<Deployment>(&request.app.store, &service.sid, &sid)?
        .filter(|deployment| deployment.environment_sid == environment.sid)
        .ok_or_else(|| request.not_found())?;
    request.reply(&deployment)
}

pub(super) async fn create(InEnvironment { request, service, environment }: InEnvironment, fields: Fields) -> Created {
    let app = &request.app;
    let build_sid = fields.required("BuildSid")?;
    let deployment = app.store.write(|tx| {
        let build = deployable(tx, &app.clock, &service.sid, build_sid)?;
        deploy(tx, &app.clock, &environment.sid, &build)
    })?;
    request.created(&deployment)
}

/// The Build, if it is there and completed. It is looked for inside the transaction that deploys it, so that none is
/// deployed that has just been removed.
fn deployable(tx: &Transaction<'_>, clock: &Clock, service_sid: &str, sid: &str) -> Result<Build, RestError> {
    let build: Option<Build> = tx.get(Build::COLLECTION, sid)?;
    let build = build
        .filter(|build| build.service_sid == service_sid)
        .ok_or_else(|| RestError::bad_parameter(format!("BuildSid: {sid} is not a Build of this Service")))?;
    match build.status(clock.now_microseconds()) {
        BuildStatus::Completed => Ok(build),
        status => Err(RestError::bad_parameter(format!("Build {sid} is {status}, only a completed one is deployed"))),
    }
}

/// The Environment is read again inside the transaction, so that of two requests with one Build only the first deploys.
fn deploy(
    tx: &mut Transaction<'_>,
    clock: &Clock,
    environment_sid: &str,
    build: &Build,
) -> Result<Deployment, RestError> {
    let environment: Option<Environment> = tx.get(Environment::COLLECTION, environment_sid)?;
    let mut environment = environment.ok_or_else(|| RestError::not_found(environment_sid))?;
    if environment.build_sid.as_ref() == Some(&build.sid) {
        return Err(RestError::bad_parameter("Environment has already requested deployment of this Build"));
    }
    let created = unique_now(tx, clock)?;
    environment.build_sid = Some(build.sid.clone());
    environment.updated = created;
    put(tx, &environment)?;
    let (sid, service_sid) = (random_sid("ZD"), build.service_sid.clone());
    let (environment_sid, build_sid) = (environment.sid, build.sid.clone());
    let deployment = Deployment { sid, service_sid, environment_sid, build_sid, created };
    put(tx, &deployment)?;
    Ok(deployment)
}
