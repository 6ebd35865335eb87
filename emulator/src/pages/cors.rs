//! Lets the page that hosts the Flex UI read every answer, refusals and ordered failures included, as Twilio lets any.
//!
//! <https://fetch.spec.whatwg.org/#http-cors-protocol>

use axum::extract::{Request, State};
use axum::http::header::{
    ACCESS_CONTROL_ALLOW_CREDENTIALS, ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS,
    ACCESS_CONTROL_ALLOW_ORIGIN, ACCESS_CONTROL_EXPOSE_HEADERS, ACCESS_CONTROL_REQUEST_HEADERS, ORIGIN, VARY,
};
use axum::http::{HeaderValue, Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::PageOrigins;

/// Answers preflight requests of the page and adds the CORS headers to all other answers that it gets.
///
/// A page of another origin gets none, so that its browser keeps the answers from it.
pub(crate) async fn share_with_own_page(State(own): State<PageOrigins>, request: Request, next: Next) -> Response {
    let origin = request.headers().get(ORIGIN).filter(|origin| own.contain(origin)).cloned();
    let Some(origin) = origin else { return unshared(request, next).await };
    let asked = request.headers().get(ACCESS_CONTROL_REQUEST_HEADERS).cloned();
    let preflight = request.method() == Method::OPTIONS;
    let mut response = if preflight { StatusCode::NO_CONTENT.into_response() } else { next.run(request).await };
    let headers = response.headers_mut();
    headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, origin);
    headers.insert(ACCESS_CONTROL_ALLOW_CREDENTIALS, HeaderValue::from_static("true"));
    headers.insert(ACCESS_CONTROL_EXPOSE_HEADERS, HeaderValue::from_static("ETag, Retry-After"));
    headers.append(VARY, HeaderValue::from_static("Origin"));
    if preflight {
        headers.insert(ACCESS_CONTROL_ALLOW_METHODS, HeaderValue::from_static("GET, POST, PUT, DELETE, OPTIONS"));
        if let Some(asked) = asked {
            headers.insert(ACCESS_CONTROL_ALLOW_HEADERS, asked);
        }
    }
    response
}

async fn unshared(request: Request, next: Next) -> Response {
    let is_preflight = request.method() == Method::OPTIONS && request.headers().contains_key(ORIGIN);
    let mut response = if is_preflight { StatusCode::FORBIDDEN.into_response() } else { next.run(request).await };
    response.headers_mut().append(VARY, HeaderValue::from_static("Origin"));
    response
}
