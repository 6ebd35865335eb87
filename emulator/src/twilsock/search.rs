//! `POST /v3/Insights/<index>/Items`: the search indexes and their rows.
//!
//! `tr-worker` has a row for each Worker; the other indexes exist and are empty. Does not know the query language.

use serde_json::Value;

use crate::store::Store;
use crate::sync::error::SyncError;
use crate::sync::insights::{self, Query};
use crate::taskrouter;

/// Answers a search in an index.
///
/// # Errors
///
/// [`SyncError`] 54507 or 54509 when the query cannot be understood, 20404 when there is no such index.
pub(super) fn search(store: &Store, index: &str, body: &Value) -> Result<Value, SyncError> {
    let query = Query::parse(body["query_string"].as_str().unwrap_or_default())?;
    let rows = match index {
        "tr-worker" => taskrouter::worker_index(store)?,
        "tr-task" | "tr-reservation" | "tr-queue" => Vec::new(),
        other => return Err(SyncError::unknown_path(other)),
    };
    Ok(insights::search(&query, rows))
}
