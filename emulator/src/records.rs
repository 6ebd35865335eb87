//! Records that have a SID: each kind in a collection of its own, found by SID or listed newest first.
//!
//! Knows nothing of HTTP, nor of what the records mean. Instants are microseconds since 1970.

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::clock::Clock;
use crate::store::{Store, StoreError, Transaction};

/// Where the latest instant is kept. Named after the first API that used it: data folders have it under this name.
const LAST_INSTANT: &str = "serverless.clock";

/// A record of one resource.
pub trait Record: Serialize + DeserializeOwned {
    /// Where the records of this kind are kept.
    const COLLECTION: &'static str;
    /// The resource's SID.
    fn sid(&self) -> &str;
    /// When it was created.
    fn created(&self) -> i64;
}

/// A record that can be asked for by a name which no other of its kind has.
pub trait Named: Record {
    /// That name.
    fn unique_name(&self) -> &str;
}

/// Makes a struct with the fields `sid` and `created` a [`Record`] of a collection.
macro_rules! record {
    ($type:ty, $collection:literal) => {
        impl $crate::records::Record for $type {
            const COLLECTION: &'static str = $collection;
            fn sid(&self) -> &str {
                &self.sid
            }
            fn created(&self) -> i64 {
                self.created
            }
        }
    };
}
pub(crate) use record;

/// Now, but later than every instant that was given out before, so that "newest" is never in doubt.
///
/// # Errors
///
/// [`StoreError`] when the storage cannot be written.
pub fn unique_now(tx: &mut Transaction<'_>, clock: &Clock) -> Result<i64, StoreError> {
    let last: i64 = tx.get(LAST_INSTANT, LAST_INSTANT)?.unwrap_or(0);
    let instant = clock.now_microseconds().max(last + 1);
    tx.put(LAST_INSTANT, LAST_INSTANT, &instant)?;
    Ok(instant)
}

/// Writes a record, in place of the one with the same SID.
///
/// # Errors
///
/// [`StoreError`] when the storage cannot be written.
pub fn put<T: Record>(tx: &mut Transaction<'_>, record: &T) -> Result<(), StoreError> {
    tx.put(T::COLLECTION, record.sid(), record)
}

/// The record with a SID, or none.
///
/// # Errors
///
/// [`StoreError`] when the storage cannot be read.
pub fn find<T: Record>(store: &Store, sid: &str) -> Result<Option<T>, StoreError> {
    store.get(T::COLLECTION, sid)
}

/// The records of a kind that pass `filter`, newest first.
///
/// # Errors
///
/// [`StoreError`] when the storage cannot be read.
pub fn newest_first<T: Record>(store: &Store, filter: impl Fn(&T) -> bool) -> Result<Vec<T>, StoreError> {
    let mut records = store.all::<T>(T::COLLECTION)?;
    records.retain(filter);
    records.sort_by_key(|record| std::cmp::Reverse(record.created()));
    Ok(records)
}
