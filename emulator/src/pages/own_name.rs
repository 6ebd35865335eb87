//! The emulator answers to its own name only.
//!
//! A page of `evil.example` can have that name point to 127.0.0.1 (DNS rebinding), and ask the emulator as its own
//! origin: for the browser that is no other page. What gives it away is `Host`.

use axum::extract::{Request, State};
use axum::http::header::HOST;
use axum::http::{HeaderMap, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::rest::RestError;

/// How a client names the emulator, in lower case, each with its port.
#[derive(Clone, Debug)]
pub(crate) struct OwnNames([String; 3]);

impl OwnNames {
    /// Those of loopback at a port.
    #[must_use]
    pub(crate) fn at(port: u16) -> Self {
        Self(["127.0.0.1", "localhost", "[::1]"].map(|name| format!("{name}:{port}")))
    }

    /// Names of hosts know no case (RFC 4343).
    fn are_asked_by(&self, headers: &HeaderMap) -> bool {
        let host = headers.get(HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
        self.0.iter().any(|own| own.eq_ignore_ascii_case(host))
    }
}

/// 421 (RFC 9110, 15.5.20) for what asks for another host.
pub(crate) async fn answer_own_name_only(State(own): State<OwnNames>, request: Request, next: Next) -> Response {
    if own.are_asked_by(request.headers()) {
        return next.run(request).await;
    }
    let message = format!("This is the Twilio emulator: ask for http://{}, it answers to no other name.", own.0[0]);
    RestError::new(StatusCode::MISDIRECTED_REQUEST, 20421, message).into_response()
}
