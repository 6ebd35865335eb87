//! Requests about what is in the Workspace.

use std::sync::Arc;

use axum::extract::{FromRequestParts, Path};
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;

use crate::resource::RestRequest;
use crate::state::AppState;

/// A request about what is in the Workspace; 404 if its path names another one.
pub(super) struct InWorkspace(pub(super) RestRequest);

#[derive(Deserialize)]
struct WorkspacePath {
    workspace: String,
}

impl FromRequestParts<Arc<AppState>> for InWorkspace {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<AppState>) -> Result<Self, Response> {
        let request = RestRequest::from_request_parts(parts, app).await.map_err(IntoResponse::into_response)?;
        let path = Path::<WorkspacePath>::from_request_parts(parts, app).await.map_err(IntoResponse::into_response)?;
        if path.workspace == app.account.sids().workspace {
            Ok(Self(request))
        } else {
            Err(request.not_found().into_response())
        }
    }
}
