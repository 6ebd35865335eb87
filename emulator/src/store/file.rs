//! Records in one file that survives kill -9.
//!
//! Knows nothing of JSON.

use std::ops::Bound;
use std::path::Path;

use redb::{Database, ReadableDatabase, ReadableTable, TableDefinition};

use super::StoreError;
use super::rows::{Bounds, Rows, RowsMut, Visit};

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

    /// Runs one transaction, which is on disk when this returns if `work` succeeds.
    pub(super) fn write<R, E: From<StoreError>>(&self, work: impl FnOnce(Table<'_>) -> Result<R, E>) -> Result<R, E> {
        let transaction = self.0.begin_write().map_err(refused)?;
        let result = work(Table(transaction.open_table(RECORDS).map_err(refused)?))?;
        transaction.commit().map_err(refused)?;
        Ok(result)
    }

    fn read(&self) -> Result<impl ReadableTable<Records, &'static [u8]>, StoreError> {
        self.0.begin_read().map_err(refused)?.open_table(RECORDS).map_err(refused)
    }
}

impl Rows for File {
    fn get(&self, collection: &str, key: &str, visit: Visit<'_>) -> Result<(), StoreError> {
        get_from(&self.read()?, collection, key, visit)
    }

    fn scan(&self, collection: &str, bounds: Bounds<'_>, backwards: bool, visit: Visit<'_>) -> Result<(), StoreError> {
        scan_in(&self.read()?, collection, bounds, backwards, visit)
    }
}

impl Rows for Table<'_> {
    fn get(&self, collection: &str, key: &str, visit: Visit<'_>) -> Result<(), StoreError> {
        get_from(&self.0, collection, key, visit)
    }

    fn scan(&self, collection: &str, bounds: Bounds<'_>, backwards: bool, visit: Visit<'_>) -> Result<(), StoreError> {
        scan_in(&self.0, collection, bounds, backwards, visit)
    }
}

impl RowsMut for Table<'_> {
    fn put(&mut self, collection: &str, key: &str, value: Vec<u8>) -> Result<(), StoreError> {
        self.0.insert((collection, key), value.as_slice()).map_err(refused)?;
        Ok(())
    }

    fn remove(&mut self, collection: &str, key: &str) -> Result<bool, StoreError> {
        Ok(self.0.remove((collection, key)).map_err(refused)?.is_some())
    }

    fn clear(&mut self) -> Result<(), StoreError> {
        self.0.retain(|_, _| false).map_err(refused)
    }
}

type Records = (&'static str, &'static str);

fn get_from(
    table: &impl ReadableTable<Records, &'static [u8]>,
    collection: &str,
    key: &str,
    visit: Visit<'_>,
) -> Result<(), StoreError> {
    if let Some(row) = table.get((collection, key)).map_err(refused)? {
        visit(key, row.value())?;
    }
    Ok(())
}

fn scan_in(
    table: &impl ReadableTable<Records, &'static [u8]>,
    collection: &str,
    (from, to): Bounds<'_>,
    backwards: bool,
    visit: Visit<'_>,
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
