//! Ends TLS for one of Twilio's hosts, and has the Router answer what is asked inside.

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::http::uri::PathAndQuery;
use axum::http::{Request, Response, StatusCode, Uri};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;

use super::certificates::Authority;
use super::refusal::refusal;
use super::response_urls::with_twilio_urls;
use crate::connections::{self, LostReply};

/// What stands in for Twilio's hosts.
pub(super) struct Destination {
    pub(super) authority: Authority,
    pub(super) router: Router,
    /// Where the Router answers without the proxy, `http://127.0.0.1:<port>`.
    pub(super) base: String,
}

/// Waits until the client has its 200, and then answers as `host` would; `prefix` is the path that stands for it.
pub(super) async fn answer(connect: Request<Incoming>, host: String, prefix: String, destination: Arc<Destination>) {
    if let Err(error) = terminate(connect, &host, prefix, &destination).await {
        // Most often a client that does not trust the certificate, or one that went away.
        tracing::debug!(%error, host, "a connection through the proxy ended");
    }
}

async fn terminate(
    connect: Request<Incoming>,
    host: &str,
    prefix: String,
    destination: &Arc<Destination>,
) -> anyhow::Result<()> {
    let acceptor = destination.authority.acceptor(host)?;
    let raw = TokioIo::new(hyper::upgrade::on(connect).await?);
    let stream = acceptor.accept(raw).await?;
    let destination = destination.clone();
    let service = service_fn(move |request| {
        let (destination, prefix) = (destination.clone(), prefix.clone());
        async move {
            let answer = route(request, &prefix, destination.router.clone()).await?;
            Ok::<_, LostReply>(with_twilio_urls(answer, &destination.base).await)
        }
    });
    Ok(http1::Builder::new().serve_connection(TokioIo::new(stream), service).with_upgrades().await?)
}

async fn route(mut request: Request<Incoming>, prefix: &str, router: Router) -> Result<Response<Body>, LostReply> {
    let Some(uri) = with_prefix(prefix, request.uri()) else {
        return Ok(refusal(StatusCode::BAD_REQUEST, "The address has no path."));
    };
    *request.uri_mut() = uri;
    connections::answer(router, request.map(Body::new)).await
}

fn with_prefix(prefix: &str, uri: &Uri) -> Option<Uri> {
    let path = uri.path_and_query().map_or("/", PathAndQuery::as_str);
    format!("{prefix}{path}").parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_path_keeps_its_query_as_sent() {
        let uri: Uri = "/v1/Services?UniqueName=a%20b&x=".parse().unwrap();
        assert_eq!(with_prefix("/serverless", &uri).unwrap(), "/serverless/v1/Services?UniqueName=a%20b&x=");
    }
}
