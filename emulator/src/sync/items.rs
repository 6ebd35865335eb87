//! What can be done with the Items of a Map.
//!
//! Knows nothing of the front ends. Rules: <https://www.twilio.com/docs/sync/api/map-item-resource> and
//! <https://www.twilio.com/docs/sync/limits>.

use serde_json::Value;

use super::date::SyncDate;
use super::error::SyncError;
use super::hub::ChangeKind;
use super::records::{Expiry, ItemRecord, MAPS, MapRecord, items_of, tombstones_of};
use super::ttl::Ttl;
use super::turn::{Turn, WriteTransaction};
use crate::store::StoreError;

/// The largest data of an Item as compact JSON, in bytes.
pub const LARGEST_DATA: usize = 16 * 1024;

/// How many values of an Item may be in each other. A reader of JSON takes 128, and an Item stands in pages and events.
/// How many Twilio takes is not documented.
const DEEPEST_DATA: usize = 100;

/// What must be true of the Item for a write to happen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Condition<'a> {
    /// Nothing.
    Always,
    /// There is none under this key, or it is 409: how REST creates.
    New,
    /// There is none under this key, or it is 412: how the SDK says "only if absent".
    Absent,
    /// There is one, at this revision, or it is 412.
    Revision(&'a str),
}

impl<'a> Condition<'a> {
    /// Reads an If-Match header, bare or quoted; `-1` means that there must be no Item.
    #[must_use]
    pub fn from_if_match(header: Option<&'a str>) -> Self {
        match header.map(|header| header.trim().trim_matches('"')) {
            None => Self::Always,
            Some("-1") => Self::Absent,
            Some(revision) => Self::Revision(revision),
        }
    }

    fn check(self, item: Option<&ItemRecord>) -> Result<(), SyncError> {
        match (self, item) {
            (Self::New, Some(_)) => Err(SyncError::item_exists()),
            (Self::Absent, Some(_)) => Err(SyncError::revision_mismatch()),
            (Self::Revision(wanted), item) if item.is_none_or(|item| item.revision() != wanted) => {
                Err(SyncError::revision_mismatch())
            }
            _ => Ok(()),
        }
    }
}

/// What to write under a key.
#[derive(Clone, Debug)]
pub struct ItemWrite<'a> {
    /// The new data; `None` keeps what is.
    pub data: Option<Value>,
    /// How long the Item lives from now.
    pub ttl: Ttl,
    /// The identity of the writer, `system` for REST.
    pub by: &'a str,
}

/// An Item after a write.
#[derive(Clone, Debug, PartialEq)]
pub struct WrittenItem {
    /// The Item as it is now.
    pub item: ItemRecord,
    /// Whether there was none before.
    pub created: bool,
}

/// The event that removed an Item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ItemRemoval {
    /// Its id in the Map.
    pub event_id: u64,
    /// When it happened.
    pub at: SyncDate,
}

impl Turn<'_> {
    /// The Item under a key, if there is one.
    ///
    /// # Errors
    ///
    /// [`SyncError`] when the storage fails.
    pub fn find_item(&self, map: &MapRecord, key: &str) -> Result<Option<ItemRecord>, SyncError> {
        Ok(self.store.get(&items_of(&map.sid), key)?)
    }

    /// Writes an Item.
    ///
    /// # Errors
    ///
    /// [`SyncError`] when the key, the data or the condition does not hold.
    pub fn put_item(
        &mut self,
        map: &MapRecord,
        key: &str,
        put: &ItemWrite<'_>,
        condition: Condition<'_>,
    ) -> Result<WrittenItem, SyncError> {
        check_key(key)?;
        check_data(put.data.as_ref())?;
        self.write(|transaction| {
            let mut map = transaction.map(&map.sid)?;
            let known = transaction.item(&map, key)?;
            condition.check(known.as_ref())?;
            if known.is_none() && put.data.is_none() {
                return Err(SyncError::item_not_found());
            }
            let item = transaction.put_item(&mut map, key, put)?;
            Ok(WrittenItem { item, created: known.is_none() })
        })
    }

    /// Removes an Item.
    ///
    /// # Errors
    ///
    /// [`SyncError`] 54201 when there is none, 54205 when it is not at the revision asked for.
    pub fn remove_item(
        &mut self,
        map: &MapRecord,
        key: &str,
        condition: Condition<'_>,
    ) -> Result<ItemRemoval, SyncError> {
        self.write(|transaction| {
            let mut map = transaction.map(&map.sid)?;
            let item = transaction.item(&map, key)?.ok_or_else(SyncError::item_not_found)?;
            condition.check(Some(&item))?;
            transaction.delete_item(&mut map, item)?;
            Ok(ItemRemoval { event_id: map.last_event_id, at: map.date_updated })
        })
    }
}

impl WriteTransaction<'_, '_> {
    /// The Map as it is in this transaction: a reset may have taken it since it was found.
    fn map(&self, sid: &str) -> Result<MapRecord, SyncError> {
        self.tx.get(MAPS, sid)?.ok_or_else(SyncError::map_not_found)
    }

    pub(super) fn item(&self, map: &MapRecord, key: &str) -> Result<Option<ItemRecord>, StoreError> {
        self.tx.get(&items_of(&map.sid), key)
    }

    /// Writes an Item whose key and data have been checked. A new TTL alone is no event: nobody is told.
    pub(super) fn put_item(
        &mut self,
        map: &mut MapRecord,
        key: &str,
        put: &ItemWrite<'_>,
    ) -> Result<ItemRecord, StoreError> {
        let known = self.item(map, key)?;
        let before = known.as_ref().and_then(|item| item.date_expires);
        let added = known.is_none();
        let mut item = known.unwrap_or_else(|| self.new_item(key, put.by));
        item.date_expires = put.ttl.expires(self.now, before);
        item.date_updated = self.now;
        if let Some(data) = &put.data {
            item.data = data.clone();
            item.last_event_id = self.advance(map);
        }
        if added {
            item.created_event_id = item.last_event_id;
            self.tx.delete(&tombstones_of(&map.sid), key)?;
        }
        self.tx.put(&items_of(&map.sid), key, &item)?;
        let expiry = Expiry { map_sid: map.sid.clone(), key: Some(key.to_owned()) };
        self.reschedule(&expiry, before, item.date_expires)?;
        if put.data.is_some() {
            let kind = if added { ChangeKind::ItemAdded } else { ChangeKind::ItemUpdated };
            self.announce(map, kind(item.clone()))?;
        }
        Ok(item)
    }

    fn new_item(&self, key: &str, created_by: &str) -> ItemRecord {
        ItemRecord {
            key: key.to_owned(),
            data: Value::Null,
            created_event_id: 0,
            last_event_id: 0,
            date_created: self.now,
            date_updated: self.now,
            date_expires: None,
            created_by: created_by.to_owned(),
        }
    }
}

fn check_key(key: &str) -> Result<(), SyncError> {
    if (1..=256).contains(&key.chars().count()) { Ok(()) } else { Err(SyncError::invalid_key()) }
}

fn check_data(data: Option<&Value>) -> Result<(), SyncError> {
    match data {
        Some(data) if !data.is_object() || depth(data) > DEEPEST_DATA => Err(SyncError::invalid_data()),
        Some(data) if data.to_string().len() > LARGEST_DATA => Err(SyncError::too_large()),
        _ => Ok(()),
    }
}

/// How many values are in each other.
fn depth(value: &Value) -> usize {
    match value {
        Value::Array(items) => 1 + items.iter().map(depth).max().unwrap_or(0),
        Value::Object(fields) => 1 + fields.values().map(depth).max().unwrap_or(0),
        _ => 0,
    }
}
