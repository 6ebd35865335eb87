//! The middleware that injects faults into REST requests and records them.

use std::io;
use std::sync::Arc;

use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::{Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::body::{body_as_json, form_as_json};
use super::call_log::Call;
use super::faults::{Loss, ReplyFault};
use super::{Traffic, loss};
use crate::connections::LostReply;
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
    match Exchange::read(traffic, request, next).await {
        Ok(exchange) => exchange.answer().await,
        Err(error) => error.into_response(),
    }
}

/// A request that was read whole, and what is to be recorded of it.
struct Exchange {
    traffic: Arc<Traffic>,
    call: Call,
    request: Request,
    next: Next,
}

impl Exchange {
    async fn read(traffic: Arc<Traffic>, request: Request, next: Next) -> Result<Self, RestError> {
        let (parts, body) = request.into_parts();
        let body = to_bytes(body, LARGEST_BODY)
            .await
            .map_err(|_| RestError::new(StatusCode::PAYLOAD_TOO_LARGE, 20413, "Payload Too Large"))?;
        let call = Call {
            via: "rest",
            method: parts.method.to_string(),
            path: parts.uri.path().to_owned(),
            query: form_as_json(parts.uri.query().unwrap_or_default().as_bytes()),
            body: body_as_json(&parts, &body).await,
            status: 0,
        };
        Ok(Self { traffic, call, request: Request::from_parts(parts, Body::from(body)), next })
    }

    async fn answer(self) -> Response {
        match self.traffic.reply_fault_for(&self.call.method, &self.call.path).await {
            None => self.work().await,
            Some(ReplyFault::Fail(failure)) => {
                let headers = self.request.headers().clone();
                self.traffic.keep(self.call, &headers, RestError::from(failure).into_response()).await
            }
            Some(ReplyFault::Lose(loss)) => self.lose(loss).await,
            Some(ReplyFault::Late(by)) => {
                tokio::spawn(async move {
                    self.traffic.be_late(by).await;
                    self.work().await
                });
                LostReply.into_response()
            }
        }
    }

    async fn work(self) -> Response {
        let headers = self.request.headers().clone();
        let response = self.next.run(self.request).await;
        self.traffic.keep(self.call, &headers, response).await
    }

    async fn lose(self, Loss { how, before }: Loss) -> Response {
        let (traffic, method) = (self.traffic.clone(), self.request.method().clone());
        let done = if before {
            traffic.record(self.call);
            None
        } else {
            Some(self.work().await)
        };
        loss::in_place_of(done, how, &method, &traffic).await
    }
}

/// No test passes while what it asks is not checked.
#[expect(clippy::needless_pass_by_value, reason = "this is what `unwrap_or_else` hands over")]
pub(super) fn not_kept(error: io::Error) -> Response {
    tracing::error!(%error, "a sample could not be written");
    RestError::new(StatusCode::INTERNAL_SERVER_ERROR, 20500, "A sample could not be written").into_response()
}
