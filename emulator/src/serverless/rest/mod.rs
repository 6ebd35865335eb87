//! The REST API of Serverless, relative to its hosts: the paths, and a file of handlers for each resource.
//! [`router`] and [`upload_router`] are all that may be called from outside.
//! Does not know the deployed domain. <https://www.twilio.com/docs/serverless/api>

mod assets_and_functions;
mod builds;
mod deployments;
mod environments;
mod in_service;
mod services;
mod upload;
mod variables;
mod versions;

use std::sync::Arc;

use axum::Router;
use axum::routing::{get, post};

use super::records::Service;
use crate::resource::fetch_by_name;
use crate::state::AppState;

/// `serverless.twilio.com`
pub fn router() -> Router<Arc<AppState>> {
    Router::new()
        .route("/v1/Services", get(services::list).post(services::create))
        .route("/v1/Services/{service}", get(fetch_by_name::<Service>).post(services::update).delete(services::remove))
        .route("/v1/Services/{service}/Environments", get(environments::list).post(environments::create))
        .route(
            "/v1/Services/{service}/Environments/{environment}",
            get(environments::fetch).delete(environments::remove),
        )
        .route(
            "/v1/Services/{service}/Environments/{environment}/Deployments",
            get(deployments::list).post(deployments::create),
        )
        .route("/v1/Services/{service}/Environments/{environment}/Deployments/{sid}", get(deployments::fetch))
        .route(
            "/v1/Services/{service}/Environments/{environment}/Variables",
            get(variables::list).post(variables::create),
        )
        .route(
            "/v1/Services/{service}/Environments/{environment}/Variables/{sid}",
            get(variables::fetch).post(variables::update).delete(variables::remove),
        )
        .route("/v1/Services/{service}/Builds", get(builds::list).post(builds::create))
        .route("/v1/Services/{service}/Builds/{sid}", get(builds::fetch).delete(builds::remove))
        .route("/v1/Services/{service}/Builds/{sid}/Status", get(builds::fetch_status))
        // Assets and Functions.
        .route("/v1/Services/{service}/{kind}", get(assets_and_functions::list).post(assets_and_functions::create))
        .route(
            "/v1/Services/{service}/{kind}/{sid}",
            get(assets_and_functions::fetch).delete(assets_and_functions::remove),
        )
        .route("/v1/Services/{service}/{kind}/{sid}/Versions", get(versions::list))
        .route("/v1/Services/{service}/{kind}/{sid}/Versions/{version}", get(versions::fetch))
        .route("/v1/Services/{service}/{kind}/{sid}/Versions/{version}/Content", get(versions::fetch_content))
}

/// `serverless-upload.twilio.com`
pub fn upload_router() -> Router<Arc<AppState>> {
    Router::new().route("/v1/Services/{service}/{kind}/{sid}/Versions", post(upload::upload))
}
