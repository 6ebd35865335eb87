//! Builds: they are `building` for a while, then `completed`, or `failed` if a test ordered it.
//!
//! The status follows from the clock, so a Build goes on over a restart.
//! Knows nothing of Deployments. <https://www.twilio.com/docs/serverless/api/resource/build>

use std::collections::HashSet;
use std::sync::Arc;

use axum::Json;
use axum::extract::{OriginalUri, Path, State};
use axum::http::StatusCode;
use serde_json::{Value, json};

use super::kind::Kind;
use super::records::{Build, Environment, Service, Version, find};
use super::services::url;
use crate::account::random_sid;
use crate::app::App;
use crate::records::{newest_first, put, tick};
use crate::rest::{self, Created, Credentials, Fields, Reply, Resource, RestError, by_name, date, made, now, page_of};
use crate::store::{Store, StoreError};

/// Where it is kept how many of the next Builds are to fail.
pub const BUILD_FAULTS: &str = "serverless.build_faults";

/// Takes the place of `Runtime` when a Build names none, or the newest.
const DEFAULT_RUNTIME: &str = "node22";

impl Build {
    /// `building`, `completed` or `failed` at an instant.
    pub(super) fn status(&self, now: i64) -> &'static str {
        match (now < self.ready, self.fails) {
            (true, _) => "building",
            (false, false) => "completed",
            (false, true) => "failed",
        }
    }

    fn url(&self, app: &App) -> String {
        format!("{}/Builds/{}", url(app, &self.service_sid), self.sid)
    }
}

impl Resource for Build {
    fn resource(&self, app: &App) -> Value {
        let now = now();
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

/// The Build that an Environment serves.
pub(super) fn deployed(store: &Store, environment: &Environment) -> Result<Option<Build>, StoreError> {
    match &environment.build_sid {
        Some(sid) => find(store, &environment.service_sid, sid),
        None => Ok(None),
    }
}

fn build(app: &App, name: &str, sid: &str, uri: &OriginalUri) -> Result<Build, RestError> {
    let service: Service = by_name(app, name, uri)?;
    find(&app.store, &service.sid, sid)?.ok_or_else(|| RestError::not_found(uri.path()))
}

pub(super) async fn list(
    _: Credentials,
    State(app): State<Arc<App>>,
    Path(name): Path<String>,
    uri: OriginalUri,
) -> Reply {
    let service: Service = by_name(&app, &name, &uri)?;
    page_of(&app, &uri, "builds", &newest_first::<Build>(&app.store, |build| build.service_sid == service.sid)?)
}

/// The Versions that a form names, in its order.
fn versions(app: &App, service_sid: &str, fields: &Fields, kind: Kind) -> Result<Vec<Version>, RestError> {
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

pub(super) async fn create_build(
    _: Credentials,
    State(app): State<Arc<App>>,
    Path(name): Path<String>,
    uri: OriginalUri,
    fields: Fields,
) -> Created {
    let service: Service = by_name(&app, &name, &uri)?;
    let asset_versions = versions(&app, &service.sid, &fields, Kind::Asset)?;
    let function_versions = versions(&app, &service.sid, &fields, Kind::Function)?;
    if asset_versions.is_empty() && function_versions.is_empty() {
        return Err(RestError::bad_parameter("A Build needs at least one Asset Version or Function Version"));
    }
    let (dependencies, runtime) = (dependencies(&fields)?, runtime(&fields)?);
    let delay = i64::try_from(app.options.build_delay.as_micros()).unwrap_or(i64::MAX);
    let build = app.store.write(|tx| {
        let faults: u32 = tx.get(BUILD_FAULTS, BUILD_FAULTS)?.unwrap_or(0);
        tx.put(BUILD_FAULTS, BUILD_FAULTS, &faults.saturating_sub(1))?;
        let (sid, created) = (random_sid("ZB"), tick(tx)?);
        let (service_sid, ready, fails) = (service.sid.clone(), created.saturating_add(delay), faults > 0);
        let build =
            Build { sid, service_sid, asset_versions, function_versions, dependencies, runtime, created, ready, fails };
        put(tx, &build)?;
        Ok::<_, RestError>(build)
    })?;
    Ok(made(&app, &build))
}

pub(super) async fn fetch(
    _: Credentials,
    State(app): State<Arc<App>>,
    Path((name, sid)): Path<(String, String)>,
    uri: OriginalUri,
) -> Reply {
    Ok(Json(build(&app, &name, &sid, &uri)?.resource(&app)))
}

pub(super) async fn status(
    _: Credentials,
    State(app): State<Arc<App>>,
    Path((name, sid)): Path<(String, String)>,
    uri: OriginalUri,
) -> Reply {
    let build = build(&app, &name, &sid, &uri)?;
    Ok(Json(json!({
        "sid": build.sid,
        "account_sid": app.account.account_sid(),
        "service_sid": build.service_sid,
        "status": build.status(now()),
        "url": format!("{}/Status", build.url(&app)),
    })))
}

pub(super) async fn remove(
    _: Credentials,
    State(app): State<Arc<App>>,
    Path((name, sid)): Path<(String, String)>,
    uri: OriginalUri,
) -> Result<StatusCode, RestError> {
    let build = build(&app, &name, &sid, &uri)?;
    let serves = |environment: &Environment| environment.build_sid.as_ref() == Some(&build.sid);
    if !newest_first(&app.store, serves)?.is_empty() {
        return Err(RestError::bad_parameter("The Build is deployed"));
    }
    rest::remove::<Build>(&app, &build.sid, &uri)
}

/// The next Builds are to fail.
///
/// # Errors
///
/// [`StoreError`] when the storage cannot be written.
pub fn fail_next_builds(store: &Store, times: u32) -> Result<(), StoreError> {
    store.write(|tx| tx.put(BUILD_FAULTS, BUILD_FAULTS, &times))
}
