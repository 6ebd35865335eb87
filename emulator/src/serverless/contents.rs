//! Assets and Functions and their Versions: list, create, fetch, delete.
//!
//! The content of an Asset Version cannot be fetched here, as at Twilio; a Function Version's can.
//! Knows nothing of uploads. <https://www.twilio.com/docs/serverless/api/resource/asset>

use std::sync::Arc;

use axum::Json;
use axum::extract::{OriginalUri, Path, State};
use axum::http::StatusCode;
use serde_json::{Value, json};

use super::kind::Kind;
use super::records::{Environment, Parent, Service, Version, content, find};
use super::services::url;
use crate::account::random_sid;
use crate::app::App;
use crate::records::{newest_first, put, tick};
use crate::rest::{self, Created, Credentials, Fields, Reply, Resource, RestError, by_name, date, made, page_of};

impl Resource for Parent {
    fn resource(&self, app: &App) -> Value {
        let url = format!("{}/{}/{}", url(app, &self.service_sid), self.kind.path(), self.sid);
        json!({
            "sid": self.sid,
            "account_sid": app.account.account_sid(),
            "service_sid": self.service_sid,
            "friendly_name": self.friendly_name,
            "date_created": date(self.created),
            "date_updated": date(self.created),
            "url": url,
            "links": {format!("{}_versions", self.kind.list_key().trim_end_matches('s')): format!("{url}/Versions")},
        })
    }
}

impl Version {
    /// As a Build lists what is in it.
    pub(super) fn in_build(&self, app: &App) -> Value {
        json!({
            "sid": self.sid,
            "account_sid": app.account.account_sid(),
            "service_sid": self.service_sid,
            self.kind.sid_field(): self.parent_sid,
            "path": self.path,
            "visibility": self.visibility,
            "date_created": date(self.created),
        })
    }
}

impl Resource for Version {
    fn resource(&self, app: &App) -> Value {
        let parent = format!("{}/{}/{}", url(app, &self.service_sid), self.kind.path(), self.parent_sid);
        let url = format!("{parent}/Versions/{}", self.sid);
        let mut resource = self.in_build(app);
        resource["url"] = json!(url);
        if self.kind == Kind::Function {
            resource["links"] = json!({"function_version_content": format!("{url}/Content")});
        }
        resource
    }
}

/// The Asset or the Function that a path points at.
pub(super) fn parent(
    app: &App,
    (service_name, kind, sid): (&str, &str, &str),
    uri: &OriginalUri,
) -> Result<Parent, RestError> {
    let service: Service = by_name(app, service_name, uri)?;
    let kind = Kind::of_path(kind).ok_or_else(|| RestError::not_found(uri.path()))?;
    find::<Parent>(&app.store, &service.sid, sid)?
        .filter(|parent| parent.kind == kind)
        .ok_or_else(|| RestError::not_found(uri.path()))
}

pub(super) async fn list(
    _: Credentials,
    State(app): State<Arc<App>>,
    Path((name, kind)): Path<(String, String)>,
    uri: OriginalUri,
) -> Reply {
    let service: Service = by_name(&app, &name, &uri)?;
    let kind = Kind::of_path(&kind).ok_or_else(|| RestError::not_found(uri.path()))?;
    let ours = |parent: &Parent| parent.service_sid == service.sid && parent.kind == kind;
    page_of(&app, &uri, kind.list_key(), &newest_first(&app.store, ours)?)
}

pub(super) async fn create_parent(
    _: Credentials,
    State(app): State<Arc<App>>,
    Path((name, kind)): Path<(String, String)>,
    uri: OriginalUri,
    fields: Fields,
) -> Created {
    let service: Service = by_name(&app, &name, &uri)?;
    let kind = Kind::of_path(&kind).ok_or_else(|| RestError::not_found(uri.path()))?;
    let friendly_name = fields.required("FriendlyName")?.to_owned();
    let parent = app.store.write(|tx| {
        let (sid, service_sid) = (random_sid("ZH"), service.sid.clone());
        let parent = Parent { sid, service_sid, kind, friendly_name, created: tick(tx)? };
        put(tx, &parent)?;
        Ok::<_, RestError>(parent)
    })?;
    Ok(made(&app, &parent))
}

pub(super) async fn fetch(
    _: Credentials,
    State(app): State<Arc<App>>,
    Path((name, kind, sid)): Path<(String, String, String)>,
    uri: OriginalUri,
) -> Reply {
    Ok(Json(parent(&app, (&name, &kind, &sid), &uri)?.resource(&app)))
}

/// What a deployed Build serves cannot be deleted.
pub(super) async fn remove(
    _: Credentials,
    State(app): State<Arc<App>>,
    Path((name, kind, sid)): Path<(String, String, String)>,
    uri: OriginalUri,
) -> Result<StatusCode, RestError> {
    let parent = parent(&app, (&name, &kind, &sid), &uri)?;
    for environment in newest_first::<Environment>(&app.store, |one| one.service_sid == parent.service_sid)? {
        let build = super::builds::deployed(&app.store, &environment)?;
        let versions = build.iter().flat_map(|build| build.asset_versions.iter().chain(&build.function_versions));
        if versions.into_iter().any(|version| version.parent_sid == parent.sid) {
            return Err(RestError::bad_parameter(format!("{} is part of a deployed Build", parent.sid)));
        }
    }
    rest::remove::<Parent>(&app, &parent.sid, &uri)
}

pub(super) async fn list_versions(
    _: Credentials,
    State(app): State<Arc<App>>,
    Path((name, kind, sid)): Path<(String, String, String)>,
    uri: OriginalUri,
) -> Reply {
    let parent = parent(&app, (&name, &kind, &sid), &uri)?;
    let versions = newest_first::<Version>(&app.store, |version| version.parent_sid == parent.sid)?;
    page_of(&app, &uri, parent.kind.version_list_key(), &versions)
}

type VersionPath = Path<(String, String, String, String)>;

fn version(app: &App, Path((name, kind, sid, version)): &VersionPath, uri: &OriginalUri) -> Result<Version, RestError> {
    let parent = parent(app, (name, kind, sid), uri)?;
    find::<Version>(&app.store, &parent.service_sid, version)?
        .filter(|version| version.parent_sid == parent.sid)
        .ok_or_else(|| RestError::not_found(uri.path()))
}

pub(super) async fn fetch_version(
    _: Credentials,
    State(app): State<Arc<App>>,
    path: VersionPath,
    uri: OriginalUri,
) -> Reply {
    Ok(Json(version(&app, &path, &uri)?.resource(&app)))
}

pub(super) async fn fetch_code(
    _: Credentials,
    State(app): State<Arc<App>>,
    path: VersionPath,
    uri: OriginalUri,
) -> Reply {
    let version = version(&app, &path, &uri)?;
    if version.kind != Kind::Function {
        return Err(RestError::not_found(uri.path()));
    }
    let content = content(&app.store, &version.sid)?;
    Ok(Json(json!({
        "sid": version.sid,
        "account_sid": app.account.account_sid(),
        "service_sid": version.service_sid,
        "function_sid": version.parent_sid,
        "content": String::from_utf8_lossy(&content),
        "url": format!("{}{}", app.base, uri.path()),
    })))
}
