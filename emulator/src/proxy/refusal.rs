//! The proxy's own answers to what it does not do.

use axum::body::Body;
use axum::http::{Response, StatusCode};

/// A status with a sentence.
pub(super) fn refusal(status: StatusCode, sentence: &str) -> Response<Body> {
    let mut response = Response::new(Body::from(format!("{sentence}\n")));
    *response.status_mut() = status;
    response
}
