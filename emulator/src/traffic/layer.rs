//! The middleware that injects faults into REST requests and records them.

use std::io;
use std::sync::Arc;

use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::{Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::Traffic;
use super::body::{body_as_json, form_as_json};
use super::call_log::Call;
use crate::rest::RestError;

/// The largest upload: a public or protected asset of 25 MB and what multipart adds.
///
/// <https://www.twilio.com/docs/serverless/functions-assets/assets>
const LARGEST_BODY: usize = 26 * 1024 * 1024;

/// Records a request, after the faults that are injected into it.
///
/// Preflight requests (CORS) are not calls: browsers send them on their own.
pub async fn record_and_inject(State(traffic): State<Arc<Traffic>>, request: Request, next: Next) -> Response {
    if request.method() == Method::OPTIONS {
        return next.run(request).await;
    }
    let (parts, body) = request.into_parts();
    let Ok(body) = to_bytes(body, LARGEST_BODY).await else {
        return RestError::new(StatusCode::PAYLOAD_TOO_LARGE, 20413, "Payload Too Large").into_response();
    };
    let (method, path, headers) = (parts.method.to_string(), parts.uri.path().to_owned(), parts.headers.clone());
    let query = form_as_json(parts.uri.query().unwrap_or_default().as_bytes());
    let shown = body_as_json(&parts, &body).await;
    let response = match traffic.failure_for(&method, &path).await {
        Some(failure) => RestError::from(failure).into_response(),
        None => next.run(Request::from_parts(parts, Body::from(body))).await,
    };
    let status = response.status().as_u16();
    let call = Call { via: "rest", method, path, query, body: shown, status };
    let response = match &traffic.samples {
        Some(samples) => samples.keep(&call, &headers, response).await.unwrap_or_else(not_kept),
        None => response,
    };
    traffic.record(call);
    response
}

/// No test passes while what it asks is not checked.
#[expect(clippy::needless_pass_by_value, reason = "this is what `unwrap_or_else` hands over")]
fn not_kept(error: io::Error) -> Response {
    tracing::error!(%error, "a sample could not be written");
    RestError::new(StatusCode::INTERNAL_SERVER_ERROR, 20500, "A sample could not be written").into_response()
}
