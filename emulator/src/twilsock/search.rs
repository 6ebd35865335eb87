//! `POST /v3/Insights/<index>/Items`: the search indexes and their rows.
//!
//! `tr-worker` has a row for each Worker; the other indexes exist and are empty. Does not know the query language.

use crate::store::Store;
use crate::sync::error::SyncError;
use crate::sync::insights::Row;
use crate::taskrouter;

/// The rows of an index.
///
/// # Errors
///
/// [`SyncError`] 20404 when there is no such index.
pub(super) fn rows(store: &Store, index: &str) -> Result<Vec<Row>, SyncError> {
    match index {
        "tr-worker" => Ok(taskrouter::worker_index(store)?),
        "tr-task" | "tr-reservation" | "tr-queue" => Ok(Vec::new()),
        other => Err(SyncError::unknown_path(other)),
    }
}
