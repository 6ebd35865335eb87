//! Whether the attributes of the call's Task are what TaskRouter takes, whatever the lookup answered.
//!
//! Does not compare them with what a Workflow reads; `attribute_spelling` does.
//! <https://www.twilio.com/docs/studio/widget-library/send-flex>

use serde_json::{Map, Value};

use super::attribute_spelling::is_worker;
use super::finding::Finding;
use super::graph::{Graph, makes_request};
use super::samples::{Sample, render_with};
use super::stale_replies::guards;
use crate::definition::Widget;
use crate::liquid::variables;
use crate::problem::Problem;

/// The most characters of attributes that Send to Flex takes.
const MOST_CHARACTERS: usize = 1024;
/// How much of a text is shown in a finding.
const SHOWN: usize = 200;

pub(super) fn check(graph: &Graph<'_>) -> Vec<Finding> {
    let senders = graph.reachable().filter(|widget| widget.kind == "send-to-flex");
    senders.flat_map(|widget| of_widget(graph, widget)).collect()
}

fn of_widget(graph: &Graph<'_>, widget: &Widget) -> Vec<Finding> {
    let template = widget.text("attributes").unwrap_or_default();
    if template.trim().is_empty() {
        return Vec::new();
    }
    let problems = problems(template, only_where_found(graph, widget, template));
    problems.into_iter().map(|problem| Finding::new(&widget.name, problem)).collect()
}

fn problems(template: &str, only_where_found: bool) -> Vec<Problem> {
    let mut problems = Vec::new();
    let samples = if only_where_found { &[Sample::Found][..] } else { &[Sample::Found, Sample::Missed] };
    for sample in samples {
        match render_with(template, *sample) {
            Err(error) => {
                let property = "attributes".to_owned();
                return vec![Problem::BrokenLiquid { property, reason: error.to_string() }];
            }
            Ok(text) => match serde_json::from_str::<Map<String, Value>>(&text) {
                Ok(attributes) if problems.is_empty() => problems.extend(quoted_null(&attributes)),
                Ok(_) => {}
                Err(_) if problems.is_empty() => {
                    problems.push(Problem::AttributesNotJson { rendered: text.chars().take(SHOWN).collect() });
                }
                Err(_) => {}
            },
        }
    }
    let characters = render_with(template, Sample::Longest).map_or(0, |text| text.chars().count());
    if characters > MOST_CHARACTERS {
        problems.push(Problem::AttributesTooLong { characters });
    }
    problems
}

/// A text where there should be a Worker's SID or null.
fn quoted_null(attributes: &Map<String, Value>) -> Option<Problem> {
    let made_up = |value: &Value| value.as_str().is_some_and(|text| !text.starts_with("WK"));
    let (attribute, _) = attributes.iter().find(|(name, value)| is_worker(name) && made_up(value))?;
    Some(Problem::QuotedNull { attribute: attribute.clone() })
}

/// Whether a call gets here only after the lookup that the attributes read from found an agent.
fn only_where_found(graph: &Graph<'_>, widget: &Widget, template: &str) -> bool {
    let lookups: Vec<&Widget> =
        graph.reachable().filter(|lookup| makes_request(lookup) && reads(template, lookup)).collect();
    let guarded = |lookup: &Widget| {
        let Some(lookup) = graph.widget(&lookup.name) else { return false };
        let unguarded = graph.reached_from(lookup, &|widget, transition| !guards(widget, transition, &lookup.name));
        !unguarded.contains(widget.name.as_str())
    };
    !lookups.is_empty() && lookups.into_iter().all(guarded)
}

fn reads(template: &str, lookup: &Widget) -> bool {
    let reply = format!("widgets.{}.parsed.", lookup.name);
    variables(template).iter().any(|path| path.starts_with(&reply))
}
