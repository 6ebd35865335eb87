//! The Flex Plugins API: Plugins, their Versions, Configurations of Versions, and the Release that is live.
//!
//! `flex-api.twilio.com/v1/PluginService`, and the validation that the Flex CLI asks for before it deploys.
//! Knows nothing of how the Flex UI gets a plugin. Nothing can be archived.
//! <https://www.twilio.com/docs/flex/developer/plugins/api>

mod configurations;
mod definitions;
mod records;
mod released;
mod releases;
mod validate;
mod versions;

use std::sync::Arc;

use axum::Router;
use axum::routing::{get, post};

use self::records::{Configuration, Plugin};
use crate::app::App;
use crate::rest::{fetch_by_name, fetch_by_sid};

pub use released::{ReleasedPlugin, released, released_version};

/// Both hosts by their full paths.
pub fn router() -> Router<Arc<App>> {
    Router::new()
        .nest("/flex-api/v1/PluginService", service())
        .route("/flex-plugin-upload.us1/v1/Plugin/Validate", post(validate::validate))
}

fn service() -> Router<Arc<App>> {
    Router::new()
        .route("/Plugins", get(definitions::list).post(definitions::create))
        .route("/Plugins/{plugin}", get(fetch_by_name::<Plugin>).post(definitions::update))
        .route("/Plugins/{plugin}/Versions", get(versions::list).post(versions::create))
        .route("/Plugins/{plugin}/Versions/{version}", get(versions::fetch))
        .route("/Configurations", get(configurations::list).post(configurations::create))
        .route("/Configurations/{sid}", get(fetch_by_sid::<Configuration>))
        .route("/Configurations/{sid}/Plugins", get(configurations::list_plugins))
        .route("/Configurations/{sid}/Plugins/{plugin}", get(configurations::fetch_plugin))
        .route("/Releases", get(releases::list).post(releases::create))
        .route("/Releases/{sid}", get(releases::fetch))
}

/// The address of a resource of the Plugins API.
fn url(app: &App, path: &str) -> String {
    format!("{}/flex-api/v1/PluginService/{path}", app.base)
}
