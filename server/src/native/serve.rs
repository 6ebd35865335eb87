//! Listens on a socket until somebody asks the process to stop.
//!
//! Knows nothing of what is answered.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use axum::extract::Request;
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse, Response};
use server::App;
use server::config::Native;
use server::error::ApiError;
use tokio::net::TcpListener;

/// How long requests that are under way may take after somebody asked the process to stop.
const GRACE_PERIOD: Duration = Duration::from_secs(10);

/// Answers until Ctrl-C or SIGTERM, then finishes what is under way.
///
/// # Errors
///
/// When the port is taken.
pub(crate) async fn serve(settings: &Native, app: Arc<App>) -> anyhow::Result<()> {
    let address = SocketAddr::from((settings.bind, settings.port));
    let listener = TcpListener::bind(address).await.with_context(|| format!("can not listen on {address}"))?;
    // Before the line below: whoever reads it may ask to stop at once.
    let shutdown_signal = shutdown_signal().context("can not listen for signals")?;
    println!("server: http://{}", listener.local_addr()?);
    let router = server::router(app.clone()).layer(from_fn(run_to_completion));
    tokio::spawn(keep_fresh(app));
    let (stop, mut stopping) = tokio::sync::watch::channel(false);
    let server = axum::serve(listener, router).with_graceful_shutdown(async move {
        shutdown_signal.await;
        tracing::info!("stopping");
        let _ = stop.send(true);
    });
    tokio::select! {
        result = server.into_future() => result.context("the socket failed"),
        () = async {
            let _ = stopping.wait_for(|stopping| *stopping).await;
            tokio::time::sleep(GRACE_PERIOD).await;
        } => Ok(()),
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
    if !request.uri().path().starts_with("/admin/") {
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
