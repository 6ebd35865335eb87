//! Puts our filters into an existing Workflow configuration and leaves every other byte of it as it is.
//!
//! Does not know what the other filters mean: it finds the place in the text, and inserts there.
//! A configuration is somebody's own work; formatting, the order of keys and numbers written their way survive.

use serde::Deserialize;
use serde_json::value::RawValue;
use serde_json::{Value, json};

use crate::settings::WorkflowSettings;
use crate::workflow::{FALLBACK_FILTER, ROUTING_FILTER, fallback_filter, routing_filter, workflow};

/// Why a configuration can not be added to. Nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum MergeError {
    /// It is no JSON, or a key is there twice.
    #[error("the configuration can not be read ({0}); mend it in TaskRouter, or start from an empty one")]
    Unreadable(#[from] serde_json::Error),
    /// It is JSON of another shape.
    #[error("{0} is not what TaskRouter writes; mend it in TaskRouter, or start from an empty one")]
    Unexpected(&'static str),
}

/// The top of a configuration: the text of `task_routing`, if there is one.
#[derive(Deserialize)]
struct Top<'a> {
    #[serde(borrow)]
    task_routing: Option<&'a RawValue>,
}

/// The text of the filters, if there are any.
#[derive(Deserialize)]
struct Routing<'a> {
    #[serde(borrow)]
    filters: Option<&'a RawValue>,
}

/// Puts the filters that ring agents by extension before all others of `existing`, which may be empty.
///
/// A filter of ours that is there already stays as it is, so a second merge changes nothing, and so does what an
/// administrator adapted. They come first because TaskRouter takes the first filter that matches.
///
/// # Errors
///
/// [`MergeError`] when `existing` is not a Workflow configuration.
pub fn merge_filter(existing: &str, settings: &WorkflowSettings) -> Result<String, MergeError> {
    if existing.trim().is_empty() {
        return Ok(workflow(settings).to_string());
    }
    let merged = with_filters(existing, settings)?;
    // A null or a list where an object should be would have been added to in the wrong place.
    serde_json::from_str::<Top<'_>>(&merged)?;
    let top: Value = serde_json::from_str(&merged)?;
    let ours = top["task_routing"]["filters"].as_array().into_iter().flatten();
    match ours.filter(|filter| named(filter) == Some(ROUTING_FILTER)).count() {
        0 => Err(MergeError::Unexpected("task_routing")),
        _ => Ok(merged),
    }
}

fn with_filters(existing: &str, settings: &WorkflowSettings) -> Result<String, MergeError> {
    let top: Top<'_> = serde_json::from_str(existing)?;
    let ours = json!([routing_filter(settings), fallback_filter(settings)]);
    let Some(routing) = top.task_routing else {
        return insert_member(existing, existing, "task_routing", &json!({"filters": ours}));
    };
    let parts: Routing<'_> = serde_json::from_str(routing.get())?;
    match parts.filters {
        None => insert_member(existing, routing.get(), "filters", &ours),
        Some(filters) => insert_filters(existing, filters.get(), settings),
    }
}

/// Ours stand together, the one that rings the agent first: the other one takes what that leaves.
fn insert_filters(existing: &str, filters: &str, settings: &WorkflowSettings) -> Result<String, MergeError> {
    let unexpected = |_| MergeError::Unexpected("task_routing.filters");
    let texts: Vec<&RawValue> = serde_json::from_str(filters).map_err(unexpected)?;
    let present: Vec<Value> = serde_json::from_str(filters).map_err(unexpected)?;
    let place = |name: &str| present.iter().position(|filter| named(filter) == Some(name));
    let (routing, fallback) = (routing_filter(settings), fallback_filter(settings));
    let beginning = position(existing, filters) + 1;
    let comma = if present.is_empty() { "" } else { "," };
    Ok(match (place(ROUTING_FILTER), place(FALLBACK_FILTER)) {
        (Some(_), Some(_)) => existing.to_owned(),
        (None, None) => insert(existing, beginning, &format!("{routing},{fallback}{comma}")),
        (None, Some(_)) => insert(existing, beginning, &format!("{routing}{comma}")),
        (Some(at), None) => {
            let text = texts[at].get();
            insert(existing, position(existing, text) + text.len(), &format!(",{fallback}"))
        }
    })
}

/// TaskRouter reads both spellings of a filter's name.
fn named(filter: &Value) -> Option<&str> {
    filter.get("filter_friendly_name").or_else(|| filter.get("friendly_name"))?.as_str()
}

/// Inserts a member at the beginning of `object`, which is a part of `text`.
fn insert_member(text: &str, object: &str, key: &str, value: &Value) -> Result<String, MergeError> {
    let opening = object.find('{').ok_or(MergeError::Unexpected("task_routing"))?;
    let is_empty = object[opening + 1..].trim_start().starts_with('}');
    let comma = if is_empty { "" } else { "," };
    Ok(insert(text, position(text, object) + opening + 1, &format!("\"{key}\":{value}{comma}")))
}

/// Where `part`, which is borrowed from `text`, begins in it.
fn position(text: &str, part: &str) -> usize {
    part.as_ptr().addr() - text.as_ptr().addr()
}

fn insert(text: &str, at: usize, what: &str) -> String {
    format!("{}{what}{}", &text[..at], &text[at..])
}
