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
use super::request::Line;
use super::{Does, every_definition, keys, line};

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
    let callers: Vec<Vec<Does>> = vec![
        vec![right.clone()],
        vec![keys("9999#"), keys("9998#"), keys("9997#")],
        vec![],
        vec![Does::Speaks, Does::Waits, right.clone()],
        vec![keys("9999#"), Does::Waits, keys("9998#")],
    ];
    let up = line(&centre);
    let down = Line { local: "http://127.0.0.1:1".to_owned(), ..up.clone() };
    let rules = NumberRules { min_digits: 2, max_digits: 10, reserved: Vec::new() };
    let context = LintContext { rules: Some(rules), ..LintContext::default() };
    let (_, flow) = every_definition(&centre.workflow).swap_remove(1);
    let (mut sound, mut broken) = (0, 0);
    for (change, definition) in changed(&flow) {
        if !lint_flow(&definition, &context).is_empty() {
            broken += 1;
            continue;
        }
        sound += 1;
        let flow = Flow::parse(&definition).unwrap();
        for (does, line) in callers.iter().flat_map(|does| [(does, &up), (does, &down)]) {
            let end = Execution::new(&flow, line, does, 0).run().await;
            let mishap = mishap(end, does.contains(&right), &centre.worker);
            assert_eq!(mishap, None, "nothing was found, yet: {change}, {does:?}");
        }
    }
    assert!(sound > 100 && broken > 100, "{}", json!([sound, broken]));
    eprintln!("{sound} sound, {broken} broken");
}
