//! Removes what has outlived its TTL, and tells those who listen.
//!
//! Nothing expired is ever seen: every turn begins with this.

use std::ops::Bound;

use super::error::SyncError;
use super::maps;
use super::records::{EXPIRIES, Expiry, MAPS, MapRecord};
use super::turn::{Turn, WriteTransaction};

impl Turn<'_> {
    /// `late` is by how many seconds it is removed too late.
    pub(super) fn remove_expired(&mut self, late: u32) -> Result<(), SyncError> {
        let now = self.now().minus_seconds(late).sortable();
        let mut due: Vec<Expiry> = Vec::new();
        self.store.scan(EXPIRIES, Bound::Unbounded, Bound::Excluded(&now), false, |_, expiry| {
            due.push(expiry);
            true
        })?;
        if due.is_empty() {
            return Ok(());
        }
        self.write(|transaction| due.iter().try_for_each(|expiry| remove(transaction, expiry)))
    }
}

/// An Item of a Map that expired just before it is gone already.
fn remove(transaction: &mut WriteTransaction<'_, '_>, expiry: &Expiry) -> Result<(), SyncError> {
    let Some(mut map) = transaction.tx.get::<MapRecord>(MAPS, &expiry.map_sid)? else { return Ok(()) };
    let Some(key) = &expiry.key else { return maps::remove(transaction, map) };
    if let Some(item) = transaction.item(&map, key)? {
        transaction.delete_item(&mut map, item)?;
    }
    Ok(())
}
