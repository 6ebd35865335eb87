//! The HTTP surface: which path leads to which handler, for whose pages, and how much it takes.
//!
//! From outside: [`router`], which lists every endpoint.
//!
//! Knows nothing of Twilio; what a handler does is in the rooms below.

mod admin;
mod body;
mod form;
mod health;
mod lookup;
mod receiving;
mod signed_in;
mod submitted;
mod token;
mod trace;

use std::any::Any;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::http::{HeaderName, HeaderValue, Method, header};
use axum::middleware::from_fn_with_state;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::cors::CorsLayer;

use crate::app::App;
use crate::error::ApiError;

/// All endpoints. The view calls `/admin/*` with a Flex token in the body; Studio calls `/agentExtensions` with a
/// signature; whoever watches the server calls `/health`.
///
/// Where the public address has a path, they are below that path as well: some proxies keep it, others take it away.
/// A handler sees neither, so a signature is over the public address and what follows it, once.
pub fn router(app: Arc<App>) -> Router {
    let endpoints = endpoints(&app);
    let router = match app.base.config.base_path() {
        "" => endpoints,
        path => endpoints.clone().nest(path, endpoints),
    };
    router
        .fallback(async || ApiError::NoSuchPath)
        .layer(CatchPanicLayer::custom(answer_to_panic))
        .layer(cors(&app.base.config.flex_origins))
        .layer(from_fn_with_state(app.clone(), trace::trace))
        .with_state(app)
}

fn endpoints(app: &Arc<App>) -> Router<Arc<App>> {
    Router::new()
        .route("/admin/list", post(admin::list))
        .route("/admin/update-status", post(admin::build_status))
        .route("/admin/publish", post(admin::deploy))
        .route("/admin/discard", post(admin::discard))
        .route("/agentExtensions", get(lookup::find).post(lookup::find))
        .route("/health", get(health::health))
        .route("/health/live", get(health::live))
        .route("/health/ready", get(health::ready))
        .layer(from_fn_with_state(app.clone(), receiving::whole_first))
        // Not above: it takes a large body, from those who may send one.
        .route("/admin/update", post(admin::update))
        .method_not_allowed_fallback(async || ApiError::WrongMethod)
}

/// A panic ends the request that it happens in, and nothing else. What it says has been written to stderr.
fn answer_to_panic(_: Box<dyn Any + Send>) -> Response {
    ApiError::Internal("a handler panicked".to_owned()).into_response()
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

#[cfg(test)]
mod tests;
