//! What must be true of a TaskQueue.

use serde_json::json;

use super::expression::evaluates_true;
use super::task_queue::TaskQueue;
use crate::records::Record;
use crate::rest::RestError;
use crate::store::{Store, StoreError};

/// The queue with a name, or none.
pub(super) fn queue_named(store: &Store, name: &str) -> Result<Option<TaskQueue>, StoreError> {
    Ok(store.all::<TaskQueue>(TaskQueue::COLLECTION)?.into_iter().find(|queue| queue.friendly_name == name))
}

/// Refuses a name that a queue other than `own_sid` has.
pub(super) fn require_free_name(store: &Store, name: &str, own_sid: Option<&str>) -> Result<(), RestError> {
    match queue_named(store, name)?.filter(|queue| Some(queue.sid.as_str()) != own_sid) {
        Some(_) => Err(RestError::bad_parameter(format!("A TaskQueue with the name {name} exists already"))),
        None => Ok(()),
    }
}

/// Refuses what is neither empty nor an expression.
pub(super) fn require_expression(target_workers: &str) -> Result<(), RestError> {
    if !target_workers.is_empty() {
        evaluates_true(target_workers, &json!({}))
            .map_err(|why| RestError::bad_parameter(format!("TargetWorkers: {why}")))?;
    }
    Ok(())
}
