//! The addresses of resources of the Plugins API.

use crate::state::AppState;

/// The address of a resource; `path` begins with the name of its kind.
pub(super) fn url(app: &AppState, path: &str) -> String {
    format!("{}/flex-api/v1/PluginService/{path}", app.base)
}
