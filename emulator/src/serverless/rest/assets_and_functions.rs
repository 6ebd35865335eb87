//! Assets and Functions, which work alike: list, create, fetch, delete.
//!
//! <https://www.twilio.com/docs/serverless/api/resource/asset>

use std::sync::Arc;

use axum::extract::{FromRequestParts, Path};
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use serde_json::{Value, json};

use super::in_service::InService;
use super::services::service_url;
use crate::records::newest_first;
use crate::resource::{Created, Removed, Reply, Resource, RestRequest};
use crate::rest::{Fields, RestError, date};
use crate::serverless::build::deployed_build;
use crate::serverless::records::{AssetOrFunction, Environment, Kind};
use crate::sid::random_sid;
use crate::state::AppState;

/// The address of an Asset or a Function.
pub(super) fn asset_or_function_url(app: &AppState, service_sid: &str, kind: Kind, sid: &str) -> String {
    format!("{}/{}/{sid}", service_url(app, service_sid), kind.path())
}

impl Resource for AssetOrFunction {
    fn to_json(&self, app: &AppState) -> Value {
        let url = asset_or_function_url(app, &self.service_sid, self.kind, &self.sid);
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

/// The parameters of a path to the Assets or to the Functions of a Service.
#[derive(Deserialize)]
pub(super) struct KindPath {
    /// `Assets` or `Functions`.
    kind: String,
}

/// The parameters of a path to one of them.
#[derive(Deserialize)]
pub(super) struct AssetOrFunctionPath {
    service: String,
    /// `Assets` or `Functions`.
    kind: String,
    sid: String,
}

/// A request about the Asset or the Function that the path names; 404 if there is none.
pub(super) struct OneAssetOrFunction {
    pub(super) request: RestRequest,
    pub(super) one: AssetOrFunction,
}

impl OneAssetOrFunction {
    pub(super) fn find(request: RestRequest, path: &AssetOrFunctionPath) -> Result<Self, RestError> {
        let service = InService::named(request, &path.service)?;
        let kind = kind(&service, &path.kind)?;
        let one: AssetOrFunction = service.find(&path.sid)?;
        if one.kind == kind { Ok(Self { request: service.request, one }) } else { Err(service.request.not_found()) }
    }
}

impl FromRequestParts<Arc<AppState>> for OneAssetOrFunction {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<AppState>) -> Result<Self, Response> {
        let request = RestRequest::from_request_parts(parts, app).await.map_err(IntoResponse::into_response)?;
        let Path(path) = Path::from_request_parts(parts, app).await.map_err(IntoResponse::into_response)?;
        Self::find(request, &path).map_err(IntoResponse::into_response)
    }
}

fn kind(service: &InService, in_path: &str) -> Result<Kind, RestError> {
    Kind::of_path(in_path).ok_or_else(|| service.request.not_found())
}

pub(super) async fn list(service: InService, Path(path): Path<KindPath>) -> Reply {
    let kind = kind(&service, &path.kind)?;
    let mut found = service.newest_first::<AssetOrFunction>()?;
    found.retain(|one| one.kind == kind);
    service.request.page_of(kind.list_key(), &found)
}

pub(super) async fn create(service: InService, Path(path): Path<KindPath>, fields: Fields) -> Created {
    let kind = kind(&service, &path.kind)?;
    let friendly_name = fields.required("FriendlyName")?.to_owned();
    let InService { request, service } = service;
    let (sid, service_sid) = (random_sid("ZH"), service.sid);
    request.create(|created| AssetOrFunction { sid, service_sid, kind, friendly_name, created })
}

pub(super) async fn fetch(OneAssetOrFunction { request, one }: OneAssetOrFunction) -> Reply {
    request.reply(&one)
}

/// What a deployed Build serves cannot be deleted.
pub(super) async fn remove(OneAssetOrFunction { request, one }: OneAssetOrFunction) -> Removed {
    let store = &request.app.store;
    let in_service = |environment: &Environment| environment.service_sid == one.service_sid;
    for environment in newest_first::<Environment>(store, in_service)? {
        let build = deployed_build(store, &environment)?;
        let versions = build.iter().flat_map(|build| build.asset_versions.iter().chain(&build.function_versions));
        if versions.into_iter().any(|version| version.parent_sid == one.sid) {
            return Err(RestError::bad_parameter(format!("{} is part of a deployed Build", one.sid)));
        }
    }
    request.remove::<AssetOrFunction>(&one.sid)
}
