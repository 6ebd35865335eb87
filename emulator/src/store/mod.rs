//! Embedded storage: JSON records in named collections, in one file that survives kill -9, or in memory alone.
//! [`Store`] may be used by everybody, and inside it a [`Transaction`].
//! Does not know what the records mean. Keys are sorted by their bytes, as Sync sorts Map Items.

mod file;
mod memory;

use std::ops::Bound;
use std::path::Path;

use serde::Serialize;
use serde::de::DeserializeOwned;

use file::{File, Table};
use memory::{Copy, Memory};

/// The file could not be read or written.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The database refused.
    #[error("storage: {0}")]
    Database(#[from] redb::Error),
    /// A record is not what it should be.
    #[error("storage: a record of {collection} can not be read: {source}")]
    Record {
        /// The collection it is in.
        collection: String,
        /// What is wrong with it.
        source: serde_json::Error,
    },
}

impl StoreError {
    /// Whether another process holds the file.
    #[must_use]
    pub fn is_held(&self) -> bool {
        matches!(self, Self::Database(redb::Error::DatabaseAlreadyOpen))
    }
}

/// The open storage.
#[derive(Debug)]
pub struct Store(Place);

#[derive(Debug)]
enum Place {
    File(File),
    Memory(Memory),
}

/// Records as they are inside one transaction. Nothing is written unless the whole transaction succeeds.
pub struct Transaction<'db>(Writing<'db>);

enum Writing<'db> {
    File(Table<'db>),
    Memory(&'db mut Copy),
}

fn decode<T: DeserializeOwned>(collection: &str, bytes: &[u8]) -> Result<T, StoreError> {
    serde_json::from_slice(bytes).map_err(|source| StoreError::Record { collection: collection.to_owned(), source })
}

/// Visits what is in memory; the file does the same in its own way.
fn scan_copy(
    copy: &Copy,
    collection: &str,
    (from, to): (Bound<&str>, Bound<&str>),
    backwards: bool,
    mut visit: impl FnMut(&str, &[u8]) -> Result<bool, StoreError>,
) -> Result<(), StoreError> {
    let mut rows = copy.range(collection, from, to);
    while let Some((key, value)) = if backwards { rows.next_back() } else { rows.next() } {
        if !visit(key, value)? {
            break;
        }
    }
    Ok(())
}

impl Store {
    /// Opens the file, creating it if need be.
    ///
    /// # Errors
    ///
    /// [`StoreError`] when the file cannot be opened, for instance because another process holds it.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        Ok(Self(Place::File(File::open(path)?)))
    }

    /// An empty storage in memory, which ends with the process.
    #[must_use]
    pub fn in_memory() -> Self {
        Self(Place::Memory(Memory::default()))
    }

    /// The same records in a storage in memory that goes its own way; none of a file.
    #[must_use]
    pub fn fork(&self) -> Option<Self> {
        match &self.0 {
            Place::File(_) => None,
            Place::Memory(memory) => Some(Self(Place::Memory(memory.fork()))),
        }
    }

    /// One record, or none.
    ///
    /// # Errors
    ///
    /// [`StoreError`] when the file or the record cannot be read.
    pub fn get<T: DeserializeOwned>(&self, collection: &str, key: &str) -> Result<Option<T>, StoreError> {
        let decode = |bytes: &[u8]| decode(collection, bytes);
        match &self.0 {
            Place::File(file) => file.get(collection, key, decode),
            Place::Memory(memory) => memory.read().get(collection, key).map(decode).transpose(),
        }
    }

    /// Visits the records of a collection in the order of their keys, or backwards, until `visit` returns false.
    ///
    /// # Errors
    ///
    /// [`StoreError`] when the file or a record cannot be read.
    pub fn scan<T: DeserializeOwned>(
        &self,
        collection: &str,
        from: Bound<&str>,
        to: Bound<&str>,
        backwards: bool,
        mut visit: impl FnMut(&str, T) -> bool,
    ) -> Result<(), StoreError> {
        let visit = |key: &str, bytes: &[u8]| Ok(visit(key, decode(collection, bytes)?));
        match &self.0 {
            Place::File(file) => file.scan(collection, (from, to), backwards, visit),
            Place::Memory(memory) => scan_copy(&memory.read(), collection, (from, to), backwards, visit),
        }
    }

    /// All records of a collection in the order of their keys.
    ///
    /// # Errors
    ///
    /// [`StoreError`] when the file or a record cannot be read.
    pub fn all<T: DeserializeOwned>(&self, collection: &str) -> Result<Vec<T>, StoreError> {
        let mut records = Vec::new();
        self.scan(collection, Bound::Unbounded, Bound::Unbounded, false, |_, record| {
            records.push(record);
            true
        })?;
        Ok(records)
    }

    /// Runs one transaction: either everything in it is on disk when this returns, or nothing is.
    ///
    /// # Errors
    ///
    /// What `work` returns, or [`StoreError`] when the file cannot be written.
    pub fn write<R, E: From<StoreError>>(
        &self,
        work: impl FnOnce(&mut Transaction<'_>) -> Result<R, E>,
    ) -> Result<R, E> {
        match &self.0 {
            Place::File(file) => file.write(|table| work(&mut Transaction(Writing::File(table)))),
            Place::Memory(memory) => memory.write(|copy| work(&mut Transaction(Writing::Memory(copy)))),
        }
    }
}

impl Transaction<'_> {
    /// One record, or none, with what this transaction wrote so far.
    ///
    /// # Errors
    ///
    /// [`StoreError`] when the file or the record cannot be read.
    pub fn get<T: DeserializeOwned>(&self, collection: &str, key: &str) -> Result<Option<T>, StoreError> {
        let decode = |bytes: &[u8]| decode(collection, bytes);
        match &self.0 {
            Writing::File(table) => table.get(collection, key, decode),
            Writing::Memory(copy) => copy.get(collection, key).map(decode).transpose(),
        }
    }

    /// Visits the records of a collection; see [`Store::scan`].
    ///
    /// # Errors
    ///
    /// [`StoreError`] when the file or a record cannot be read.
    pub fn scan<T: DeserializeOwned>(
        &self,
        collection: &str,
        from: Bound<&str>,
        to: Bound<&str>,
        backwards: bool,
        mut visit: impl FnMut(&str, T) -> bool,
    ) -> Result<(), StoreError> {
        let visit = |key: &str, bytes: &[u8]| Ok(visit(key, decode(collection, bytes)?));
        match &self.0 {
            Writing::File(table) => table.scan(collection, (from, to), backwards, visit),
            Writing::Memory(copy) => scan_copy(copy, collection, (from, to), backwards, visit),
        }
    }

    /// Writes a record, in place of the one under the same key.
    ///
    /// # Errors
    ///
    /// [`StoreError`] when the file cannot be written.
    pub fn put<T: Serialize>(&mut self, collection: &str, key: &str, record: &T) -> Result<(), StoreError> {
        let bytes = serde_json::to_vec(record)
            .map_err(|source| StoreError::Record { collection: collection.to_owned(), source })?;
        match &mut self.0 {
            Writing::File(table) => table.put(collection, key, &bytes),
            Writing::Memory(copy) => {
                copy.put(collection, key, bytes);
                Ok(())
            }
        }
    }

    /// Removes a record and says whether it was there.
    ///
    /// # Errors
    ///
    /// [`StoreError`] when the file cannot be written.
    pub fn delete(&mut self, collection: &str, key: &str) -> Result<bool, StoreError> {
        match &mut self.0 {
            Writing::File(table) => table.remove(collection, key),
            Writing::Memory(copy) => Ok(copy.remove(collection, key)),
        }
    }

    /// Removes every record of every collection.
    ///
    /// # Errors
    ///
    /// [`StoreError`] when the file cannot be written.
    pub fn clear(&mut self) -> Result<(), StoreError> {
        match &mut self.0 {
            Writing::File(table) => table.clear(),
            Writing::Memory(copy) => {
                copy.clear();
                Ok(())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A storage of each kind; the folder holds the file.
    fn each_kind() -> (tempfile::TempDir, [Store; 2]) {
        let folder = tempfile::tempdir().unwrap();
        let file = Store::open(&folder.path().join("store.redb")).unwrap();
        (folder, [file, Store::in_memory()])
    }

    fn failing(tx: &mut Transaction<'_>) -> Result<(), StoreError> {
        tx.put("a", "2", &2)?;
        tx.delete("a", "1")?;
        Err(StoreError::Record { collection: "a".into(), source: serde_json::from_str::<u8>("x").unwrap_err() })
    }

    #[test]
    fn a_failed_transaction_writes_nothing() {
        let (_folder, stores) = each_kind();
        for store in stores {
            store.write(|tx| tx.put("a", "1", &1)).unwrap();
            assert!(store.write(failing).is_err());
            assert_eq!(store.all::<u8>("a").unwrap(), [1], "{store:?}");
        }
    }

    #[test]
    fn what_was_committed_to_a_file_survives_reopening() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("store.redb");
        Store::open(&file).unwrap().write(|tx| tx.put("a", "1", &1)).unwrap();
        assert_eq!(Store::open(&file).unwrap().all::<u8>("a").unwrap(), [1]);
    }

    #[test]
    fn a_scan_stays_in_its_collection_and_follows_byte_order() {
        let (_folder, stores) = each_kind();
        for store in stores {
            store
                .write(|tx| {
                    for (collection, key) in [("m", "2"), ("m", "10"), ("m", "é"), ("ma", "0"), ("l", "9")] {
                        tx.put(collection, key, &key)?;
                    }
                    Ok::<_, StoreError>(())
                })
                .unwrap();
            assert_eq!(store.all::<String>("m").unwrap(), ["10", "2", "é"], "{store:?}");
            let mut backwards = Vec::new();
            store
                .scan("m", Bound::Unbounded, Bound::Excluded("é"), true, |_, key: String| {
                    backwards.push(key);
                    true
                })
                .unwrap();
            assert_eq!(backwards, ["2", "10"], "{store:?}");
        }
    }

    #[test]
    fn a_reader_inside_a_transaction_sees_what_was_committed_and_the_transaction_its_own_writes() {
        let (_folder, stores) = each_kind();
        for store in stores {
            store.write(|tx| tx.put("a", "1", &1)).unwrap();
            store
                .write(|tx| {
                    tx.put("a", "1", &2)?;
                    assert_eq!((tx.get("a", "1")?, store.get("a", "1")?), (Some(2), Some(1)));
                    Ok::<_, StoreError>(())
                })
                .unwrap();
        }
    }

    #[test]
    fn a_fork_in_memory_goes_its_own_way() {
        let store = Store::in_memory();
        store.write(|tx| tx.put("a", "1", &1)).unwrap();
        let fork = store.fork().expect("memory can be forked");
        fork.write(|tx| tx.put("a", "2", &2)).unwrap();
        assert_eq!(store.all::<u8>("a").unwrap(), [1]);
        assert_eq!(fork.all::<u8>("a").unwrap(), [1, 2]);
    }
}
