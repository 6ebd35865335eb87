//! Reads what somebody wants to publish: row by row, so that a large body never stands in memory as a tree of values.
//!
//! From outside: [`submission`].
//!
//! Knows nothing of who sent it and of what is published.

use std::borrow::Cow;

use serde::de::{Error, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::Value;
use serde_json::value::RawValue;
use shared::{Directory, NumberRules};

use super::form::form_as_json;
use crate::directory::{LARGEST_ROW, MOST_ROWS};
use crate::error::ApiError;
use crate::publish::Submission;
use crate::strings;

/// How much room all rows may take together, in units of [`room_of`]: some 200 MB, more than [`MOST_ROWS`] honest ones.
const MOST_ROOM: usize = 30 * MOST_ROWS;
/// The fields of a form that are text; the others hold JSON.
const TEXTS: [&str; 2] = ["Token", "version"];

/// `POST /admin/update` with its rows still as text. See [`shared::wire::UpdateRequest`].
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Update<'a> {
    #[serde(borrow)]
    data: Rows<'a>,
    #[serde(default)]
    version: Option<String>,
    #[serde(default)]
    confirmed_count: Option<usize>,
}

/// What the body of an update asks to publish.
pub(super) fn submission(body: &[u8], is_form: bool, rules: &NumberRules) -> Result<Submission, ApiError> {
    let json = if is_form { Cow::Owned(form_as_json(body, &TEXTS)?) } else { Cow::Borrowed(body) };
    let update: Update<'_> = serde_json::from_slice(&json).map_err(|error| match error.classify() {
        serde_json::error::Category::Data => ApiError::InvalidRequest(strings::fields_wrong(&error.to_string())),
        _ => ApiError::InvalidRequest(strings::BODY_NOT_UNDERSTOOD.to_owned()),
    })?;
    Ok(Submission {
        directory: directory(&update.data, rules)?,
        version: update.version.filter(|version| !version.is_empty()),
        confirmed_count: update.confirmed_count,
    })
}

fn directory(rows: &Rows<'_>, rules: &NumberRules) -> Result<Directory, ApiError> {
    let (mut room, mut refusal) = (MOST_ROOM, None);
    let values = rows.0.iter().enumerate().map_while(|(row, json)| {
        let value = measured(row, json, &mut room);
        value.map_err(|error| refusal = Some(error)).ok()
    });
    let directory = Directory::parse(values, rules);
    refusal.map_or_else(|| Ok(directory?), Err)
}

/// The value of a row, unless there is not enough `room` for it; what it takes is taken from there.
fn measured(row: usize, json: &RawValue, room: &mut usize) -> Result<Value, ApiError> {
    let too_large = || ApiError::RowTooLarge { row };
    let text = Some(json.get()).filter(|text| text.len() <= LARGEST_ROW).ok_or_else(too_large)?;
    let value = serde_json::from_str(text).map_err(|_| ApiError::RowUnreadable { row })?;
    *room = room.checked_sub(room_of(&value)).ok_or_else(too_large)?;
    Ok(value)
}

/// How much memory a value takes, in units of about 32 bytes. An object of one field has room for many, so that it takes
/// a hundred times what it is in JSON.
fn room_of(value: &Value) -> usize {
    match value {
        Value::Array(values) => 1 + values.iter().map(room_of).sum::<usize>(),
        Value::Object(fields) => 20 + fields.values().map(room_of).sum::<usize>(),
        _ => 1,
    }
}

/// Rows as they stand in the body.
struct Rows<'a>(Vec<&'a RawValue>);

impl<'de: 'a, 'a> Deserialize<'de> for Rows<'a> {
    fn deserialize<D: Deserializer<'de>>(reader: D) -> Result<Self, D::Error> {
        reader.deserialize_seq(RowsVisitor)
    }
}

struct RowsVisitor;

impl<'de> Visitor<'de> for RowsVisitor {
    type Value = Rows<'de>;

    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("an array of rows")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut elements: A) -> Result<Self::Value, A::Error> {
        let mut rows = Vec::new();
        while let Some(row) = elements.next_element()? {
            if rows.len() == MOST_ROWS {
                return Err(A::Error::custom(strings::too_many_rows(MOST_ROWS)));
            }
            rows.push(row);
        }
        Ok(Rows(rows))
    }
}

#[cfg(test)]
mod tests;
