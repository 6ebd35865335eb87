//! Records in one file that survives kill -9.
//!
//! Knows nothing of JSON.

use std::ops::Bound;
use std::path::Path;

use redb::{Database, ReadableDatabase, ReadableTable, TableDefinition};

use super::StoreError;

const RECORDS: TableDefinition<'_, (&str, &str), &[u8]> = TableDefinition::new("records");

/// The open file.
#[derive(Debug)]
pub(super) struct File(Database);

/// The records as they are inside one transaction.
pub(super) struct Table<'db>(redb::Table<'db, (&'static str, &'static str), &'static [u8]>);

fn refused<E: Into<redb::Error>>(error: E) -> StoreError {
    StoreError::Database(error.into())
}

impl File {
    /// Opens the file, creating it if need be.
    pub(super) fn open(path: &Path) -> Result<Self, StoreError> {
        let file = Self(Database::create(path).map_err(refused)?);
        file.write(|_| Ok::<_, StoreError>(()))?;
        Ok(file)
    }

    pub(super) fn get<T>(
        &self,
        collection: &str,
        key: &str,
        decode: impl FnOnce(&[u8]) -> Result<T, StoreError>,
    ) -> Result<Option<T>, StoreError> {
        let table = self.0.begin_read().map_err(refused)?.open_table(RECORDS).map_err(refused)?;
        get_from(&table, collection, key, decode)
    }

    pub(super) fn scan(
        &self,
        collection: &str,
        bounds: (Bound<&str>, Bound<&str>),
        backwards: bool,
        visit: impl FnMut(&str, &[u8]) -> Result<bool, StoreError>,
    ) -> Result<(), StoreError> {
        let table = self.0.begin_read().map_err(refused)?.open_table(RECORDS).map_err(refused)?;
        scan_in(&table, collection, bounds, backwards, visit)
    }

    /// Runs one transaction, which is on disk when this returns if `work` succeeds.
    pub(super) fn write<R, E: From<StoreError>>(&self, work: impl FnOnce(Table<'_>) -> Result<R, E>) -> Result<R, E> {
        let transaction = self.0.begin_write().map_err(refused)?;
        let result = work(Table(transaction.open_table(RECORDS).map_err(refused)?))?;
        transaction.commit().map_err(refused)?;
        Ok(result)
    }
}

impl Table<'_> {
    pub(super) fn get<T>(
        &self,
        collection: &str,
        key: &str,
        decode: impl FnOnce(&[u8]) -> Result<T, StoreError>,
    ) -> Result<Option<T>, StoreError> {
        get_from(&self.0, collection, key, decode)
    }

    pub(super) fn scan(
        &self,
        collection: &str,
        bounds: (Bound<&str>, Bound<&str>),
        backwards: bool,
        visit: impl FnMut(&str, &[u8]) -> Result<bool, StoreError>,
    ) -> Result<(), StoreError> {
        scan_in(&self.0, collection, bounds, backwards, visit)
    }

    pub(super) fn put(&mut self, collection: &str, key: &str, value: &[u8]) -> Result<(), StoreError> {
        self.0.insert((collection, key), value).map_err(refused)?;
        Ok(())
    }

    pub(super) fn remove(&mut self, collection: &str, key: &str) -> Result<bool, StoreError> {
        Ok(self.0.remove((collection, key)).map_err(refused)?.is_some())
    }

    pub(super) fn clear(&mut self) -> Result<(), StoreError> {
        self.0.retain(|_, _| false).map_err(refused)
    }
}

type Records = (&'static str, &'static str);

fn get_from<T>(
    table: &impl ReadableTable<Records, &'static [u8]>,
    collection: &str,
    key: &str,
    decode: impl FnOnce(&[u8]) -> Result<T, StoreError>,
) -> Result<Option<T>, StoreError> {
    let row = table.get((collection, key)).map_err(refused)?;
    row.map(|row| decode(row.value())).transpose()
}

fn scan_in(
    table: &impl ReadableTable<Records, &'static [u8]>,
    collection: &str,
    (from, to): (Bound<&str>, Bound<&str>),
    backwards: bool,
    mut visit: impl FnMut(&str, &[u8]) -> Result<bool, StoreError>,
) -> Result<(), StoreError> {
    // A collection ends where the name with a trailing zero byte would begin.
    let after = format!("{collection}\0");
    let lower = match from {
        Bound::Unbounded => Bound::Included((collection, "")),
        bound => bound.map(|key| (collection, key)),
    };
    let upper = match to {
        Bound::Unbounded => Bound::Excluded((after.as_str(), "")),
        bound => bound.map(|key| (collection, key)),
    };
    let mut rows = table.range::<(&str, &str)>((lower, upper)).map_err(refused)?;
    while let Some(row) = if backwards { rows.next_back() } else { rows.next() } {
        let (key, value) = row.map_err(refused)?;
        if !visit(key.value().1, value.value())? {
            break;
        }
    }
    Ok(())
}
