//! The connections of a listener: a Router answers what comes in, and a connection is closed where its answer says so.
//!
//! Knows nothing of what is asked, nor why a connection is to be closed.

use axum::Router;
use axum::body::Body;
use axum::http::{Request, Response};
use axum::response::IntoResponse;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::net::{TcpListener, TcpStream};
use tower::ServiceExt;

/// In the extensions of a response: nothing of it is to be sent, and its connection is to be closed.
///
/// A Router can not fail, so the connection looks for this in what the Router returns.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the reply was ordered to be lost")]
pub struct LostReply;

impl IntoResponse for LostReply {
    fn into_response(self) -> Response<Body> {
        let mut response = Response::default();
        response.extensions_mut().insert(self);
        response
    }
}

/// What `router` answers, unless the reply is to be lost.
///
/// # Errors
///
/// [`LostReply`], for which hyper closes the connection without a byte.
pub(crate) async fn answer(router: Router, request: Request<Body>) -> Result<Response<Body>, LostReply> {
    // A Router has no error of its own.
    let response = router.oneshot(request).await.unwrap_or_else(|never| match never {});
    response.extensions().get::<LostReply>().copied().map_or(Ok(response), Err)
}

/// Answers on `listener` until the task is dropped.
pub(crate) async fn serve(listener: TcpListener, router: Router) {
    loop {
        match listener.accept().await {
            Ok((stream, _)) => drop(tokio::spawn(serve_one(stream, router.clone()))),
            // Too many open files, say: the next one may be taken again.
            Err(error) => {
                tracing::warn!(%error, "the emulator could not take a connection");
                tokio::task::yield_now().await;
            }
        }
    }
}

async fn serve_one(stream: TcpStream, router: Router) {
    let service = service_fn(move |request: Request<Incoming>| answer(router.clone(), request.map(Body::new)));
    let connection = http1::Builder::new().serve_connection(TokioIo::new(stream), service).with_upgrades();
    if let Err(error) = connection.await {
        tracing::debug!(%error, "a connection ended");
    }
}
