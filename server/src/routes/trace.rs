//! One line in the log for each request: what was asked, how it was answered and how long that took.
//!
//! Knows nothing of the endpoints. The time is the home's, because a Twilio Function has no clock of its own.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use tracing::Instrument;

use crate::app::App;

/// Logs a request within a span that names its method and its path.
pub(super) async fn trace(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    // The path only: a query may say who was called.
    let span = tracing::info_span!("request", method = %request.method(), path = request.uri().path());
    let answer = async {
        let began = app.base.home.now();
        let response = next.run(request).await;
        let took = app.base.home.now().duration_since(began);
        // Failures say more about themselves where they become a response.
        tracing::debug!(status = response.status().as_u16(), milliseconds = took.as_millis(), "answered");
        response
    };
    answer.instrument(span).await
}
