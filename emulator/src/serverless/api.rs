//! The REST paths of `serverless.twilio.com`, on a line each.
//!
//! Knows nothing of what they answer. <https://www.twilio.com/docs/serverless/api>

use std::sync::Arc;

use axum::Router;
use axum::routing::get;

use super::records::Service;
use super::{builds, contents, deployments, environments, services, variables};
use crate::app::App;
use crate::rest::fetch_by_name;

/// Everything but uploads and the deployed domain.
pub fn router() -> Router<Arc<App>> {
    Router::new()
        .route("/v1/Services", get(services::list).post(services::create_service))
        .route("/v1/Services/{service}", get(fetch_by_name::<Service>).post(services::update).delete(services::remove))
        .route("/v1/Services/{service}/Environments", get(environments::list).post(environments::create_environment))
        .route("/v1/Services/{service}/Environments/{sid}", get(environments::fetch).delete(environments::remove))
        .route(
            "/v1/Services/{service}/Environments/{environment}/Deployments",
            get(deployments::list).post(deployments::deploy),
        )
        .route("/v1/Services/{service}/Environments/{environment}/Deployments/{sid}", get(deployments::fetch))
        .route(
            "/v1/Services/{service}/Environments/{environment}/Variables",
            get(variables::list).post(variables::create_variable),
        )
        .route(
            "/v1/Services/{service}/Environments/{environment}/Variables/{sid}",
            get(variables::fetch).post(variables::update).delete(variables::remove),
        )
        .route("/v1/Services/{service}/Builds", get(builds::list).post(builds::create_build))
        .route("/v1/Services/{service}/Builds/{sid}", get(builds::fetch).delete(builds::remove))
        .route("/v1/Services/{service}/Builds/{sid}/Status", get(builds::status))
        // Assets and Functions.
        .route("/v1/Services/{service}/{kind}", get(contents::list).post(contents::create_parent))
        .route("/v1/Services/{service}/{kind}/{sid}", get(contents::fetch).delete(contents::remove))
        .route("/v1/Services/{service}/{kind}/{sid}/Versions", get(contents::list_versions))
        .route("/v1/Services/{service}/{kind}/{sid}/Versions/{version}", get(contents::fetch_version))
        .route("/v1/Services/{service}/{kind}/{sid}/Versions/{version}/Content", get(contents::fetch_code))
}
