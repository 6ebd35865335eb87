//! Whether a second try can be answered by the reply to the first: Studio merges the replies of a widget that runs
//! again, and keeps the old one where the new one is no JSON object.
//!
//! <https://www.twilio.com/docs/studio/widget-library/run-function>

use super::finding::Finding;
use super::graph::{Graph, makes_request};
use crate::definition::{Condition, Transition, Widget};
use crate::liquid::variables;
use crate::problem::Problem;

/// One finding for each lookup in a loop, at the first widget that trusts what it answered before.
pub(super) fn check(graph: &Graph<'_>) -> Vec<Finding> {
    let lookups = graph.reachable().filter(|widget| makes_request(widget));
    let in_loops = lookups.filter(|lookup| graph.reached_from(lookup, &|_, _| true).contains(lookup.name.as_str()));
    in_loops.filter_map(|lookup| trusting(graph, lookup)).collect()
}

fn trusting(graph: &Graph<'_>, lookup: &Widget) -> Option<Finding> {
    let unguarded = graph
        .reached_from(graph.widget(&lookup.name)?, &|widget, transition| !guards(widget, transition, &lookup.name));
    let failing = lookup.transitions.iter().filter(|transition| transition.event.starts_with("fail"));
    let failed = graph.reached_by(failing, &|widget, _| widget.name != lookup.name);
    let trusts = |widget: &&Widget| {
        let name = widget.name.as_str();
        let read = fields_read(widget, &lookup.name);
        let decides = widget.kind == "split-based-on" || widget.kind == "set-variables";
        let by_found = read.contains(&"found");
        !read.is_empty() && ((decides && !by_found) || (!decides && unguarded.contains(name)) || failed.contains(name))
    };
    let problem = Problem::StaleParsed { lookup: lookup.name.clone() };
    graph.reachable().filter(|widget| widget.name != lookup.name).find(trusts).map(|at| Finding::new(&at.name, problem))
}

/// Whether a transition is only taken where the lookup found an agent.
pub(super) fn guards(widget: &Widget, transition: &Transition, lookup: &str) -> bool {
    if widget.kind != "split-based-on" || fields_read(widget, lookup).is_empty() {
        return false;
    }
    let conditions = || widget.transitions.iter().flat_map(|transition| &transition.conditions);
    if conditions().all(is_negative) {
        transition.event == "noMatch"
    } else {
        !transition.conditions.iter().any(is_negative) && transition.event == "match"
    }
}

/// Whether a condition holds where nobody was found.
fn is_negative(condition: &Condition) -> bool {
    let value = condition.value.trim().to_ascii_lowercase();
    condition.kind == "is_blank"
        || (condition.kind == "equal_to" && ["", "false", "null", "nil"].contains(&value.as_str()))
}

/// What a widget reads of the lookup's reply.
fn fields_read<'w>(widget: &'w Widget, lookup: &str) -> Vec<&'w str> {
    let reply = format!("widgets.{lookup}.parsed.");
    let arguments = widget
        .transitions
        .iter()
        .flat_map(|transition| &transition.conditions)
        .flat_map(|condition| &condition.arguments);
    let texts = ["input", "attributes", "say", "url", "body"].iter().filter_map(|property| widget.text(property));
    let values = ["variables", "parameters"].iter().flat_map(|property| widget.pairs(property)).map(|(_, value)| value);
    let paths = texts.chain(arguments.map(String::as_str)).chain(values).flat_map(variables).collect::<Vec<_>>();
    paths.into_iter().filter_map(|path| path.strip_prefix(reply.as_str())).collect()
}
