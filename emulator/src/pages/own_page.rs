//! Refuses pages of other origins where logins and orders are given out and taken.

use axum::extract::{Request, State};
use axum::http::header::ORIGIN;
use axum::http::{HeaderMap, HeaderName, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::PageOrigins;
use crate::rest::RestError;

/// What a browser says of the page that asks, also where it leaves `Origin` out. Twilio's clients never send it.
///
/// <https://www.w3.org/TR/fetch-metadata/#sec-fetch-site-header>
const SEC_FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// 403 for what a page of another origin asks, whether or not it could read the answer.
pub(crate) async fn refuse_other_pages(State(own): State<PageOrigins>, request: Request, next: Next) -> Response {
    if is_from_another_page(request.headers(), &own) {
        let message = "Only the page that `cargo xtask start` serves may ask for this; start the emulator with \
                       --page-origins to let another one.";
        return RestError::new(StatusCode::FORBIDDEN, 20403, message).into_response();
    }
    next.run(request).await
}

/// A browser names the origin but for what a page merely embeds, and says then that it comes from elsewhere.
fn is_from_another_page(headers: &HeaderMap, own: &PageOrigins) -> bool {
    match headers.get(ORIGIN) {
        Some(origin) => !own.contain(origin),
        None => headers.get(SEC_FETCH_SITE).is_some_and(|site| site != "none" && site != "same-origin"),
    }
}
