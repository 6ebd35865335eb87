//! Embedded storage: JSON records in named collections, in one file that survives kill -9.
//!
//! Knows nothing of what the records mean. Keys are sorted by their bytes, as Sync sorts Map Items.

use std::ops::Bound;
use std::path::Path;

use redb::{Database, ReadableDatabase, ReadableTable, TableDefinition};
use serde::Serialize;
use serde::de::DeserializeOwned;

const RECORDS: TableDefinition<'_, (&str, &str), &[u8]> = TableDefinition::new("records");

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

/// The open file.
#[derive(Debug)]
pub struct Store {
    database: Database,
}

/// Records as they are inside one transaction. Nothing is written unless the whole transaction succeeds.
pub struct Transaction<'db> {
    table: redb::Table<'db, (&'static str, &'static str), &'static [u8]>,
}

fn database<E: Into<redb::Error>>(error: E) -> StoreError {
    StoreError::Database(error.into())
}

fn decode<T: DeserializeOwned>(collection: &str, bytes: &[u8]) -> Result<T, StoreError> {
    serde_json::from_slice(bytes).map_err(|source| StoreError::Record { collection: collection.to_owned(), source })
}

fn get_from<T: DeserializeOwned>(
    table: &impl ReadableTable<(&'static str, &'static str), &'static [u8]>,
    collection: &str,
    key: &str,
) -> Result<Option<T>, StoreError> {
    let row = table.get((collection, key)).map_err(database)?;
    row.map(|row| decode(collection, row.value())).transpose()
}

fn range_of<T: DeserializeOwned>(
    table: &impl ReadableTable<(&'static str, &'static str), &'static [u8]>,
    collection: &str,
    from: Bound<&str>,
    to: Bound<&str>,
    mut visit: impl FnMut(&str, T) -> bool,
    backwards: bool,
) -> Result<(), StoreError> {
    // A collection ends where the name with a trailing zero byte would begin.
    let after = format!("{collection}\0");
    let lower = match from {
        Bound::Included(key) => Bound::Included((collection, key)),
        Bound::Excluded(key) => Bound::Excluded((collection, key)),
        Bound::Unbounded => Bound::Included((collection, "")),
    };
    let upper = match to {
        Bound::Included(key) => Bound::Included((collection, key)),
        Bound::Excluded(key) => Bound::Excluded((collection, key)),
        Bound::Unbounded => Bound::Excluded((after.as_str(), "")),
    };
    let mut rows = table.range::<(&str, &str)>((lower, upper)).map_err(database)?;
    while let Some(row) = if backwards { rows.next_back() } else { rows.next() } {
        let (key, value) = row.map_err(database)?;
        if !visit(key.value().1, decode(collection, value.value())?) {
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
        let database = Database::create(path).map_err(self::database)?;
        let store = Self { database };
        store.write(|_| Ok::<_, StoreError>(()))?;
        Ok(store)
    }

    /// One record, or none.
    ///
    /// # Errors
    ///
    /// [`StoreError`] when the file or the record cannot be read.
    pub fn get<T: DeserializeOwned>(&self, collection: &str, key: &str) -> Result<Option<T>, StoreError> {
        let transaction = self.database.begin_read().map_err(database)?;
        let table = transaction.open_table(RECORDS).map_err(database)?;
        get_from(&table, collection, key)
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
        visit: impl FnMut(&str, T) -> bool,
    ) -> Result<(), StoreError> {
        let transaction = self.database.begin_read().map_err(database)?;
        let table = transaction.open_table(RECORDS).map_err(database)?;
        range_of(&table, collection, from, to, visit, backwards)
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
        let transaction = self.database.begin_write().map_err(database)?;
        let result = {
            let table = transaction.open_table(RECORDS).map_err(database)?;
            work(&mut Transaction { table })?
        };
        transaction.commit().map_err(database)?;
        Ok(result)
    }
}

impl Transaction<'_> {
    /// One record, or none, with what this transaction wrote so far.
    ///
    /// # Errors
    ///
    /// [`StoreError`] when the file or the record cannot be read.
    pub fn get<T: DeserializeOwned>(&self, collection: &str, key: &str) -> Result<Option<T>, StoreError> {
        get_from(&self.table, collection, key)
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
        visit: impl FnMut(&str, T) -> bool,
    ) -> Result<(), StoreError> {
        range_of(&self.table, collection, from, to, visit, backwards)
    }

    /// Writes a record, in place of the one under the same key.
    ///
    /// # Errors
    ///
    /// [`StoreError`] when the file cannot be written.
    pub fn put<T: Serialize>(&mut self, collection: &str, key: &str, record: &T) -> Result<(), StoreError> {
        let bytes = serde_json::to_vec(record)
            .map_err(|source| StoreError::Record { collection: collection.to_owned(), source })?;
        self.table.insert((collection, key), bytes.as_slice()).map_err(database)?;
        Ok(())
    }

    /// Removes a record and says whether it was there.
    ///
    /// # Errors
    ///
    /// [`StoreError`] when the file cannot be written.
    pub fn delete(&mut self, collection: &str, key: &str) -> Result<bool, StoreError> {
        Ok(self.table.remove((collection, key)).map_err(database)?.is_some())
    }

    /// Removes every record of every collection.
    ///
    /// # Errors
    ///
    /// [`StoreError`] when the file cannot be written.
    pub fn clear(&mut self) -> Result<(), StoreError> {
        self.table.retain(|_, _| false).map_err(database)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failed_transaction_writes_nothing_and_a_committed_one_survives_reopening() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("store.redb");
        {
            let store = Store::open(&file).unwrap();
            store.write(|tx| tx.put("a", "1", &1)).unwrap();
            let failed: Result<(), StoreError> = store.write(|tx| {
                tx.put("a", "2", &2)?;
                Err(StoreError::Record { collection: "a".into(), source: serde_json::from_str::<u8>("x").unwrap_err() })
            });
            assert!(failed.is_err());
        }
        let store = Store::open(&file).unwrap();
        assert_eq!(store.all::<u8>("a").unwrap(), [1]);
    }

    #[test]
    fn a_scan_stays_in_its_collection_and_follows_byte_order() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&folder.path().join("store.redb")).unwrap();
        store
            .write(|tx| {
                for (collection, key) in [("m", "2"), ("m", "10"), ("m", "é"), ("ma", "0"), ("l", "9")] {
                    tx.put(collection, key, &key)?;
                }
                Ok::<_, StoreError>(())
            })
            .unwrap();
        assert_eq!(store.all::<String>("m").unwrap(), ["10", "2", "é"]);
        let mut backwards = Vec::new();
        store
            .scan("m", Bound::Unbounded, Bound::Excluded("é"), true, |_, key: String| {
                backwards.push(key);
                true
            })
            .unwrap();
        assert_eq!(backwards, ["2", "10"]);
    }
}
