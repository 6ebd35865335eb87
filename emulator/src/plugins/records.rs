//! What is kept of each resource of the Plugins API, and how records are found.
//!
//! Knows nothing of HTTP. Instants are microseconds since 1970, no two the same, so that "newest" is never in doubt.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::store::{Store, StoreError, Transaction};

/// A record of one resource.
pub(super) trait Record: Serialize + DeserializeOwned {
    /// Where the records of this kind are kept.
    const COLLECTION: &'static str;
    /// The resource's SID.
    fn sid(&self) -> &str;
    /// When it was made.
    fn created(&self) -> i64;
}

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
    pub(super) plugins: Vec<Configured>,
    pub(super) created: i64,
}

/// A Version in a Configuration, and when the Flex UI loads it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Configured {
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

macro_rules! record {
    ($type:ty, $collection:literal) => {
        impl Record for $type {
            const COLLECTION: &'static str = $collection;
            fn sid(&self) -> &str {
                &self.sid
            }
            fn created(&self) -> i64 {
                self.created
            }
        }
    };
}

record!(Plugin, "plugins.plugins");
record!(Version, "plugins.versions");
record!(Configuration, "plugins.configurations");
record!(Release, "plugins.releases");

/// Writes a record, in place of the one with the same SID.
pub(super) fn put<T: Record>(tx: &mut Transaction<'_>, record: &T) -> Result<(), StoreError> {
    tx.put(T::COLLECTION, record.sid(), record)
}

/// The record with a SID.
pub(super) fn find<T: Record>(store: &Store, sid: &str) -> Result<Option<T>, StoreError> {
    store.get(T::COLLECTION, sid)
}

/// The records that pass `filter`, newest first.
pub(super) fn newest_first<T: Record>(store: &Store, filter: impl Fn(&T) -> bool) -> Result<Vec<T>, StoreError> {
    let mut records = store.all::<T>(T::COLLECTION)?;
    records.retain(filter);
    records.sort_by_key(|record| std::cmp::Reverse(record.created()));
    Ok(records)
}
