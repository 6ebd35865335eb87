//! Removes what has outlived its TTL, and tells those who listen.
//!
//! Nothing expired is ever seen: every turn begins with this.

use std::ops::Bound;

use super::error::SyncError;
use super::maps;
use super::records::{EXPIRIES, Expiry, MAPS, MapRecord};
use super::turn::{Turn, Writing};

impl Turn<'_> {
    pub(super) fn remove_expired(&mut self) -> Result<(), SyncError> {
        let now = self.now().sortable();
        let mut due: Vec<Expiry> = Vec::new();
        self.store.scan(EXPIRIES, Bound::Unbounded, Bound::Excluded(&now), false, |_, expiry| {
            due.push(expiry);
            true
        })?;
        if due.is_empty() {
            return Ok(());
        }
        self.write(|writing| due.iter().try_for_each(|expiry| remove(writing, expiry)))
    }
}

/// An Item of a Map that expired just before it is gone already.
fn remove(writing: &mut Writing<'_, '_>, expiry: &Expiry) -> Result<(), SyncError> {
    let Some(mut map) = writing.tx.get::<MapRecord>(MAPS, &expiry.map_sid)? else { return Ok(()) };
    let Some(key) = &expiry.key else { return maps::remove(writing, map) };
    if let Some(item) = writing.item(&map, key)? {
        writing.delete_item(&mut map, item)?;
    }
    Ok(())
}
