//! Serves the host page: what Trunk built, the Flex UI bundle, and `/host.json` that says where the emulator is.

use std::path::PathBuf;

use anyhow::Result;
use axum::extract::{Request, State};
use axum::http::{HeaderValue, StatusCode, Uri, header};
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use serde_json::{Value, json};
use tower_http::services::{ServeDir, ServeFile};

use crate::project::{FLEX_UI_VERSION, Project};

/// The path under which Flex's plugin list names the plugin.
const PLUGIN: &str = "/plugins/agent-did-extensions.js";

/// What the page is told, and which plugin it gets.
#[derive(Clone, Debug)]
pub(crate) struct Page {
    /// The base URL of the emulator.
    pub(crate) emulator: String,
    /// The base URL of the server.
    pub(crate) functions_base: String,
    /// The file to serve as the plugin instead of the one that Trunk built.
    pub(crate) plugin_bundle: Option<PathBuf>,
}

/// Answers on `listener` until the task is dropped.
///
/// # Errors
///
/// When the listener cannot be used.
pub(crate) async fn serve(listener: std::net::TcpListener, project: &Project, page: &Page) -> Result<()> {
    listener.set_nonblocking(true)?;
    let listener = tokio::net::TcpListener::from_std(listener)?;
    Ok(axum::serve(listener, router(project, page)).await?)
}

fn router(project: &Project, page: &Page) -> Router {
    let flex_ui = format!("/flex-ui/{FLEX_UI_VERSION}/flex-ui.js");
    let host = json!({ "emulator": page.emulator, "functionsBase": page.functions_base, "flexUi": flex_ui });
    let index = get(index).with_state(project.dist().join("index.html"));
    let mut router = Router::new()
        .route("/host.json", get(move || async { Json::<Value>(host) }))
        .route_service(&flex_ui, ServeFile::new(project.flex_ui()))
        .fallback_service(ServeDir::new(project.dist()).fallback(index));
    if let Some(bundle) = &page.plugin_bundle {
        router = router.route_service(PLUGIN, ServeFile::new(bundle));
    }
    router.layer(from_fn(no_cache))
}

/// Flex routes in the browser, so that every path without a file is the page itself; a missing file stays missing.
async fn index(State(file): State<PathBuf>, uri: Uri) -> Response {
    if uri.path().rsplit('/').next().is_some_and(|name| name.contains('.')) {
        return StatusCode::NOT_FOUND.into_response();
    }
    match tokio::task::spawn_blocking(move || std::fs::read(file)).await {
        Ok(Ok(page)) => ([(header::CONTENT_TYPE, "text/html; charset=utf-8")], page).into_response(),
        _ => (StatusCode::SERVICE_UNAVAILABLE, "The page is being built. Reload in a moment.").into_response(),
    }
}

/// The browser asks for every file again, so that a reload shows what was rebuilt; unchanged ones are answered with 304.
async fn no_cache(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    response
}
