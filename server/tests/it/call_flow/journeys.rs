//! What becomes of callers: each reaches the agent or the fallback queue.

use serde_json::{Value, json};

use super::contact_centre::ContactCentre;
use super::routing::Place;
use super::{CallerAction, Outcome, call, client, every_definition, every_flow, keys};
use crate::world::Answer;

/// Calls through every Flow; `expected` looks at what became of the call.
async fn calls(centre: &ContactCentre, actions: &[CallerAction], expected: impl Fn(&Outcome)) {
    for (name, flow) in every_flow(&centre.workflow) {
        let outcome = call(centre, &flow, &client(centre), actions, 0).await;
        eprintln!("{name}: {outcome:#?}");
        expected(&outcome);
    }
}

/// The call is in the fallback queue, without an agent, and says why.
fn in_fallback(centre: &ContactCentre, why: &str) -> impl Fn(&Outcome) {
    let fallback = Place::Queue(centre.fallback.clone());
    let why = why.to_owned();
    move |outcome| {
        assert_eq!(outcome.place, fallback);
        assert_eq!(outcome.attributes["workerSID"], Value::Null);
        assert_eq!(outcome.attributes["extensionOutcome"], json!(why));
    }
}

#[tokio::test]
async fn studio_takes_every_definition_that_is_generated() {
    let centre = ContactCentre::new(|_| {}).await;
    for (name, definition) in every_definition(&centre.workflow) {
        let answer = centre.validate_flow(&definition).await;
        assert_eq!(answer, Answer { status: 200, body: json!({"valid": true}) }, "{name}");
    }
}

#[tokio::test]
async fn the_right_extension_rings_that_agent() {
    let centre = ContactCentre::new(|_| {}).await;
    for end in ["", "#"] {
        calls(&centre, &[keys(&format!("{}{end}", centre.extension))], |outcome| {
            assert_eq!(outcome.place, Place::Worker(centre.worker.clone()));
            assert_eq!(outcome.attributes["workerSid"], json!(centre.worker));
            assert_eq!(outcome.attributes["agentExtension"], json!(centre.extension));
            assert_eq!(outcome.attributes["name"], "+14155550100");
            assert_eq!(outcome.heard.last().unwrap(), "One moment, please. We are connecting you.");
        })
        .await;
    }
}

#[tokio::test]
async fn a_wrong_extension_or_none_is_asked_for_again_and_the_right_one_then_rings_the_agent() {
    let centre = ContactCentre::new(|_| {}).await;
    let right = keys(&format!("{}#", centre.extension));
    for wrong in [
        vec![keys("9999#")],
        vec![CallerAction::Waits],
        vec![CallerAction::Speaks, keys("77#")],
        vec![keys("#"), CallerAction::Waits],
    ] {
        let questions = wrong.len() + 1;
        let actions: Vec<CallerAction> = wrong.into_iter().chain([right.clone()]).collect();
        calls(&centre, &actions, |outcome| {
            assert_eq!(outcome.place, Place::Worker(centre.worker.clone()));
            assert_eq!(outcome.heard.iter().filter(|sentence| sentence.starts_with("Please enter")).count(), questions);
        })
        .await;
    }
}

#[tokio::test]
async fn three_unknown_extensions_lead_to_the_fallback() {
    let centre = ContactCentre::new(|_| {}).await;
    calls(&centre, &[keys("9999#"), keys("7777#"), keys("9998#")], in_fallback(&centre, "unknown")).await;
    calls(&centre, &[keys("9999#"), keys("7777#"), keys("9998#")], |outcome| {
        assert_eq!(outcome.attributes["agentExtension"], "9998");
        let said = outcome.heard.iter().filter(|sentence| *sentence == "This extension is not in use.").count();
        assert_eq!(said, 2);
        assert_eq!(outcome.heard.last().unwrap(), "We will connect you to the next available agent.");
    })
    .await;
}

#[tokio::test]
async fn a_caller_who_keys_in_nothing_three_times_goes_to_the_fallback() {
    let centre = ContactCentre::new(|_| {}).await;
    calls(&centre, &[], in_fallback(&centre, "no-input")).await;
    calls(&centre, &[CallerAction::Speaks, CallerAction::Speaks, keys("#")], in_fallback(&centre, "no-input")).await;
    calls(&centre, &[], |outcome| assert_eq!(outcome.attributes["agentExtension"], Value::Null)).await;
}

#[tokio::test]
async fn an_agent_who_is_away_is_waited_for_and_then_the_fallback_has_the_call() {
    let centre = ContactCentre::new(|_| {}).await;
    centre.put_agent_into("Break").await;
    calls(&centre, &[keys(&centre.extension)], |outcome| {
        assert_eq!(outcome.place, Place::Queue(centre.fallback.clone()));
        assert_eq!(outcome.waited, [centre.agents.as_str()]);
    })
    .await;
}

#[tokio::test]
async fn where_the_settings_say_so_nobody_waits_for_an_agent_who_is_away() {
    let centre = ContactCentre::new(|settings| settings.skip_when_unavailable = true).await;
    let actions = [keys(&centre.extension)];
    calls(&centre, &actions, |outcome| assert_eq!(outcome.place, Place::Worker(centre.worker.clone()))).await;
    centre.put_agent_into("Offline").await;
    calls(&centre, &actions, |outcome| {
        assert_eq!(outcome.place, Place::Queue(centre.fallback.clone()));
        assert!(outcome.waited.is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_call_for_an_agent_who_was_deleted_goes_to_the_fallback() {
    let centre = ContactCentre::new(|_| {}).await;
    centre.delete_agent().await;
    calls(&centre, &[keys(&centre.extension)], |outcome| {
        assert_eq!(outcome.attributes["workerSID"], json!(centre.worker), "the published directory still has the row");
        assert_eq!(outcome.place, Place::Queue(centre.fallback.clone()));
    })
    .await;
}

/// Every caller there can be: each of three answers is one of four kinds, and TaskRouter refuses the call up to twice.
#[tokio::test]
async fn whatever_a_caller_does_the_call_ends_at_the_agent_or_in_the_fallback() {
    let centre = ContactCentre::new(|_| {}).await;
    let right = keys(&format!("{}#", centre.extension));
    let kinds = [right.clone(), keys("9999#"), CallerAction::Waits, CallerAction::Speaks];
    let (agent, fallback) = (Place::Worker(centre.worker.clone()), Place::Queue(centre.fallback.clone()));
    for (name, flow) in every_flow(&centre.workflow) {
        for n in 0..64_usize {
            let actions: Vec<CallerAction> =
                [n % 4, n / 4 % 4, n / 16].iter().map(|kind| kinds[*kind].clone()).collect();
            for refusals in 0..2 {
                let Outcome { place, .. } = call(&centre, &flow, &client(&centre), &actions, refusals).await;
                assert!(
                    [&agent, &fallback].contains(&&place),
                    "{name}: {actions:?}, refused {refusals} times: {place:?}"
                );
                let reaches_the_agent = actions.contains(&right) && refusals == 0;
                assert_eq!(place == agent, reaches_the_agent, "{name}: {actions:?}");
            }
        }
    }
}
