//! The Flex Plugins API: Plugins, their Versions, Configurations of Versions, and the Release that is live.
//! [`router`] answers for it and for the check that the Flex CLI asks for; [`released()`] says what is live.
//! Does not know how the Flex UI gets a plugin. Nothing can be archived.
//! <https://www.twilio.com/docs/flex/developer/plugins/api>

mod configurations;
mod plugins;
mod records;
mod released;
mod releases;
mod url;
mod validation;
mod versions;

use std::sync::Arc;

use axum::Router;
use axum::routing::{get, post};

use self::records::{Configuration, Plugin};
use crate::resource::{fetch_by_name, fetch_by_sid};
use crate::state::AppState;

pub(crate) use released::{ReleasedPlugin, released, released_version};

/// Both hosts by their full paths.
pub(crate) fn router() -> Router<Arc<AppState>> {
    Router::new()
        .nest("/flex-api/v1/PluginService", service())
        .route("/flex-plugin-upload.us1/v1/Plugin/Validate", post(validation::validate))
}

fn service() -> Router<Arc<AppState>> {
    Router::new()
        .route("/Plugins", get(plugins::list).post(plugins::create))
        .route("/Plugins/{plugin}", get(fetch_by_name::<Plugin>).post(plugins::update))
        .route("/Plugins/{plugin}/Versions", get(versions::list).post(versions::create))
        .route("/Plugins/{plugin}/Versions/{version}", get(versions::fetch))
        .route("/Configurations", get(configurations::list).post(configurations::create))
        .route("/Configurations/{sid}", get(fetch_by_sid::<Configuration>))
        .route("/Configurations/{sid}/Plugins", get(configurations::list_plugins))
        .route("/Configurations/{sid}/Plugins/{plugin}", get(configurations::fetch_plugin))
        .route("/Releases", get(releases::list).post(releases::create))
        .route("/Releases/{sid}", get(releases::fetch))
}
