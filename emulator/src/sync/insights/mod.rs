//! The search of Sync's indexes, which Twilio calls live queries: a query over rows, each of which is a JSON object.
//! [`Query`] reads one, [`search`] answers it.
//! Does not know which indexes there are, nor where their rows come from.

mod lexer;
mod query;

use serde_json::{Value, json};

pub use query::Query;

use crate::sid::random_sid;

/// Answers a search: the rows that match, each under its key.
#[must_use]
pub fn search(query: &Query, rows: Vec<Value>) -> Value {
    let items: Vec<Value> = rows
        .into_iter()
        .filter(|row| query.matches(row))
        .map(|row| json!({ "key": row["worker_sid"], "data": row, "revision": 1 }))
        .collect();
    json!({ "query_id": random_sid("QR"), "last_event_id": 1, "items": items })
}
