//! The queue and the Workflow that a new Flex account has.

use super::task_queue::TaskQueue;
use super::workflow::Workflow;
use crate::account::{Account, CREATED_AT};
use crate::records::{Record, put};
use crate::store::{Store, StoreError, Transaction};

/// Whether they were written: a state that was seeded before there were TaskQueues has none.
///
/// # Errors
///
/// [`StoreError`] when the storage cannot be read.
pub fn has_defaults(store: &Store) -> Result<bool, StoreError> {
    Ok(!store.all::<TaskQueue>(TaskQueue::COLLECTION)?.is_empty())
}

/// Writes them.
///
/// # Errors
///
/// [`StoreError`] when the storage cannot be written.
pub fn put_defaults(tx: &mut Transaction<'_>, account: &Account) -> Result<(), StoreError> {
    let everyone = TaskQueue::everyone(account, CREATED_AT);
    put(tx, &Workflow::assign_to_anyone(account, &everyone.sid, CREATED_AT))?;
    put(tx, &everyone)
}
