//! What Sync keeps about a Map and its Items, and the names of the collections it keeps them in.
//!
//! Knows nothing of the two forms in which they are shown: see `twilsock::representation` and `sync_rest`.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::date::SyncDate;

/// Map SID -> [`MapRecord`].
pub(super) const MAPS: &str = "sync.maps";
/// `<namespace>/<unique name>` -> Map SID.
pub(super) const NAMES: &str = "sync.names";
/// `<instant>/<Map SID>/<key>` -> [`Expiry`], in the order of time.
pub(super) const EXPIRIES: &str = "sync.expiries";

/// Key -> [`ItemRecord`] of one Map.
pub(super) fn items_of(map_sid: &str) -> String {
    format!("sync.items.{map_sid}")
}

/// Key -> event id of the removal, for the keys that this Map once had.
pub(super) fn tombstones_of(map_sid: &str) -> String {
    format!("sync.gone.{map_sid}")
}

/// The Maps that belong together: a Sync Service, or what a Twilsock grant keeps to itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Namespace(String);

impl Namespace {
    /// The account's default Sync Service, which REST and the `data_sync` grant share.
    #[must_use]
    pub fn default_service() -> Self {
        Self("default".to_owned())
    }

    /// Another Sync Service, by its SID.
    #[must_use]
    pub fn service(sid: &str) -> Self {
        Self(sid.to_owned())
    }

    /// What a Twilsock connection with this grant sees.
    #[must_use]
    pub fn of_grant(grant: &str) -> Self {
        if grant == "data_sync" { Self::default_service() } else { Self(format!("grant:{grant}")) }
    }

    pub(super) fn name_key(&self, unique_name: &str) -> String {
        format!("{}/{unique_name}", self.0)
    }
}

/// A Sync Map.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MapRecord {
    /// `MP` and 32 lower-case hexadecimal digits.
    pub sid: String,
    /// Who can see it.
    pub namespace: Namespace,
    /// The name it was created with, if any.
    pub unique_name: Option<String>,
    /// The id of its latest event. It only ever grows, also across restarts.
    pub last_event_id: u64,
    /// When it was created.
    pub date_created: SyncDate,
    /// When it or one of its Items last changed.
    pub date_updated: SyncDate,
    /// When it will be removed, if ever.
    pub date_expires: Option<SyncDate>,
    /// The identity of its creator, `system` for REST.
    pub created_by: String,
}

impl MapRecord {
    /// The opaque revision.
    #[must_use]
    pub fn revision(&self) -> String {
        format!("{:x}", self.last_event_id)
    }
}

/// A Map Item.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ItemRecord {
    /// Its key in the Map.
    pub key: String,
    /// A JSON object of at most 16 KiB.
    pub data: Value,
    /// The id of the event that created it.
    pub created_event_id: u64,
    /// The id of the event that produced this version.
    pub last_event_id: u64,
    /// When it was created.
    pub date_created: SyncDate,
    /// When it last changed.
    pub date_updated: SyncDate,
    /// When it will be removed, if ever.
    pub date_expires: Option<SyncDate>,
    /// The identity of its creator, `system` for REST.
    pub created_by: String,
}

impl ItemRecord {
    /// The opaque revision that If-Match is compared with. No two versions under one key share it,
    /// not even when the key was removed and created again in between.
    #[must_use]
    pub fn revision(&self) -> String {
        format!("{:x}", self.last_event_id)
    }
}

/// What is to be removed at some instant: a Map, or one Item of it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Expiry {
    pub(super) map_sid: String,
    pub(super) key: Option<String>,
}

impl Expiry {
    pub(super) fn record_key(&self, at: SyncDate) -> String {
        format!("{}/{}/{}", at.sortable(), self.map_sid, self.key.as_deref().unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_data_sync_grant_sees_the_default_service_and_others_do_not() {
        assert_eq!(Namespace::of_grant("data_sync"), Namespace::default_service());
        assert_ne!(Namespace::of_grant("flex_insights"), Namespace::default_service());
        assert_ne!(Namespace::of_grant("default"), Namespace::default_service());
    }
}
