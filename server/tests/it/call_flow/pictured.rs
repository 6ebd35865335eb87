//! The set-up that the original's pictures show, in the same simulator: the mistakes that the linter finds cost callers
//! their call here.

use call_flow::definition::Flow;

use super::contact_centre::ContactCentre;
use super::routing::Place;
use super::{Outcome, call, client, keys};

const FLOW: &str = include_str!("../../../call-flow/tests/pictured/flow.json");
const WORKFLOW: &str = include_str!("../../../call-flow/tests/pictured/workflow.json");

/// Calls through the pictured Flow, in which `workerSid` may be spelt rightly, and the pictured Workflow.
async fn pictured(centre: &ContactCentre, attribute: &str, extension: &str) -> Outcome {
    let nobody = "0".repeat(32);
    centre.configure(&WORKFLOW.replace(&format!("WQ{nobody}"), &centre.agents)).await;
    let flow = FLOW.replace(&format!("WW{nobody}"), &centre.workflow).replace("workerSid", attribute);
    let flow = Flow::parse(&serde_json::from_str(&flow).unwrap()).unwrap();
    call(centre, &flow, &client(centre), &[keys(extension)], 0).await
}

#[tokio::test]
async fn as_pictured_nobody_is_ever_rung() {
    let centre = ContactCentre::new(|_| {}).await;
    let outcome = pictured(&centre, "workerSid", &centre.extension).await;
    assert_eq!(outcome.attributes["workerSid"], centre.worker.as_str());
    assert_eq!(outcome.place, Place::Queue(centre.agents.clone()));
}

#[tokio::test]
async fn as_pictured_but_spelt_rightly_callers_are_dropped_when_nobody_answers() {
    let centre = ContactCentre::new(|_| {}).await;
    let dropped = Place::Canceled("the last step timed out");
    let right = pictured(&centre, "workerSID", &centre.extension).await;
    assert_eq!(right.place, Place::Worker(centre.worker.clone()));
    let unknown = pictured(&centre, "workerSID", "9999").await;
    assert_eq!(unknown.attributes["workerSID"], "");
    assert_eq!(unknown.place, dropped);
    centre.put_agent_into("Break").await;
    assert_eq!(pictured(&centre, "workerSID", &centre.extension).await.place, dropped);
}
