//! What a client gets in the place of a reply that is lost.

use axum::http::header::CONTENT_TYPE;
use axum::http::{Method, StatusCode};
use axum::response::{IntoResponse, Response};

use super::Traffic;
use super::faults::LossKind;
use crate::connections::LostReply;

/// The body of a gateway that got no answer itself.
pub(crate) const GATEWAY_PAGE: &str =
    "<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>\n";

/// The beginning of an object whose rest is missing.
pub(crate) const GARBAGE: &str = "{\"sid\": \"";

/// What is sent, after what was asked was `done`, if it was done.
pub(super) async fn in_place_of(done: Option<Response>, how: LossKind, method: &Method, traffic: &Traffic) -> Response {
    match how {
        LossKind::Cut => LostReply.into_response(),
        LossKind::Html => (StatusCode::BAD_GATEWAY, [(CONTENT_TYPE, "text/html")], GATEWAY_PAGE).into_response(),
        LossKind::Garbage => {
            let status = done.map_or_else(|| success(method), |response| response.status());
            (status, [(CONTENT_TYPE, "application/json")], GARBAGE).into_response()
        }
        LossKind::Hang => {
            traffic.hang().await;
            LostReply.into_response()
        }
    }
}

/// What a request is answered with that does what it asks: a POST mostly creates something.
fn success(method: &Method) -> StatusCode {
    if method == Method::POST { StatusCode::CREATED } else { StatusCode::OK }
}
