//! The middleware that lets every REST request meet what was ordered for it and then records it.
//!
//! Knows nothing of the products behind it.

use std::sync::Arc;

use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::{Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::Call;
use super::body::{body_as_json, form_as_json};
use crate::app::App;
use crate::rest::RestError;

/// The largest upload: a public or protected asset of 25 MB and what multipart adds.
///
/// <https://www.twilio.com/docs/serverless/functions-assets/assets>
const LARGEST_BODY: usize = 26 * 1024 * 1024;

/// Records a request, after it met the failure or the delay that was ordered for it.
///
/// Preflight requests (CORS) are not calls: browsers send them on their own.
pub async fn record_and_disturb(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    if request.method() == Method::OPTIONS {
        return next.run(request).await;
    }
    let (parts, body) = request.into_parts();
    let Ok(body) = to_bytes(body, LARGEST_BODY).await else {
        return RestError::new(StatusCode::PAYLOAD_TOO_LARGE, 20413, "Payload Too Large").into_response();
    };
    let (method, path) = (parts.method.to_string(), parts.uri.path().to_owned());
    let query = form_as_json(parts.uri.query().unwrap_or_default().as_bytes());
    let shown = body_as_json(&parts, &body).await;
    let response = match app.traffic.meet(&method, &path).await {
        Some(fault) => RestError::from(fault).into_response(),
        None => next.run(Request::from_parts(parts, Body::from(body))).await,
    };
    let status = response.status().as_u16();
    app.traffic.record(Call { via: "rest", method, path, query, body: shown, status });
    response
}
