//! The linter against the simulator: a Flow in which no rule finds anything never drops a caller, nor rings an agent
//! whom nobody asked for.
//!
//! Every Flow that is one changed transition away from the generated one is called by every kind of caller.

use call_flow::definition::Flow;
use call_flow::{LintContext, lint_flow};
use serde_json::{Value, json};
use shared::NumberRules;

use super::contact_centre::ContactCentre;
use super::execution::{End, Execution};
use super::request::LookupClient;
use super::{CallerAction, client, definition, keys};

/// Every definition that differs from `flow` in where one event leads.
fn changed(flow: &Value) -> Vec<(String, Value)> {
    let states = flow["states"].as_array().unwrap();
    let names: Vec<Value> = states.iter().map(|state| state["name"].clone()).chain([Value::Null]).collect();
    let mut changed = Vec::new();
    for (s, state) in states.iter().enumerate().skip(1) {
        for (t, transition) in state["transitions"].as_array().unwrap().iter().enumerate() {
            for next in names.iter().filter(|next| **next != transition["next"]) {
                let mut other = flow.clone();
                other["states"][s]["transitions"][t]["next"] = next.clone();
                changed.push((format!("{} at {} leads to {next}", state["name"], transition["event"]), other));
            }
        }
    }
    changed
}

/// What is wrong with how a call ended, if anything.
fn mishap(end: End, asked_for: bool, worker: &str) -> Option<String> {
    match end {
        End::Dropped { at } => Some(format!("dropped at {at}")),
        End::Enqueued { attributes, .. } => match attributes["workerSID"].as_str() {
            None => None,
            Some(sid) if sid == worker && asked_for => None,
            Some(sid) => Some(format!("{sid} was not asked for")),
        },
    }
}

#[tokio::test]
async fn a_flow_in_which_nothing_is_found_never_drops_a_caller_nor_rings_the_wrong_agent() {
    let centre = ContactCentre::new(|_| {}).await;
    let right = keys(&format!("{}#", centre.extension));
    let callers: Vec<Vec<CallerAction>> = vec![
        vec![right.clone()],
        vec![keys("9999#"), keys("9998#"), keys("9997#")],
        vec![],
        vec![CallerAction::Speaks, CallerAction::Waits, right.clone()],
        vec![keys("9999#"), CallerAction::Waits, keys("9998#")],
    ];
    let up = client(&centre);
    let down = LookupClient { local: "http://127.0.0.1:1".to_owned(), ..up.clone() };
    let rules = NumberRules { min_digits: 2, max_digits: 10, reserved: Vec::new() };
    let context = LintContext { rules: Some(rules), ..LintContext::default() };
    let flow = definition(&centre.workflow, "terminator, function");
    let (mut sound, mut broken) = (0, 0);
    for (change, definition) in changed(&flow) {
        if !lint_flow(&definition, &context).is_empty() {
            broken += 1;
            continue;
        }
        sound += 1;
        let flow = Flow::parse(&definition).unwrap();
        for (actions, client) in callers.iter().flat_map(|actions| [(actions, &up), (actions, &down)]) {
            let end = Execution::new(&flow, client, actions, 0).run().await;
            let mishap = mishap(end, actions.contains(&right), &centre.worker);
            assert_eq!(mishap, None, "nothing was found, yet: {change}, {actions:?}");
        }
    }
    assert!(sound > 100 && broken > 100, "{}", json!([sound, broken]));
    eprintln!("{sound} sound, {broken} broken");
}
