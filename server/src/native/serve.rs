//! Listens on a socket until somebody asks the process to stop.
//!
//! Knows nothing of what is answered.

use std::io::ErrorKind;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use axum::Router;
use axum::extract::Request;
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse, Response};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::{GracefulShutdown, Watcher};
use server::App;
use server::config::Native;
use server::error::ApiError;
use tokio::net::{TcpListener, TcpStream};
use tower::ServiceExt;

use super::connections::{Connections, PAUSE};
use super::heard::Heard;
use super::listen::listen;
use super::progress::Progress;

/// How large the head of a request may be, in bytes.
const LARGEST_HEAD: usize = 64 * 1024;
/// How long requests that are under way may take after somebody asked the process to stop.
const GRACE_PERIOD: Duration = Duration::from_secs(10);

/// Answers until Ctrl-C or SIGTERM, then finishes what is under way.
///
/// # Errors
///
/// When the port is taken.
pub(crate) async fn serve(settings: &Native, app: Arc<App>) -> anyhow::Result<()> {
    let address = SocketAddr::from((settings.bind, settings.port));
    let listener = listen(address).with_context(|| format!("can not listen on {address}"))?;
    // Before the line below: whoever reads it may ask to stop at once.
    let shutdown_signal = shutdown_signal().context("can not listen for signals")?;
    println!("server: http://{}", listener.local_addr()?);
    let router = server::router(app.clone()).layer(from_fn(run_to_completion));
    tokio::spawn(keep_fresh(app));
    let graceful = GracefulShutdown::new();
    // Kept until the end: what is still open is closed with it.
    let mut connections = Connections::new();
    tokio::select! {
        () = accept(listener, &router, &graceful, &mut connections) => {}
        () = shutdown_signal => tracing::info!("stopping"),
    }
    // Those that are idle are closed with what follows.
    connections.close_unasked();
    // Whatever takes longer than that is cut off.
    let _ = tokio::time::timeout(GRACE_PERIOD, graceful.shutdown()).await;
    Ok(())
}

/// Takes connections for ever.
async fn accept(listener: TcpListener, router: &Router, graceful: &GracefulShutdown, connections: &mut Connections) {
    loop {
        match listener.accept().await {
            Ok((stream, _)) => {
                let (router, watcher) = (router.clone(), graceful.watcher());
                connections.add(|progress| serve_connection(stream, router, watcher, progress));
            }
            // The other side is gone already.
            Err(error)
                if error.kind() == ErrorKind::ConnectionAborted || error.kind() == ErrorKind::ConnectionReset => {}
            Err(error) => {
                tracing::warn!(%error, "a connection could not be taken");
                connections.make_room();
                tokio::time::sleep(PAUSE).await;
            }
        }
    }
}

/// Answers the requests on one connection.
async fn serve_connection(stream: TcpStream, router: Router, watcher: Watcher, progress: Progress) {
    let service = service_fn(|request: Request<Incoming>| {
        let answering = router.clone().oneshot(progress.asked(request));
        let progress = progress.clone();
        async move { answering.await.map(|response| progress.answered(response)) }
    });
    let stream = Heard::new(stream, progress.clone());
    let mut http = http1::Builder::new();
    http.max_buf_size(LARGEST_HEAD).timer(TokioTimer::new()).header_read_timeout(None);
    let connection = watcher.watch(http.serve_connection(TokioIo::new(stream), service));
    tokio::select! {
        // How a connection ends is the other side's affair; what was answered has been logged.
        _ = connection => {}
        () = progress.overdue() => {}
    }
}

/// Reads the published directory behind the callers' backs, for as long as the process runs.
async fn keep_fresh(app: Arc<App>) {
    loop {
        let pause = app.keep_fresh().await;
        tokio::time::sleep(pause).await;
    }
}

/// Lets an administrator's request run to its end although the browser is gone: half a publish would leave its
/// lock behind.
async fn run_to_completion(request: Request, next: Next) -> Response {
    // Below the path of the public address too.
    if !request.uri().path().contains("/admin/") {
        return next.run(request).await;
    }
    let response = tokio::spawn(next.run(request)).await;
    // Only the status, and no line in the log: the panic has been written to stderr.
    response.unwrap_or_else(|panic| ApiError::Internal(panic.to_string()).status().into_response())
}

/// Listens for Ctrl-C and SIGTERM from now on; the future completes at the first of them.
#[cfg(unix)]
fn shutdown_signal() -> anyhow::Result<impl Future<Output = ()> + Send + 'static> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut terminate = signal(SignalKind::terminate())?;
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    })
}

/// Listens for Ctrl-C; the future completes then.
#[cfg(not(unix))]
fn shutdown_signal() -> anyhow::Result<impl Future<Output = ()> + Send + 'static> {
    Ok(async {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    })
}
