//! What is kept of each resource of the Plugins API.
//!
//! Knows nothing of HTTP. Instants are microseconds since 1970, no two the same, so that "newest" is never in doubt.

use serde::{Deserialize, Serialize};

use crate::records::{Named, record};

/// A Plugin (`FP…`): a name that has Versions.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Plugin {
    pub(super) sid: String,
    pub(super) unique_name: String,
    pub(super) friendly_name: String,
    pub(super) description: String,
    pub(super) created: i64,
    pub(super) updated: i64,
}

/// A Plugin Version (`FV…`). It never changes.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Version {
    pub(super) sid: String,
    pub(super) plugin_sid: String,
    pub(super) version: String,
    pub(super) plugin_url: String,
    pub(super) changelog: String,
    pub(super) private: bool,
    pub(super) validated: bool,
    pub(super) created: i64,
}

/// A Configuration (`FJ…`): Versions that go together. It never changes.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Configuration {
    pub(super) sid: String,
    pub(super) name: String,
    pub(super) description: String,
    pub(super) plugins: Vec<ConfiguredPlugin>,
    pub(super) created: i64,
}

/// A Version in a Configuration, and when the Flex UI loads it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct ConfiguredPlugin {
    pub(super) plugin_sid: String,
    pub(super) version_sid: String,
    pub(super) phase: i64,
}

/// A Release (`FK…`): the newest one says which Configuration is live.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Release {
    pub(super) sid: String,
    pub(super) configuration_sid: String,
    pub(super) created: i64,
}

record!(Plugin, "plugins.plugins");
record!(Version, "plugins.versions");
record!(Configuration, "plugins.configurations");
record!(Release, "plugins.releases");

impl Named for Plugin {
    fn unique_name(&self) -> &str {
        &self.unique_name
    }
}
