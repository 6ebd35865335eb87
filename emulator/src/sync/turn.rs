//! One turn at the Maps: reads, writes and subscriptions happen one turn after the other, in one order for everybody.
//!
//! Knows nothing of who takes the turn. What was changed is announced when the turn is dropped, so a writer that queues
//! its own answer before that gets the answer first.

use std::sync::{Arc, MutexGuard};

use super::date::SyncDate;
use super::hub::{Change, ChangeKind, Hub};
use super::records::{EXPIRIES, Expiry, ItemRecord, MAPS, MapRecord, items_of, tombstones_of};
use crate::clock::Clock;
use crate::store::{Store, StoreError, Transaction};

/// Exclusive access to the Maps and to the connections that listen to them.
#[derive(Debug)]
pub struct Turn<'a> {
    clock: &'a Clock,
    pub(super) hub: MutexGuard<'a, Hub>,
    pub(super) store: &'a Store,
    changes: Vec<Change>,
}

impl<'a> Turn<'a> {
    pub(super) fn new(clock: &'a Clock, hub: MutexGuard<'a, Hub>, store: &'a Store) -> Self {
        Self { clock, hub, store, changes: Vec::new() }
    }

    pub(super) fn now(&self) -> SyncDate {
        SyncDate::now(self.clock)
    }

    /// Runs one transaction; its changes are announced at the end of the turn if it succeeds, else nothing has happened.
    pub(super) fn write<R, E: From<StoreError>>(
        &mut self,
        work: impl FnOnce(&mut WriteTransaction<'_, '_>) -> Result<R, E>,
    ) -> Result<R, E> {
        let (now, mut changes) = (self.now(), Vec::new());
        let result = self.store.write(|tx| work(&mut WriteTransaction { tx, now, changes: &mut changes }))?;
        self.changes.append(&mut changes);
        Ok(result)
    }
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        for change in self.changes.drain(..) {
            self.hub.publish(&Arc::new(change));
        }
    }
}

/// A transaction of the storage in progress, with the changes that the turn announces once it has succeeded.
pub(super) struct WriteTransaction<'w, 'db> {
    pub(super) tx: &'w mut Transaction<'db>,
    pub(super) now: SyncDate,
    changes: &'w mut Vec<Change>,
}

impl WriteTransaction<'_, '_> {
    /// Gives the Map its next event id and the present date, and announces what happened under that id.
    pub(super) fn announce(&mut self, map: &MapRecord, kind: ChangeKind) -> Result<(), StoreError> {
        self.tx.put(MAPS, &map.sid, map)?;
        self.changes.push(Change { map: map.clone(), kind });
        Ok(())
    }

    /// The next event id of the Map, which changes now.
    pub(super) fn advance(&self, map: &mut MapRecord) -> u64 {
        map.last_event_id += 1;
        map.date_updated = self.now;
        map.last_event_id
    }

    /// Moves the instant at which a Map or an Item is to be removed.
    pub(super) fn reschedule(
        &mut self,
        expiry: &Expiry,
        before: Option<SyncDate>,
        after: Option<SyncDate>,
    ) -> Result<(), StoreError> {
        if let Some(before) = before {
            self.tx.delete(EXPIRIES, &expiry.record_key(before))?;
        }
        if let Some(after) = after {
            self.tx.put(EXPIRIES, &expiry.record_key(after), expiry)?;
        }
        Ok(())
    }

    /// Removes an Item, leaves a tombstone under its key and announces it.
    pub(super) fn delete_item(&mut self, map: &mut MapRecord, item: ItemRecord) -> Result<(), StoreError> {
        let event_id = self.advance(map);
        self.tx.delete(&items_of(&map.sid), &item.key)?;
        self.tx.put(&tombstones_of(&map.sid), &item.key, &event_id)?;
        let expiry = Expiry { map_sid: map.sid.clone(), key: Some(item.key.clone()) };
        self.reschedule(&expiry, item.date_expires, None)?;
        self.announce(map, ChangeKind::ItemRemoved(item))
    }
}
