//! What the Flex UI 2.x asks for at boot and while it runs, outside Sync; each file answers for one Twilio host.
//! [`router`] answers over HTTP, [`answer_wrapped`] what comes wrapped in Twilsock.
//! Does not know extensions, but for the settings that the account's administrator gave the plugin.

mod configuration;
mod conversations;
mod event_bridge;
mod plugin_list;
mod session;
mod static_content;
mod wrapped_requests;

use std::sync::Arc;

use axum::Router;
use axum::http::Uri;

use crate::rest::RestError;
use crate::state::AppState;

pub(crate) use configuration::SYNC_MAP_NAME;
pub(crate) use wrapped_requests::{WrappedAnswer, answer_wrapped};

/// The hosts of the Flex UI by their full paths. Every other path of any host is answered with 404.
pub(crate) fn router() -> Router<Arc<AppState>> {
    Router::new()
        .merge(configuration::router())
        .merge(session::router())
        .merge(plugin_list::router())
        .merge(event_bridge::router())
        .merge(static_content::router())
        .fallback(unknown)
}

async fn unknown(uri: Uri) -> RestError {
    RestError::not_found(uri.path())
}
