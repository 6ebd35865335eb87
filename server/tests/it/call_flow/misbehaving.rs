//! What becomes of callers when the lookup is down, slow or wrong, and when Twilio does not take the call.

use std::time::Duration;

use serde_json::{Value, json};

use super::backend::{Backend, Reply};
use super::contact_centre::ContactCentre;
use super::execution::{End, Execution};
use super::request::Line;
use super::routing::Place;
use super::{Does, call, every_flow, keys, line};

/// How long Studio waits where a test knows that nothing comes: the same as ten seconds, only sooner.
const NOTHING_COMES: Duration = Duration::from_millis(300);
const UNABLE: &str = "The extension can not be looked up right now. We will connect you to the next available agent.";

/// Every caller of this lookup hears that it fails and is in the fallback queue after one question.
async fn goes_to_the_fallback(centre: &ContactCentre, line: &Line) {
    for (name, flow) in every_flow(&centre.workflow) {
        let outcome = call(centre, &flow, line, &[keys(&centre.extension)], 0).await;
        assert_eq!(outcome.place, Place::Queue(centre.fallback.clone()), "{name}");
        assert_eq!(outcome.attributes["workerSID"], Value::Null);
        assert_eq!(outcome.attributes["extensionOutcome"], "lookup-failed");
        assert_eq!(outcome.heard.last().unwrap(), UNABLE);
    }
}

fn found(worker: &str) -> Reply {
    (200, "application/json", json!({"found": true, "workerSID": worker, "extension": "2000"}).to_string())
}

fn unknown() -> Reply {
    let reply = json!({"found": false, "workerSID": null, "extension": "9999"});
    (200, "application/json; charset=utf-8", reply.to_string())
}

#[tokio::test]
async fn while_the_lookup_is_down_calls_go_to_the_fallback() {
    let mut centre = ContactCentre::new(|_| {}).await;
    let line = line(&centre);
    centre.world.server.process.kill().unwrap();
    centre.world.server.process.wait().unwrap();
    goes_to_the_fallback(&centre, &line).await;
}

#[tokio::test]
async fn while_the_lookup_has_nothing_to_answer_from_calls_go_to_the_fallback() {
    let mut centre = ContactCentre::new(|_| {}).await;
    let twilio_is_down = json!({"method": "GET", "path": "/serverless/", "times": 1_000_000, "status": 503});
    centre.world.control("fail", twilio_is_down).await;
    centre.world.server = centre.world.another_server("log-of-a-late-one");
    goes_to_the_fallback(&centre, &line(&centre)).await;
}

#[tokio::test]
async fn a_lookup_that_waits_for_a_slow_twilio_gives_up_before_studio_does() {
    let mut centre = ContactCentre::new(|_| {}).await;
    let twilio_is_slow = json!({"method": "GET", "path": "/serverless/", "times": 1_000_000, "ms": 60_000});
    centre.world.control("delay", twilio_is_slow).await;
    centre.world.server = centre.world.another_server("log-of-a-late-one");
    let (_, flow) = every_flow(&centre.workflow).swap_remove(0);
    let outcome = call(&centre, &flow, &line(&centre), &[keys(&centre.extension)], 0).await;
    assert_eq!(outcome.attributes["extensionOutcome"], "lookup-failed");
}

#[tokio::test]
async fn while_the_lookup_is_too_slow_calls_go_to_the_fallback() {
    let centre = ContactCentre::new(|_| {}).await;
    let silent = Backend::answering(Vec::new()).await;
    goes_to_the_fallback(&centre, &Line { local: silent.url.clone(), patience: NOTHING_COMES, ..line(&centre) }).await;
}

#[tokio::test]
async fn a_lookup_that_fails_or_says_too_much_leads_to_the_fallback() {
    let centre = ContactCentre::new(|_| {}).await;
    let too_much = json!({"found": true, "workerSID": centre.worker, "more": "x".repeat(65 * 1024)}).to_string();
    for reply in
        [(500, "application/json", found("").2), (404, "text/html", String::new()), (200, "application/json", too_much)]
    {
        let backend = Backend::answering(vec![reply; 4]).await;
        goes_to_the_fallback(&centre, &Line { local: backend.url.clone(), ..line(&centre) }).await;
    }
}

#[tokio::test]
async fn a_reply_that_is_no_json_object_counts_as_unknown() {
    let centre = ContactCentre::new(|_| {}).await;
    let no_object =
        [(200, "text/html", "<p>found</p>"), (200, "application/json", "[true]"), (204, "application/json", "")];
    for (status, content_type, body) in no_object {
        for (name, flow) in every_flow(&centre.workflow) {
            let backend = Backend::answering(vec![(status, content_type, body.to_owned()); 3]).await;
            let line = Line { local: backend.url.clone(), ..line(&centre) };
            let does = vec![keys(&centre.extension); 3];
            let outcome = call(&centre, &flow, &line, &does, 0).await;
            assert_eq!(outcome.place, Place::Queue(centre.fallback.clone()), "{name}");
            assert_eq!(outcome.attributes["extensionOutcome"], "unknown");
        }
    }
}

/// Studio merges replies, and keeps the last one where the new one can not be parsed.
#[tokio::test]
async fn an_old_reply_never_leads_a_later_try_to_an_agent() {
    let centre = ContactCentre::new(|_| {}).await;
    let html: Reply = (200, "text/html", "<p>busy</p>".to_owned());
    let only_the_worker: Reply = (200, "application/json", json!({"workerSID": centre.worker}).to_string());
    for replies in [
        vec![unknown(), html.clone(), html.clone()],
        vec![only_the_worker.clone(), html.clone(), unknown()],
        vec![unknown(), only_the_worker, html],
    ] {
        for (name, flow) in every_flow(&centre.workflow) {
            let backend = Backend::answering(replies.clone()).await;
            let line = Line { local: backend.url.clone(), ..line(&centre) };
            let outcome = call(&centre, &flow, &line, &[keys("9999#"), keys("9998#"), keys("9997#")], 0).await;
            assert_eq!(outcome.place, Place::Queue(centre.fallback.clone()), "{name}: {replies:?}");
            assert_eq!(outcome.attributes["workerSID"], Value::Null);
        }
    }
}

#[tokio::test]
async fn a_later_reply_that_says_found_leads_to_that_agent() {
    let centre = ContactCentre::new(|_| {}).await;
    for (name, flow) in every_flow(&centre.workflow) {
        let backend = Backend::answering(vec![unknown(), found(&centre.worker)]).await;
        let line = Line { local: backend.url.clone(), ..line(&centre) };
        let outcome = call(&centre, &flow, &line, &[keys("9999#"), keys("2000#")], 0).await;
        assert_eq!(outcome.place, Place::Worker(centre.worker.clone()), "{name}");
    }
}

#[tokio::test]
async fn a_call_that_twilio_can_not_enqueue_is_tried_in_the_fallback_twice_and_ends_with_an_apology() {
    let centre = ContactCentre::new(|_| {}).await;
    let does: [Does; 1] = [keys(&centre.extension)];
    for (name, flow) in every_flow(&centre.workflow) {
        for (refusals, last) in [
            (1, "The extension can not be reached. We will connect you to the next available agent."),
            (2, "One moment, please."),
        ] {
            let outcome = call(&centre, &flow, &line(&centre), &does, refusals).await;
            assert_eq!(outcome.place, Place::Queue(centre.fallback.clone()), "{name}");
            assert_eq!(outcome.attributes["extensionOutcome"], "not-connected");
            assert_eq!(outcome.heard.last().unwrap(), last);
        }
        let line = line(&centre);
        let mut execution = Execution::new(&flow, &line, &does, 3);
        assert_eq!(execution.run().await, End::Dropped { at: "say_goodbye".to_owned() });
        assert!(execution.heard.last().unwrap().contains("Please call again"));
    }
}
