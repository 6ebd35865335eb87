//! What the Release that is live says the Flex UI is to load.
//!
//! Knows nothing of HTTP, nor of where the Flex UI gets a bundle from.

use super::records::{Configuration, Plugin, Release, Version};
use crate::records::{find, newest_first};
use crate::store::{Store, StoreError};

/// A Plugin Version that is live.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ReleasedPlugin {
    /// The unique name of the Plugin.
    pub name: String,
    /// What the Version is called, such as `0.0.1`.
    pub version: String,
    /// When the Flex UI loads it: 3 is after its own start.
    pub phase: i64,
    /// Where its bundle is, as it was registered.
    pub plugin_url: String,
}

/// The Plugins of the Release that is live, in the order of its Configuration. Without a Release there are none.
///
/// # Errors
///
/// [`StoreError`] when the storage cannot be read.
pub(crate) fn released(store: &Store) -> Result<Vec<ReleasedPlugin>, StoreError> {
    let release = newest_first::<Release>(store, |_| true)?.into_iter().next();
    let configuration = release.map(|release| find::<Configuration>(store, &release.configuration_sid)).transpose()?;
    let mut plugins = Vec::new();
    for one in configuration.flatten().map(|configuration| configuration.plugins).unwrap_or_default() {
        let found = (find::<Plugin>(store, &one.plugin_sid)?, find::<Version>(store, &one.version_sid)?);
        if let (Some(Plugin { unique_name: name, .. }), Some(Version { version, plugin_url, .. })) = found {
            plugins.push(ReleasedPlugin { name, version, phase: one.phase, plugin_url });
        }
    }
    Ok(plugins)
}

/// One Plugin of the Release that is live, if it is there in that version.
///
/// # Errors
///
/// [`StoreError`] when the storage cannot be read.
pub(crate) fn released_version(store: &Store, name: &str, version: &str) -> Result<Option<ReleasedPlugin>, StoreError> {
    Ok(released(store)?.into_iter().find(|plugin| plugin.name == name && plugin.version == version))
}
