//! What can be done with a Map as a whole.
//!
//! Knows nothing of its Items' contents or of the front ends. Unique names are unique within a [`Namespace`].

use std::ops::Bound;

use super::error::SyncError;
use super::hub::ChangeKind;
use super::records::{Expiry, ItemRecord, MAPS, MapRecord, NAMES, Namespace, items_of, tombstones_of};
use super::ttl::Ttl;
use super::turn::{Turn, WriteTransaction};
use crate::sid::{looks_like_sid, random_sid};
use crate::store::StoreError;

impl Turn<'_> {
    /// Finds a Map by SID or unique name.
    ///
    /// # Errors
    ///
    /// [`SyncError`] 54200 or 54300 when this namespace has no such Map.
    pub fn fetch_map(&self, namespace: &Namespace, sid_or_name: &str) -> Result<MapRecord, SyncError> {
        let by_sid = looks_like_sid(sid_or_name);
        let sid = if by_sid {
            Some(sid_or_name.to_owned())
        } else {
            self.store.get::<String>(NAMES, &namespace.name_key(sid_or_name))?
        };
        let map = sid.map(|sid| self.store.get::<MapRecord>(MAPS, &sid)).transpose()?.flatten();
        match map.filter(|map| map.namespace == *namespace) {
            Some(map) => Ok(map),
            None if by_sid => Err(SyncError::map_not_found()),
            None => Err(SyncError::name_not_found()),
        }
    }

    /// All Maps of a namespace in the order of their SIDs.
    ///
    /// # Errors
    ///
    /// [`SyncError`] when the storage fails.
    pub fn list_maps(&self, namespace: &Namespace) -> Result<Vec<MapRecord>, SyncError> {
        let mut maps: Vec<MapRecord> = self.store.all(MAPS)?;
        maps.retain(|map| map.namespace == *namespace);
        Ok(maps)
    }

    /// Creates a Map.
    ///
    /// # Errors
    ///
    /// [`SyncError`] 54301 when the name is taken, 54302 when it cannot be a name.
    pub fn create_map(
        &mut self,
        namespace: &Namespace,
        unique_name: Option<&str>,
        ttl: Ttl,
        created_by: &str,
    ) -> Result<MapRecord, SyncError> {
        if unique_name.is_some_and(|name| !is_name(name)) {
            return Err(SyncError::invalid_name());
        }
        self.write(|transaction| create(transaction, namespace, unique_name, ttl, created_by))
    }

    /// Changes how long a Map lives. That is no event: nobody is told.
    ///
    /// # Errors
    ///
    /// [`SyncError`] when the storage fails.
    pub fn update_map_ttl(&mut self, mut map: MapRecord, ttl: Ttl) -> Result<MapRecord, SyncError> {
        self.write(|transaction| {
            let before = map.date_expires;
            map.date_expires = ttl.expires(transaction.now, before);
            map.date_updated = transaction.now;
            let expiry = Expiry { map_sid: map.sid.clone(), key: None };
            transaction.reschedule(&expiry, before, map.date_expires)?;
            transaction.tx.put(MAPS, &map.sid, &map)?;
            Ok(map)
        })
    }

    /// Removes a Map with everything in it.
    ///
    /// # Errors
    ///
    /// [`SyncError`] when the storage fails.
    pub fn remove_map(&mut self, map: MapRecord) -> Result<(), SyncError> {
        self.write(|transaction| remove(transaction, map))
    }
}

fn is_name(name: &str) -> bool {
    (1..=256).contains(&name.chars().count()) && !looks_like_sid(name)
}

fn create(
    transaction: &mut WriteTransaction<'_, '_>,
    namespace: &Namespace,
    unique_name: Option<&str>,
    ttl: Ttl,
    created_by: &str,
) -> Result<MapRecord, SyncError> {
    if let Some(name) = unique_name
        && transaction.tx.get::<String>(NAMES, &namespace.name_key(name))?.is_some()
    {
        return Err(SyncError::name_exists());
    }
    Ok(insert(transaction, namespace, unique_name, ttl, created_by)?)
}

pub(super) fn insert(
    transaction: &mut WriteTransaction<'_, '_>,
    namespace: &Namespace,
    unique_name: Option<&str>,
    ttl: Ttl,
    created_by: &str,
) -> Result<MapRecord, StoreError> {
    let map = MapRecord {
        sid: random_sid("MP"),
        namespace: namespace.clone(),
        unique_name: unique_name.map(str::to_owned),
        last_event_id: 0,
        date_created: transaction.now,
        date_updated: transaction.now,
        date_expires: ttl.expires(transaction.now, None),
        created_by: created_by.to_owned(),
    };
    if let Some(name) = unique_name {
        transaction.tx.put(NAMES, &namespace.name_key(name), &map.sid)?;
    }
    let expiry = Expiry { map_sid: map.sid.clone(), key: None };
    transaction.reschedule(&expiry, None, map.date_expires)?;
    transaction.tx.put(MAPS, &map.sid, &map)?;
    Ok(map)
}

pub(super) fn remove(transaction: &mut WriteTransaction<'_, '_>, mut map: MapRecord) -> Result<(), SyncError> {
    remove_items(transaction, &map)?;
    remove_tombstones(transaction, &map)?;
    if let Some(name) = &map.unique_name {
        transaction.tx.delete(NAMES, &map.namespace.name_key(name))?;
    }
    let expiry = Expiry { map_sid: map.sid.clone(), key: None };
    transaction.reschedule(&expiry, map.date_expires, None)?;
    transaction.advance(&mut map);
    let sid = map.sid.clone();
    transaction.announce(&map, ChangeKind::MapRemoved)?;
    transaction.tx.delete(MAPS, &sid)?;
    Ok(())
}

/// Removes the Items of a Map without an event for each: its own removal says enough.
fn remove_items(transaction: &mut WriteTransaction<'_, '_>, map: &MapRecord) -> Result<(), StoreError> {
    let mut items: Vec<ItemRecord> = Vec::new();
    transaction.tx.scan(&items_of(&map.sid), Bound::Unbounded, Bound::Unbounded, false, |_, item| {
        items.push(item);
        true
    })?;
    for item in items {
        transaction.tx.delete(&items_of(&map.sid), &item.key)?;
        let expiry = Expiry { map_sid: map.sid.clone(), key: Some(item.key) };
        transaction.reschedule(&expiry, item.date_expires, None)?;
    }
    Ok(())
}

fn remove_tombstones(transaction: &mut WriteTransaction<'_, '_>, map: &MapRecord) -> Result<(), StoreError> {
    let mut keys: Vec<String> = Vec::new();
    transaction.tx.scan(&tombstones_of(&map.sid), Bound::Unbounded, Bound::Unbounded, false, |key, _: u64| {
        keys.push(key.to_owned());
        true
    })?;
    for key in keys {
        transaction.tx.delete(&tombstones_of(&map.sid), &key)?;
    }
    Ok(())
}
