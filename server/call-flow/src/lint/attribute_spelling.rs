//! Whether the Flow sets the attribute that the Workflow reads: JSON tells `workerSID` from `workerSid`.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::finding::Finding;
use super::samples::{Sample, render_with};
use super::workflow_filters::{KnownWorker, known_workers};
use crate::definition::{Flow, Widget};
use crate::problem::Problem;

/// For each attribute that is `read`: where the Flow sets it under another spelling, or not at all.
pub(super) fn of_flow(flow: &Flow, read: &[String]) -> Vec<Finding> {
    read.iter().filter_map(|read| misspelt(flow, read)).map(|(place, problem)| Finding::new(&place, problem)).collect()
}

/// The same, told at the filter that reads the attribute.
pub(super) fn of_workflow(flow: &Flow, configuration: &str) -> Vec<Finding> {
    let finding = |known: KnownWorker| {
        let (_, problem) = misspelt(flow, &known.attribute)?;
        Some(Finding::new(&known.filter, problem))
    };
    known_workers(configuration).into_iter().filter_map(finding).collect()
}

/// Whether an attribute is, in any spelling, the Worker's SID.
pub(super) fn is_worker(attribute: &str) -> bool {
    plain(attribute) == "workersid"
}

/// The widget that sets something like `read`, and how; none if some widget sets `read` itself.
fn misspelt(flow: &Flow, read: &str) -> Option<(String, Problem)> {
    let senders: Vec<(&Widget, BTreeSet<String>)> = flow
        .states
        .iter()
        .filter(|widget| widget.kind == "send-to-flex")
        .map(|widget| (widget, set_by(widget)))
        .collect();
    if senders.iter().any(|(_, set)| set.contains(read)) {
        return None;
    }
    let near = senders.iter().find_map(|(widget, set)| {
        let near = set.iter().find(|name| plain(name) == plain(read))?;
        Some((widget.name.clone(), near.clone()))
    });
    let (place, set) = near.map_or((String::new(), None), |(place, set)| (place, Some(set)));
    Some((place, Problem::AttributeSpelling { set, read: read.to_owned() }))
}

/// The attributes that a Send to Flex widget sets when the lookup found somebody.
fn set_by(widget: &Widget) -> BTreeSet<String> {
    let rendered = render_with(widget.text("attributes").unwrap_or_default(), Sample::Found).unwrap_or_default();
    let attributes: Map<String, Value> = serde_json::from_str(&rendered).unwrap_or_default();
    attributes.keys().cloned().collect()
}

fn plain(name: &str) -> String {
    name.chars().filter(char::is_ascii_alphanumeric).map(|letter| letter.to_ascii_lowercase()).collect()
}
