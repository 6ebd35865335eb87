//! Records in memory alone: they are gone with the process.
//!
//! Knows nothing of JSON. Who reads sees what was committed last, as with the file: a transaction changes a copy.

use std::collections::BTreeMap;
use std::ops::Bound;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Bytes by collection, a zero byte and key, so that byte order is the order of collections and of keys in them.
type Rows = BTreeMap<Arc<str>, Arc<[u8]>>;

/// The records that were committed last.
#[derive(Debug, Default)]
pub(super) struct Memory {
    committed: Mutex<Arc<Rows>>,
    /// Held by the one transaction that writes.
    writing: Mutex<()>,
}

/// The records as they are inside one transaction, copied at its first write.
pub(super) struct Copy(Arc<Rows>);

impl Memory {
    /// The records as they are now; what is written later does not show in them.
    pub(super) fn read(&self) -> Copy {
        Copy(lock(&self.committed).clone())
    }

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
}

impl Copy {
    pub(super) fn get(&self, collection: &str, key: &str) -> Option<&[u8]> {
        self.0.get(row_key(collection, key).as_str()).map(AsRef::as_ref)
    }

    /// The rows of a collection in the order of their keys.
    pub(super) fn range(
        &self,
        collection: &str,
        from: Bound<&str>,
        to: Bound<&str>,
    ) -> impl DoubleEndedIterator<Item = (&str, &[u8])> {
        let prefix = collection.len() + 1;
        let lower = match from {
            Bound::Unbounded => Bound::Included(row_key(collection, "")),
            bound => bound.map(|key| row_key(collection, key)),
        };
        let upper = match to {
            Bound::Unbounded => Bound::Excluded(format!("{collection}\u{1}")),
            bound => bound.map(|key| row_key(collection, key)),
        };
        let rows = self.0.range::<str, _>((lower.as_ref().map(String::as_str), upper.as_ref().map(String::as_str)));
        rows.map(move |(key, value)| (&key[prefix..], value.as_ref()))
    }

    pub(super) fn put(&mut self, collection: &str, key: &str, value: Vec<u8>) {
        Arc::make_mut(&mut self.0).insert(row_key(collection, key).into(), value.into());
    }

    pub(super) fn remove(&mut self, collection: &str, key: &str) -> bool {
        Arc::make_mut(&mut self.0).remove(row_key(collection, key).as_str()).is_some()
    }

    pub(super) fn clear(&mut self) {
        self.0 = Arc::default();
    }
}

fn row_key(collection: &str, key: &str) -> String {
    format!("{collection}\0{key}")
}

/// Nothing is half-written under these locks, so one that a panic left behind is still sound.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
