//! The HTTP surface: which path leads to which handler, for whose pages, and how much it takes.
//!
//! From outside: [`router`], which lists every endpoint.
//!
//! Knows nothing of Twilio; what a handler does is in the rooms below.

mod admin;
mod body;
mod health;
mod lookup;
mod trace;

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::{HeaderName, HeaderValue, Method, header};
use axum::middleware::from_fn_with_state;
use axum::routing::{get, post};
use tower_http::cors::CorsLayer;

use crate::app::App;
use crate::error::ApiError;

/// How large the body may be where it carries a whole directory: as large as a protected asset, 25 MB.
const UPDATE_BODY_LIMIT: usize = 25 * 1024 * 1024;
/// How large any other body may be.
const BODY_LIMIT: usize = 64 * 1024;

/// All endpoints. The view calls `/admin/*` with a Flex token in the body; Studio calls `/agentExtensions` with a
/// signature; whoever watches the server calls `/health`.
pub fn router(app: Arc<App>) -> Router {
    let cors = cors(&app.base.config.flex_origins);
    Router::new()
        .route("/admin/list", post(admin::list))
        .route("/admin/update", post(admin::update).layer(DefaultBodyLimit::max(UPDATE_BODY_LIMIT)))
        .route("/admin/update-status", post(admin::build_status))
        .route("/admin/publish", post(admin::deploy))
        .route("/admin/discard", post(admin::discard))
        .route("/agentExtensions", get(lookup::find).post(lookup::find))
        .route("/health", get(health::health))
        .route("/health/live", get(health::live))
        .route("/health/ready", get(health::ready))
        .fallback(async || ApiError::NoSuchPath)
        .method_not_allowed_fallback(async || ApiError::WrongMethod)
        .layer(DefaultBodyLimit::max(BODY_LIMIT))
        .layer(cors)
        .layer(from_fn_with_state(app.clone(), trace::trace))
        .with_state(app)
}

/// Pages of these origins may call, and may read failures too.
fn cors(origins: &[String]) -> CorsLayer {
    let origins: Vec<HeaderValue> = origins.iter().filter_map(|origin| origin.parse().ok()).collect();
    let headers: [HeaderName; 2] = [header::AUTHORIZATION, header::CONTENT_TYPE];
    CorsLayer::new()
        .allow_origin(origins)
        .allow_methods([Method::GET, Method::POST])
        .allow_headers(headers)
        .expose_headers([header::RETRY_AFTER])
        .max_age(Duration::from_secs(3600))
}
