//! A CONNECT proxy (RFC 9110, 9.3.6): tools that take no base URL name Twilio's hosts, and reach the emulator.
//! [`start`] is all that may be called from outside.
//! Does not know what is asked, proxies behind it, credentials for itself, or HTTP/2.
//!
//! `CONNECT <host>:443` to `*.twilio.com` and `*.twil.io` ends here, in a TLS session with a certificate for that very
//! host; what is asked in it goes through the Router that answers everything else. Any other host is
//! reached as it is, so that npm's registry stays npm's registry.

mod certificates;
mod hosts;
mod refusal;
mod response_urls;
mod tls_termination;
mod tunnel;

use std::convert::Infallible;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::Context;
use axum::Router;
use axum::body::Body;
use axum::http::{Method, Request, Response, StatusCode};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::net::{TcpListener, TcpStream};

use certificates::Authority;
use refusal::refusal;
use tls_termination::Destination;

/// The file of the certificate authority in the data folder, which clients must be told to trust.
pub const CA_FILE: &str = "proxy-ca.pem";

const CONNECT_ONLY: &str = "This proxy answers CONNECT only: ask for an https:// address, or go without the proxy.";

/// A running proxy. Dropping it stops it.
#[derive(Debug)]
pub struct Proxy {
    url: String,
    ca_file: PathBuf,
    task: tokio::task::JoinHandle<()>,
}

impl Proxy {
    /// `http://127.0.0.1:<port>`, for `HTTP_PROXY`.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The certificate authority as PEM, for `NODE_EXTRA_CA_CERTS`.
    #[must_use]
    pub fn ca_file(&self) -> &Path {
        &self.ca_file
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// Starts to answer on a loopback port (0 takes a free one) with what `router` answers without it at `base`, and writes
/// the certificate authority into the data folder.
///
/// The authority is a new one with every start, and its key is never written.
///
/// # Errors
///
/// When the port is taken or the file cannot be written.
pub async fn start(router: Router, base: &str, data: &Path, port: u16) -> anyhow::Result<Proxy> {
    let authority = Authority::new()?;
    let ca_file = data.join(CA_FILE);
    std::fs::write(&ca_file, authority.pem()).with_context(|| format!("{} cannot be written", ca_file.display()))?;
    let listener = TcpListener::bind(SocketAddr::from(([127, 0, 0, 1], port)))
        .await
        .with_context(|| format!("port {port} is taken: choose another with --proxy-port (0 takes a free one)"))?;
    let url = format!("http://127.0.0.1:{}", listener.local_addr()?.port());
    let destination = Arc::new(Destination { authority, router, base: base.to_owned() });
    let task = tokio::spawn(accept(listener, destination));
    Ok(Proxy { url, ca_file, task })
}

async fn accept(listener: TcpListener, destination: Arc<Destination>) {
    loop {
        match listener.accept().await {
            Ok((stream, _)) => drop(tokio::spawn(serve(stream, destination.clone()))),
            // Too many open files, say: the next one may be taken again.
            Err(error) => {
                tracing::warn!(%error, "the proxy could not take a connection");
                tokio::task::yield_now().await;
            }
        }
    }
}

async fn serve(stream: TcpStream, destination: Arc<Destination>) {
    let service = service_fn(move |request| {
        let destination = destination.clone();
        async move { Ok::<_, Infallible>(answer(request, &destination).await) }
    });
    let connection = http1::Builder::new().serve_connection(TokioIo::new(stream), service).with_upgrades();
    if let Err(error) = connection.await {
        tracing::debug!(%error, "a connection to the proxy ended");
    }
}

async fn answer(request: Request<Incoming>, destination: &Arc<Destination>) -> Response<Body> {
    if request.method() != Method::CONNECT {
        return refusal(StatusCode::NOT_IMPLEMENTED, CONNECT_ONLY);
    }
    let Some(target) = request.uri().authority().cloned() else {
        return refusal(StatusCode::BAD_REQUEST, "CONNECT needs a host and a port.");
    };
    match hosts::prefix(target.host()) {
        Some(prefix) => {
            tokio::spawn(tls_termination::answer(request, target.host().to_owned(), prefix, destination.clone()));
            Response::default()
        }
        None => tunnel::open(request, &target).await,
    }
}
