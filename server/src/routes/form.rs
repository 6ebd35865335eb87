//! Writes a form anew as the JSON object that it stands for, so that a large one is read like JSON.
//!
//! Knows nothing of which fields an endpoint wants.

use serde::de::IgnoredAny;

use crate::error::ApiError;
use crate::strings;

/// How many fields a form may have.
pub(super) const MOST_FIELDS: usize = 64;

/// A form as the object that it stands for; of a repeated field, the first. All fields but `texts` hold JSON; what is
/// none counts as null.
pub(super) fn form_as_json(form: &[u8], texts: &[&str]) -> Result<Vec<u8>, ApiError> {
    let mut seen = Vec::new();
    let mut json = b"{".to_vec();
    for (name, value) in form_urlencoded::parse(form) {
        if seen.len() == MOST_FIELDS {
            return Err(ApiError::InvalidRequest(strings::BODY_NOT_UNDERSTOOD.to_owned()));
        }
        if seen.contains(&name) {
            continue;
        }
        if !seen.is_empty() {
            json.push(b',');
        }
        write_text(&mut json, &name)?;
        json.push(b':');
        if texts.contains(&name.as_ref()) {
            write_text(&mut json, &value)?;
        } else {
            json.extend_from_slice(json_or_null(&value).as_bytes());
        }
        seen.push(name);
    }
    json.push(b'}');
    Ok(json)
}

fn json_or_null(text: &str) -> &str {
    if serde_json::from_str::<IgnoredAny>(text).is_ok() { text } else { "null" }
}

fn write_text(json: &mut Vec<u8>, text: &str) -> Result<(), ApiError> {
    serde_json::to_writer(json, text).map_err(|error| ApiError::Internal(error.to_string()))
}
