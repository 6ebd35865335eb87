//! The rows of an asset as they are shown to people: as they stand there, because other tools may have their own fields.
//!
//! Knows nothing of who sees them.

use serde_json::value::{RawValue, to_raw_value};
use shared::{Reading, RejectedRow};

use super::row::{is_plain, read_row};
use super::rows::{RowsError, for_each_text};

/// The rows of an asset.
#[derive(Debug, Default)]
pub(crate) struct Listed {
    /// All of them. One that not every reader of JSON takes, or that is very large, is there as far as it can be told.
    pub(crate) rows: Vec<Box<RawValue>>,
    /// Those among them that lead nowhere.
    pub(crate) rejected: Vec<RejectedRow>,
}

impl Listed {
    /// Reads the content of an asset.
    pub(super) fn read(content: &[u8]) -> Result<Self, RowsError> {
        let (mut reading, mut rows) = (Reading::default(), Vec::new());
        for_each_text(content, |json| {
            let row = read_row(json.get());
            let shown = if is_plain(json.get()) { Ok(json.to_owned()) } else { to_raw_value(&row) };
            // There is no value that can not be written.
            rows.push(shown.unwrap_or_else(|_| RawValue::NULL.to_owned()));
            reading.take(&row);
        })?;
        Ok(Self { rows, rejected: reading.rejected })
    }
}
