//! Builds: the Versions, the dependencies and the runtime that are deployed together.
//!
//! <https://www.twilio.com/docs/serverless/api/resource/build>

use std::collections::HashSet;
use std::ops::Bound;

use axum::Json;
use axum::extract::Path;
use axum::http::StatusCode;
use serde_json::{Value, json};

use super::in_service::InService;
use super::services::service_url;
use crate::records::{Record, put, unique_now};
use crate::resource::{Created, Removed, Reply, Resource, Sid};
use crate::rest::{Fields, RestError, date};
use crate::serverless::build::take_fault;
use crate::serverless::records::{Build, Environment, Kind, Version, find};
use crate::sid::random_sid;
use crate::state::AppState;
use crate::store::Transaction;

/// Takes the place of `Runtime` when a Build names none, or the newest.
const DEFAULT_RUNTIME: &str = "node22";

impl Build {
    fn url(&self, app: &AppState) -> String {
        format!("{}/Builds/{}", service_url(app, &self.service_sid), self.sid)
    }
}

impl Resource for Build {
    fn to_json(&self, app: &AppState) -> Value {
        let now = app.clock.now_microseconds();
        let in_build = |versions: &[Version]| versions.iter().map(|version| version.in_build(app)).collect::<Vec<_>>();
        json!({
            "sid": self.sid,
            "account_sid": app.account.account_sid(),
            "service_sid": self.service_sid,
            "status": self.status(now),
            "asset_versions": in_build(&self.asset_versions),
            "function_versions": in_build(&self.function_versions),
            "dependencies": self.dependencies,
            "runtime": self.runtime,
            "date_created": date(self.created),
            "date_updated": date(now.min(self.ready)),
            "url": self.url(app),
            "links": {"build_status": format!("{}/Status", self.url(app))},
        })
    }
}

/// The Versions that a form names, in its order.
fn versions(app: &AppState, service_sid: &str, fields: &Fields, kind: Kind) -> Result<Vec<Version>, RestError> {
    let name = match kind {
        Kind::Asset => "AssetVersions",
        Kind::Function => "FunctionVersions",
    };
    let mut paths = HashSet::new();
    let mut versions = Vec::new();
    for sid in fields.all(name).filter(|sid| !sid.is_empty()) {
        let version = find::<Version>(&app.store, service_sid, sid)?
            .filter(|version| version.kind == kind)
            .ok_or_else(|| RestError::bad_parameter(format!("{name}: {sid} is not a version of this Service")))?;
        if !paths.insert(version.path.clone()) {
            return Err(RestError::bad_parameter(format!("{name}: two versions have the path {}", version.path)));
        }
        versions.push(version);
    }
    Ok(versions)
}

/// `[{"name": "...", "version": "..."}]`, which the Serverless Toolkit puts between two quotation marks.
fn dependencies(fields: &Fields) -> Result<Vec<Value>, RestError> {
    let Some(text) = fields.get("Dependencies").filter(|text| !text.is_empty()) else { return Ok(Vec::new()) };
    let refused = || RestError::bad_parameter("Dependencies must be a JSON list of {name, version}");
    let text = text.strip_prefix('"').and_then(|text| text.strip_suffix('"')).unwrap_or(text);
    let dependencies: Vec<Value> = serde_json::from_str(text).map_err(|_| refused())?;
    let sound = |one: &Value| one["name"].is_string() && one["version"].is_string();
    if dependencies.iter().all(sound) { Ok(dependencies) } else { Err(refused()) }
}

fn runtime(fields: &Fields) -> Result<String, RestError> {
    match fields.get("Runtime").unwrap_or_default() {
        "" | "latest" => Ok(DEFAULT_RUNTIME.to_owned()),
        known @ ("node8" | "node10" | "node12" | "node14" | "node16" | "node18" | "node20" | "node22" | "node24") => {
            Ok(known.to_owned())
        }
        other => Err(RestError::bad_parameter(format!("Runtime: {other} is not supported"))),
    }
}

pub(super) async fn list(service: InService) -> Reply {
    service.request.page_of("builds", &service.newest_first::<Build>()?)
}

pub(super) async fn create(InService { request, service }: InService, fields: Fields) -> Created {
    let app = &request.app;
    let asset_versions = versions(app, &service.sid, &fields, Kind::Asset)?;
    let function_versions = versions(app, &service.sid, &fields, Kind::Function)?;
    if asset_versions.is_empty() && function_versions.is_empty() {
        return Err(RestError::bad_parameter("A Build needs at least one Asset Version or Function Version"));
    }
    let (dependencies, runtime) = (dependencies(&fields)?, runtime(&fields)?);
    let delay = i64::try_from(app.build_delay.as_micros()).unwrap_or(i64::MAX);
    let build = app.store.write(|tx| {
        let (sid, service_sid, fails, created) =
            (random_sid("ZB"), service.sid, take_fault(tx)?, unique_now(tx, &app.clock)?);
        let ready = created.saturating_add(delay);
        let build =
            Build { sid, service_sid, asset_versions, function_versions, dependencies, runtime, created, ready, fails };
        put(tx, &build)?;
        Ok::<_, RestError>(build)
    })?;
    request.created(&build)
}

pub(super) async fn fetch(service: InService, Path(Sid { sid }): Path<Sid>) -> Reply {
    service.request.reply(&service.find::<Build>(&sid)?)
}

pub(super) async fn fetch_status(service: InService, Path(Sid { sid }): Path<Sid>) -> Reply {
    let build: Build = service.find(&sid)?;
    let app = &service.request.app;
    Ok(Json(json!({
        "sid": build.sid,
        "account_sid": app.account.account_sid(),
        "service_sid": build.service_sid,
        "status": build.status(app.clock.now_microseconds()),
        "url": format!("{}/Status", build.url(app)),
    })))
}

pub(super) async fn remove(service: InService, Path(Sid { sid }): Path<Sid>) -> Removed {
    let build: Build = service.find(&sid)?;
    let is_removed = service.request.app.store.write(|tx| remove_unless_deployed(tx, &build.sid))?;
    if is_removed { Ok(StatusCode::NO_CONTENT) } else { Err(service.request.not_found()) }
}

/// One transaction looks and removes, so that no Build is removed that has just gone live.
fn remove_unless_deployed(tx: &mut Transaction<'_>, sid: &str) -> Result<bool, RestError> {
    let mut is_deployed = false;
    tx.scan(Environment::COLLECTION, Bound::Unbounded, Bound::Unbounded, false, |_, environment: Environment| {
        is_deployed = environment.build_sid.as_deref() == Some(sid);
        !is_deployed
    })?;
    if is_deployed {
        return Err(RestError::bad_parameter("The Build is deployed"));
    }
    Ok(tx.delete(Build::COLLECTION, sid)?)
}
