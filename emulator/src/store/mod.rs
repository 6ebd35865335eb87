//! Embedded storage: records in named collections, JSON or bytes, in one file that survives kill -9, or in memory alone.
//! [`Store`] may be used by everybody, and inside it a [`Transaction`].
//! Does not know what the records mean. Keys are sorted by their bytes, as Sync sorts Map Items.

mod file;
mod memory;
mod rows;

use std::ops::Bound;
use std::path::Path;

use serde::Serialize;
use serde::de::DeserializeOwned;

use file::File;
use memory::Memory;
use rows::{Rows, RowsMut};

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
pub struct Transaction<'db>(&'db mut (dyn RowsMut + 'db));

fn decode<T: DeserializeOwned>(collection: &str, bytes: &[u8]) -> Result<T, StoreError> {
    serde_json::from_slice(bytes).map_err(|source| StoreError::Record { collection: collection.to_owned(), source })
}

/// One record, or none.
fn get<T: DeserializeOwned>(rows: &dyn Rows, collection: &str, key: &str) -> Result<Option<T>, StoreError> {
    let mut found = None;
    rows.get(collection, key, &mut |_, bytes| {
        found = Some(decode(collection, bytes)?);
        Ok(false)
    })?;
    Ok(found)
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
        get(self.rows(), collection, key)
    }

    /// The bytes of one record that was written as bytes, or none.
    ///
    /// # Errors
    ///
    /// [`StoreError`] when the file cannot be read.
    pub fn get_bytes(&self, collection: &str, key: &str) -> Result<Option<Vec<u8>>, StoreError> {
        let mut found = None;
        self.rows().get(collection, key, &mut |_, bytes| {
            found = Some(bytes.to_vec());
            Ok(false)
        })?;
        Ok(found)
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
        self.rows()
            .scan(collection, (from, to), backwards, &mut |key, bytes| Ok(visit(key, decode(collection, bytes)?)))
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
            Place::File(file) => file.write(|mut table| work(&mut Transaction(&mut table))),
            Place::Memory(memory) => memory.write(|copy| work(&mut Transaction(copy))),
        }
    }

    fn rows(&self) -> &dyn Rows {
        match &self.0 {
            Place::File(file) => file,
            Place::Memory(memory) => memory,
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
        get(&*self.0, collection, key)
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
        self.0.scan(collection, (from, to), backwards, &mut |key, bytes| Ok(visit(key, decode(collection, bytes)?)))
    }

    /// Writes a record, in place of the one under the same key.
    ///
    /// # Errors
    ///
    /// [`StoreError`] when the file cannot be written.
    pub fn put<T: Serialize>(&mut self, collection: &str, key: &str, record: &T) -> Result<(), StoreError> {
        let bytes = serde_json::to_vec(record)
            .map_err(|source| StoreError::Record { collection: collection.to_owned(), source })?;
        self.0.put(collection, key, bytes)
    }

    /// Writes bytes, in place of the record under the same key.
    ///
    /// # Errors
    ///
    /// [`StoreError`] when the file cannot be written.
    pub fn put_bytes(&mut self, collection: &str, key: &str, bytes: Vec<u8>) -> Result<(), StoreError> {
        self.0.put(collection, key, bytes)
    }

    /// Removes a record and says whether it was there.
    ///
    /// # Errors
    ///
    /// [`StoreError`] when the file cannot be written.
    pub fn delete(&mut self, collection: &str, key: &str) -> Result<bool, StoreError> {
        self.0.remove(collection, key)
    }

    /// Removes every record of every collection.
    ///
    /// # Errors
    ///
    /// [`StoreError`] when the file cannot be written.
    pub fn clear(&mut self) -> Result<(), StoreError> {
        self.0.clear()
    }
}

#[cfg(test)]
mod tests;
