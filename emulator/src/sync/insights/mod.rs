//! The search of Sync's indexes, which Twilio calls live queries: a query over rows, each of which is a JSON object.
//! [`Query`] reads one, [`matching`] and [`reply`] answer it.
//! Does not know which indexes there are, nor where their rows come from.

mod lexer;
mod query;

use serde_json::{Value, json};

pub use query::Query;

use crate::sid::random_sid;

/// A row of an index.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// What no other row of the index has: the SID of a Worker.
    pub key: String,
    /// Larger after every change of the row.
    pub revision: i64,
    /// What is searched and shown, an object.
    pub data: Value,
}

/// The rows that a query asks for.
#[must_use]
pub fn matching(query: &Query, rows: Vec<Row>) -> Vec<Row> {
    rows.into_iter().filter(|row| query.matches(&row.data)).collect()
}

/// The answer to a search that found these rows, under a new `query_id`.
#[must_use]
pub fn reply(found: &[Row]) -> Value {
    json!({ "query_id": random_sid("QR"), "last_event_id": 1, "items": items(found) })
}

/// Rows as a client reads them.
#[must_use]
pub fn items(rows: &[Row]) -> Vec<Value> {
    rows.iter().map(|row| json!({ "key": row.key, "data": row.data, "revision": row.revision })).collect()
}
