//! Whether every loop counts its tries: Studio ends the call when a widget runs for the tenth time.
//!
//! <https://www.twilio.com/docs/studio/widget-library/http-request>

use std::collections::BTreeSet;

use super::finding::Finding;
use super::graph::Graph;
use crate::definition::{Condition, Widget};
use crate::liquid::variables;
use crate::problem::Problem;

/// How often a widget may run.
const MOST_RUNS: f64 = 10.0;

/// A loop is capped if each way around it counts a variable up, and passes a split that reads that variable.
pub(super) fn check(graph: &Graph<'_>) -> Vec<Finding> {
    let caps: BTreeSet<String> = graph.reachable().filter_map(|widget| capped_variable(graph, widget)).collect();
    let counts = |widget: &Widget| counted_variables(widget).iter().any(|variable| caps.contains(*variable));
    let splits = |widget: &Widget| capped_variable(graph, widget).is_some();
    let mut findings = loops_without(graph, &counts);
    if findings.is_empty() {
        findings = loops_without(graph, &splits);
    }
    if findings.is_empty() && !loops_without(graph, &|_| false).is_empty() {
        findings.extend(skipping(graph, &counts));
    }
    findings
}

/// A widget that counts, and after which the same call can be counted again before a split looks: where the split asks
/// for one number exactly, that number can be skipped.
fn skipping(graph: &Graph<'_>, counts: &dyn Fn(&Widget) -> bool) -> Option<Finding> {
    let is_exact = |widget: &Widget| {
        let mut conditions = widget.transitions.iter().flat_map(|transition| &transition.conditions);
        conditions.any(|condition| condition.kind == "equal_to" && condition.value.trim().parse::<f64>().is_ok())
    };
    let is_split = |widget: &Widget| capped_variable(graph, widget).is_some();
    if !graph.reachable().any(|widget| is_split(widget) && is_exact(widget)) {
        return None;
    }
    let counters: Vec<&Widget> = graph.reachable().filter(|widget| counts(widget)).collect();
    let counted_twice = |widget: &&&Widget| {
        let Some(widget) = graph.widget(&widget.name) else { return false };
        let after = graph.reached_from(widget, &|widget, _| !is_split(widget));
        counters.iter().any(|counter| after.contains(counter.name.as_str()))
    };
    let twice = counters.iter().find(counted_twice)?;
    Some(Finding::new(&twice.name, Problem::UncappedRetry))
}

/// One finding for each loop that is still there without the widgets that `stop` it.
fn loops_without(graph: &Graph<'_>, stop: &dyn Fn(&Widget) -> bool) -> Vec<Finding> {
    let mut found: BTreeSet<&str> = BTreeSet::new();
    let mut findings = Vec::new();
    for widget in graph.reachable().filter(|widget| !stop(widget)) {
        let after = graph.reached_from(widget, &|widget, _| !stop(widget));
        if after.contains(widget.name.as_str()) && !found.contains(widget.name.as_str()) {
            findings.push(Finding::new(&widget.name, Problem::UncappedRetry));
            found.extend(after);
        }
    }
    findings
}

/// The variables that a widget sets to what they were and some more.
fn counted_variables(widget: &Widget) -> Vec<&str> {
    if widget.kind != "set-variables" {
        return Vec::new();
    }
    let own = |key: &str| format!("flow.variables.{key}");
    let counts = |key: &str, value: &str| value.contains("plus") && variables(value).contains(&own(key).as_str());
    widget.pairs("variables").into_iter().filter(|(key, value)| counts(key, value)).map(|(key, _)| key).collect()
}

/// The variable that a split reads to leave a loop in time: one of its ways does not come back.
fn capped_variable(graph: &Graph<'_>, widget: &Widget) -> Option<String> {
    let comes_back =
        |transition| graph.reached_by([transition].into_iter(), &|_, _| true).contains(widget.name.as_str());
    if widget.kind != "split-based-on" || widget.transitions.iter().all(comes_back) {
        return None;
    }
    let conditions = || widget.transitions.iter().flat_map(|transition| &transition.conditions);
    let in_time = |condition: &Condition| condition.value.trim().parse::<f64>().map_or(true, |most| most < MOST_RUNS);
    if !conditions().any(in_time) {
        return None;
    }
    let texts = conditions().flat_map(|condition| condition.arguments.iter().map(String::as_str));
    let read = texts.chain(widget.text("input")).flat_map(variables).collect::<Vec<_>>();
    read.iter().find_map(|path| path.strip_prefix("flow.variables.")).map(str::to_owned)
}
