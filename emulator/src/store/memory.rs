//! Records in memory alone: they are gone with the process.
//!
//! Knows nothing of JSON. Who reads sees what was committed last, as with the file: a transaction changes a copy.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::StoreError;
use super::rows::{Bounds, Rows, RowsMut, Visit};

/// Bytes by key.
type Collection = BTreeMap<Arc<str>, Arc<[u8]>>;

/// The collections by name. Each is copied by itself, because a transaction writes to few of them.
type Collections = BTreeMap<Arc<str>, Arc<Collection>>;

/// The records that were committed last.
#[derive(Debug, Default)]
pub(super) struct Memory {
    committed: Mutex<Arc<Collections>>,
    /// Held by the one transaction that writes.
    writing: Mutex<()>,
}

/// The records as they are inside one transaction, copied as far as it writes to them.
pub(super) struct Copy(Arc<Collections>);

impl Memory {
    /// The same records in a storage that goes its own way.
    pub(super) fn fork(&self) -> Self {
        Self { committed: Mutex::new(self.read().0), writing: Mutex::default() }
    }

    /// Runs one transaction, which is committed if `work` succeeds.
    pub(super) fn write<R, E>(&self, work: impl FnOnce(&mut Copy) -> Result<R, E>) -> Result<R, E> {
        let _turn = lock(&self.writing);
        let mut copy = self.read();
        let result = work(&mut copy)?;
        *lock(&self.committed) = copy.0;
        Ok(result)
    }

    /// The records as they are now; what is written later does not show in them.
    fn read(&self) -> Copy {
        Copy(lock(&self.committed).clone())
    }
}

impl Rows for Memory {
    fn get(&self, collection: &str, key: &str, visit: Visit<'_>) -> Result<(), StoreError> {
        self.read().get(collection, key, visit)
    }

    fn scan(&self, collection: &str, bounds: Bounds<'_>, backwards: bool, visit: Visit<'_>) -> Result<(), StoreError> {
        self.read().scan(collection, bounds, backwards, visit)
    }
}

impl Rows for Copy {
    fn get(&self, collection: &str, key: &str, visit: Visit<'_>) -> Result<(), StoreError> {
        if let Some(value) = self.0.get(collection).and_then(|rows| rows.get(key)) {
            visit(key, value)?;
        }
        Ok(())
    }

    fn scan(&self, collection: &str, bounds: Bounds<'_>, backwards: bool, visit: Visit<'_>) -> Result<(), StoreError> {
        let Some(rows) = self.0.get(collection) else { return Ok(()) };
        let mut rows = rows.range::<str, _>(bounds);
        while let Some((key, value)) = if backwards { rows.next_back() } else { rows.next() } {
            if !visit(key, value)? {
                break;
            }
        }
        Ok(())
    }
}

impl RowsMut for Copy {
    fn put(&mut self, collection: &str, key: &str, value: Vec<u8>) -> Result<(), StoreError> {
        let rows = Arc::make_mut(&mut self.0).entry(collection.into()).or_default();
        Arc::make_mut(rows).insert(key.into(), value.into());
        Ok(())
    }

    fn remove(&mut self, collection: &str, key: &str) -> Result<bool, StoreError> {
        let rows = Arc::make_mut(&mut self.0).get_mut(collection);
        Ok(rows.is_some_and(|rows| Arc::make_mut(rows).remove(key).is_some()))
    }

    fn clear(&mut self) -> Result<(), StoreError> {
        self.0 = Arc::default();
        Ok(())
    }
}

/// Nothing is half-written under these locks, so one that a panic left behind is still sound.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
