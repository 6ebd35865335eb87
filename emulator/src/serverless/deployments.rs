//! Deployments: they make an Environment serve a completed Build.
//!
//! Knows nothing of how a Build came to be. <https://www.twilio.com/docs/serverless/api/resource/deployment>

use std::sync::Arc;

use axum::Json;
use axum::extract::{OriginalUri, Path, State};
use serde_json::{Value, json};

use super::environments::environment;
use super::records::{Build, Deployment, Environment, find};
use super::services::url;
use crate::account::random_sid;
use crate::app::App;
use crate::records::{Record, newest_first, put, tick};
use crate::rest::{Created, Credentials, Fields, Reply, Resource, RestError, date, made, now, page_of};

impl Resource for Deployment {
    fn resource(&self, app: &App) -> Value {
        let environment = format!("{}/Environments/{}", url(app, &self.service_sid), self.environment_sid);
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

pub(super) async fn list(
    _: Credentials,
    State(app): State<Arc<App>>,
    Path((name, sid)): Path<(String, String)>,
    uri: OriginalUri,
) -> Reply {
    let (_, environment) = environment(&app, &name, &sid, &uri)?;
    let ours = |deployment: &Deployment| deployment.environment_sid == environment.sid;
    page_of(&app, &uri, "deployments", &newest_first(&app.store, ours)?)
}

pub(super) async fn fetch(
    _: Credentials,
    State(app): State<Arc<App>>,
    Path((name, environment_sid, sid)): Path<(String, String, String)>,
    uri: OriginalUri,
) -> Reply {
    let (service, environment) = environment(&app, &name, &environment_sid, &uri)?;
    let deployment = find::<Deployment>(&app.store, &service.sid, &sid)?
        .filter(|deployment| deployment.environment_sid == environment.sid)
        .ok_or_else(|| RestError::not_found(uri.path()))?;
    Ok(Json(deployment.resource(&app)))
}

pub(super) async fn deploy(
    _: Credentials,
    State(app): State<Arc<App>>,
    Path((name, sid)): Path<(String, String)>,
    uri: OriginalUri,
    fields: Fields,
) -> Created {
    let (service, environment) = environment(&app, &name, &sid, &uri)?;
    let build_sid = fields.required("BuildSid")?;
    let build = find::<Build>(&app.store, &service.sid, build_sid)?
        .ok_or_else(|| RestError::bad_parameter(format!("BuildSid: {build_sid} is not a Build of this Service")))?;
    let status = build.status(now());
    if status != "completed" {
        return Err(RestError::bad_parameter(format!(
            "Build {build_sid} is {status}, only a completed one is deployed"
        )));
    }
    let deployment = app.store.write(|tx| put_live(tx, &environment.sid, &build))?;
    Ok(made(&app, &deployment))
}

/// The Environment is read again inside the transaction, so that of two requests with one Build only the first deploys.
fn put_live(
    tx: &mut crate::store::Transaction<'_>,
    environment_sid: &str,
    build: &Build,
) -> Result<Deployment, RestError> {
    let environment: Option<Environment> = tx.get(Environment::COLLECTION, environment_sid)?;
    let mut environment = environment.ok_or_else(|| RestError::not_found(environment_sid))?;
    if environment.build_sid.as_ref() == Some(&build.sid) {
        return Err(RestError::bad_parameter("Environment has already requested deployment of this Build"));
    }
    let created = tick(tx)?;
    environment.build_sid = Some(build.sid.clone());
    environment.updated = created;
    put(tx, &environment)?;
    let (sid, service_sid) = (random_sid("ZD"), build.service_sid.clone());
    let (environment_sid, build_sid) = (environment.sid, build.sid.clone());
    let deployment = Deployment { sid, service_sid, environment_sid, build_sid, created };
    put(tx, &deployment)?;
    Ok(deployment)
}
