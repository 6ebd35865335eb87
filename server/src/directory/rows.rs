//! The rows of an asset, one by one: how many others there are and what stands in them costs no row its agent, and none
//! of them takes more memory than it has to.
//!
//! Knows nothing of where the content comes from and of what becomes of a row.

use serde::Deserializer;
use serde::de::{Error, SeqAccess, Visitor};
use serde_json::Value;
use serde_json::value::RawValue;
use shared::Reading;

use super::row::read_row;

/// More rows than this are no directory: it is more than a protected asset has room for.
pub(crate) const MOST_ROWS: usize = 200_000;
/// The UTF-8 byte order mark, with which some editors begin a file (RFC 8259, 8.1 lets a reader skip it).
const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();
/// What a reader says of a value repeats the value, which may be as long as the asset.
const LONGEST_PROBLEM: usize = 200;

/// Why content can not be split into rows.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum RowsError {
    /// It is no JSON array; holds what is wrong with it and where.
    NotAnArray(String),
    /// It has more than [`MOST_ROWS`].
    TooMany,
}

/// Hands over one row after another, as far as each can be told. What was handed over counts only if there is no error.
pub(crate) fn for_each_row(content: &[u8], mut take: impl FnMut(&Value)) -> Result<(), RowsError> {
    for_each_text(content, |row| take(&read_row(row.get())))
}

/// Reads all rows.
pub(crate) fn read(content: &[u8]) -> Result<Reading, RowsError> {
    let mut reading = Reading::default();
    for_each_row(content, |row| reading.take(row))?;
    Ok(reading)
}

/// Hands over one row after another as JSON. Bytes that are no UTF-8 are U+FFFD in there: they can only stand in a text,
/// or the rest of the content is no JSON either.
pub(super) fn for_each_text(content: &[u8], take: impl FnMut(&RawValue)) -> Result<(), RowsError> {
    let text = String::from_utf8_lossy(content.strip_prefix(BYTE_ORDER_MARK).unwrap_or(content));
    let mut reader = serde_json::Deserializer::from_str(&text);
    let mut rows = 0;
    match reader.deserialize_seq(EachRow { take, rows: &mut rows }).and_then(|()| reader.end()) {
        Ok(()) => Ok(()),
        Err(_) if rows > MOST_ROWS => Err(RowsError::TooMany),
        Err(error) => Err(RowsError::NotAnArray(error.to_string().chars().take(LONGEST_PROBLEM).collect())),
    }
}

/// Reads an array without keeping it.
struct EachRow<'a, Take> {
    take: Take,
    /// How many there were so far.
    rows: &'a mut usize,
}

impl<'de, Take: FnMut(&RawValue)> Visitor<'de> for EachRow<'_, Take> {
    type Value = ();

    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("an array of rows")
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut elements: A) -> Result<(), A::Error> {
        while let Some(row) = elements.next_element::<&RawValue>()? {
            *self.rows += 1;
            if *self.rows > MOST_ROWS {
                return Err(A::Error::custom("too many rows"));
            }
            (self.take)(row);
        }
        Ok(())
    }
}
