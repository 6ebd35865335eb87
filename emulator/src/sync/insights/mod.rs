//! The search indexes: `POST /v3/Insights/<index>/Items` with a query.
//!
//! Knows nothing of Maps. `tr-worker` has a row for each Worker; the other indexes exist and are empty.

pub mod lexer;
pub mod query;

use serde_json::{Value, json};

use super::error::SyncError;
use super::record::random_sid;
use crate::store::Store;
use crate::taskrouter;
use query::Query;

/// Answers a search: the rows that match, each under its key.
///
/// # Errors
///
/// [`SyncError`] 54507 or 54509 when the query cannot be understood, 20404 when there is no such index.
pub fn search(store: &Store, index: &str, body: &Value) -> Result<Value, SyncError> {
    let text = body["query_string"].as_str().unwrap_or_default();
    let query = Query::parse(text)?;
    let rows = match index {
        "tr-worker" => taskrouter::workers(store)?,
        "tr-task" | "tr-reservation" | "tr-queue" => Vec::new(),
        other => return Err(SyncError::unknown_path(other)),
    };
    let items: Vec<Value> = rows
        .into_iter()
        .filter(|row| query.matches(row))
        .map(|row| json!({ "key": row["worker_sid"], "data": row, "revision": 1 }))
        .collect();
    Ok(json!({ "query_id": random_sid("QR"), "last_event_id": 1, "items": items }))
}
