//! A Map Item, and the row that it holds.
//!
//! <https://www.twilio.com/docs/sync/api/map-item-resource>

use serde_json::Value;
use shared::AgentExtension;

/// A Map Item as it was read.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    /// Its key: the extension number, or a Worker SID where an older tool wrote it.
    pub key: String,
    /// What it holds.
    pub data: Value,
    /// The number of the event that made this version; rises with every change of the Map.
    pub event_id: u64,
    /// When Sync last saw it change, in milliseconds since 1970.
    pub date_updated: Option<i64>,
}

/// A row and the key of its Map Item, which is not its number where an older tool wrote it.
#[derive(Clone, Debug, PartialEq)]
pub struct KeyedRow {
    /// The key of the Map Item.
    pub key: String,
    /// The row.
    pub row: AgentExtension,
}
