//! Whether every event leads to a widget that is there, and no call ends before it was handed over.

use std::collections::BTreeSet;

use super::finding::Finding;
use super::graph::{Graph, hands_over};
use crate::definition::{Flow, Transition, Widget};
use crate::problem::Problem;

pub(super) fn check(flow: &Flow, graph: &Graph<'_>) -> Vec<Finding> {
    let mut findings: Vec<Finding> = duplicate_names(flow).collect();
    findings.extend(missing_widgets(flow));
    let before = graph.before_handover();
    for widget in graph.reachable() {
        if widget.kind == "send-to-flex" {
            findings.extend(enqueue_failure(widget));
        } else if before.contains(widget.name.as_str()) && !hands_over(widget) {
            findings.extend(dead_ends(widget));
        }
    }
    findings
}

fn duplicate_names(flow: &Flow) -> impl Iterator<Item = Finding> + '_ {
    let mut seen = BTreeSet::new();
    let again = flow.states.iter().filter(move |widget| !seen.insert(widget.name.as_str()));
    again.map(|widget| Finding::new(&widget.name, Problem::DuplicateName))
}

fn missing_widgets(flow: &Flow) -> Vec<Finding> {
    let mut findings = Vec::new();
    if flow.widget(&flow.initial_state).is_none() {
        let problem = Problem::MissingWidget { event: "initial_state".to_owned(), next: flow.initial_state.clone() };
        findings.push(Finding::new("", problem));
    }
    for widget in &flow.states {
        for Transition { event, next, .. } in &widget.transitions {
            let next = next.as_deref().filter(|next| !next.is_empty() && flow.widget(next).is_none());
            let problem = next.map(|next| Problem::MissingWidget { event: event.clone(), next: next.to_owned() });
            findings.extend(problem.map(|problem| Finding::new(&widget.name, problem)));
        }
    }
    findings
}

/// The events that end the call, whether they are listed without a next widget or not listed at all.
fn dead_ends(widget: &Widget) -> Vec<Finding> {
    let listed = |event: &str| widget.transitions.iter().any(|transition| transition.event == event);
    let ends = |transition: &&Transition| transition.next.as_deref().unwrap_or_default().is_empty();
    let unlisted = events(&widget.kind).iter().copied().filter(|event| !listed(event));
    let ending = widget.transitions.iter().filter(ends).map(|transition| transition.event.as_str());
    ending
        .chain(unlisted)
        // Nobody is there any more to be dropped.
        .filter(|event| *event != "hangup")
        .map(|event| Finding::new(&widget.name, Problem::DeadEnd { event: event.to_owned() }))
        .collect()
}

fn enqueue_failure(widget: &Widget) -> Option<Finding> {
    let event = "failedToEnqueue";
    let problem = Problem::EnqueueFailureDropsCaller { event: event.to_owned() };
    widget.next(event).is_none().then(|| Finding::new(&widget.name, problem))
}

/// The events that a call can leave a widget by.
fn events(kind: &str) -> &'static [&'static str] {
    match kind {
        "gather-input-on-call" => &["keypress", "speech", "timeout"],
        "run-function" => &["success", "fail"],
        "make-http-request" => &["success", "failed"],
        "split-based-on" => &["noMatch"],
        "say-play" => &["audioComplete"],
        "set-variables" => &["next"],
        _ => &[],
    }
}
