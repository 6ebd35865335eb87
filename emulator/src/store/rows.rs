//! What a place for records can do, be it the file or memory, inside a transaction or not.
//!
//! Knows nothing of JSON.

use std::ops::Bound;

use super::StoreError;

/// From which key to which.
pub(super) type Bounds<'a> = (Bound<&'a str>, Bound<&'a str>);

/// What is told of a record, by its key; it goes on if that returns true.
pub(super) type Visit<'a> = &'a mut dyn FnMut(&str, &[u8]) -> Result<bool, StoreError>;

/// Records that can be read.
pub(super) trait Rows {
    /// Visits one record, if it is there.
    fn get(&self, collection: &str, key: &str, visit: Visit<'_>) -> Result<(), StoreError>;

    /// Visits the records of a collection in the order of their keys, or backwards.
    fn scan(&self, collection: &str, bounds: Bounds<'_>, backwards: bool, visit: Visit<'_>) -> Result<(), StoreError>;
}

/// Records that can be written.
pub(super) trait RowsMut: Rows {
    /// Writes a record, in place of the one under the same key.
    fn put(&mut self, collection: &str, key: &str, value: Vec<u8>) -> Result<(), StoreError>;

    /// Removes a record and says whether it was there.
    fn remove(&mut self, collection: &str, key: &str) -> Result<bool, StoreError>;

    /// Removes every record of every collection.
    fn clear(&mut self) -> Result<(), StoreError>;
}
