//! Requests about what is in a Service, or in an Environment of it.

use std::sync::Arc;

use axum::extract::{FromRequestParts, Path};
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;

use crate::records::newest_first;
use crate::resource::RestRequest;
use crate::rest::RestError;
use crate::serverless::records::{Environment, Service, ServiceRecord, find};
use crate::state::AppState;

/// A request about what is in the Service that the path names by its SID or its unique name; 404 if there is none.
pub(super) struct InService {
    pub(super) request: RestRequest,
    pub(super) service: Service,
}

/// The same for an Environment of that Service.
pub(super) struct InEnvironment {
    pub(super) request: RestRequest,
    pub(super) service: Service,
    pub(super) environment: Environment,
}

#[derive(Deserialize)]
struct ServicePath {
    service: String,
}

#[derive(Deserialize)]
struct EnvironmentPath {
    environment: String,
}

impl InService {
    pub(super) fn named(request: RestRequest, service: &str) -> Result<Self, RestError> {
        let service = request.find_by_name(service)?;
        Ok(Self { request, service })
    }

    /// The record of the Service with a SID; 404 if there is none.
    pub(super) fn find<T: ServiceRecord>(&self, sid: &str) -> Result<T, RestError> {
        find(&self.request.app.store, &self.service.sid, sid)?.ok_or_else(|| self.request.not_found())
    }

    /// The records of the Service, newest first.
    pub(super) fn newest_first<T: ServiceRecord>(&self) -> Result<Vec<T>, RestError> {
        Ok(newest_first(&self.request.app.store, |record: &T| record.service_sid() == self.service.sid)?)
    }
}

impl FromRequestParts<Arc<AppState>> for InService {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<AppState>) -> Result<Self, Response> {
        let request = RestRequest::from_request_parts(parts, app).await.map_err(IntoResponse::into_response)?;
        let path = Path::<ServicePath>::from_request_parts(parts, app).await.map_err(IntoResponse::into_response)?;
        Self::named(request, &path.service).map_err(IntoResponse::into_response)
    }
}

impl FromRequestParts<Arc<AppState>> for InEnvironment {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<AppState>) -> Result<Self, Response> {
        let service = InService::from_request_parts(parts, app).await?;
        let path =
            Path::<EnvironmentPath>::from_request_parts(parts, app).await.map_err(IntoResponse::into_response)?;
        let environment = service.find(&path.environment).map_err(IntoResponse::into_response)?;
        Ok(Self { request: service.request, service: service.service, environment })
    }
}
