//! Requests about what is in a Sync Service, and refusals of Sync as REST answers them.

use std::sync::Arc;

use axum::extract::{FromRequestParts, Path};
use axum::http::request::Parts;
use axum::http::{StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;

use super::services;
use crate::resource::RestRequest;
use crate::rest::RestError;
use crate::state::AppState;
use crate::sync::error::SyncError;
use crate::sync::records::Namespace;

/// A request about what is in the Service that the path names; 404 if there is none.
pub(super) struct InService {
    pub(super) app: Arc<AppState>,
    /// The address as the client sent it.
    pub(super) uri: Uri,
    /// The SID of the Service, which the path may call `default`.
    pub(super) service_sid: String,
    /// Where its Maps are.
    pub(super) namespace: Namespace,
}

#[derive(Deserialize)]
struct ServicePath {
    service: String,
}

impl FromRequestParts<Arc<AppState>> for InService {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<AppState>) -> Result<Self, Response> {
        let request = RestRequest::from_request_parts(parts, app).await.map_err(IntoResponse::into_response)?;
        let path = Path::<ServicePath>::from_request_parts(parts, app).await.map_err(IntoResponse::into_response)?;
        let (service_sid, namespace) = find(app, &path.service).map_err(IntoResponse::into_response)?;
        Ok(Self { app: request.app, uri: request.uri, service_sid, namespace })
    }
}

fn find(app: &AppState, service: &str) -> Result<(String, Namespace), RestError> {
    let default = app.account.sync_service_sid();
    if service == "default" || service == default {
        return Ok((default.to_owned(), Namespace::default_service()));
    }
    services::find(app, service)?;
    Ok((service.to_owned(), Namespace::service(service)))
}

impl From<SyncError> for RestError {
    fn from(error: SyncError) -> Self {
        let status = StatusCode::from_u16(error.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        Self::new(status, error.code, error.message)
    }
}
