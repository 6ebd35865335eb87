//! What the Flex UI 2.x asks for at boot and while it runs, outside Sync.
//!
//! Each file answers for one Twilio host. Nothing here knows extensions, but for the settings that
//! the account's administrator gave the plugin.

mod assets;
mod configuration;
mod conversations;
mod event_bridge;
mod plugin_list;
mod session;
pub mod twilsock;
mod worker_events;

use std::sync::Arc;

use axum::Router;
use axum::http::Uri;

use crate::app::App;
use crate::rest::RestError;

pub use configuration::{PLUGIN_NAME, SYNC_MAP_NAME};
pub use worker_events::{WorkerEvent, WorkerEvents};

/// The hosts of the Flex UI by their full paths. Every other path of any host is answered with 404.
pub fn router() -> Router<Arc<App>> {
    Router::new()
        .merge(configuration::router())
        .merge(session::router())
        .merge(plugin_list::router())
        .merge(event_bridge::router())
        .merge(assets::router())
        .fallback(unknown)
}

async fn unknown(uri: Uri) -> RestError {
    RestError::not_found(uri.path())
}
