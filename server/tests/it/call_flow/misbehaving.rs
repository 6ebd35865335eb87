//! What becomes of callers when the lookup is down, slow or wrong, and when Twilio does not take the call.

use std::time::Duration;

use call_flow::definition::Flow;
use serde_json::{Value, json};

use super::backend::{Backend, Reply};
use super::contact_centre::ContactCentre;
use super::execution::{End, Execution};
use super::request::LookupClient;
use super::routing::Place;
use super::{CallerAction, call, client, definition, every_flow, keys};

/// How long Studio waits where a test knows that nothing comes: the same as ten seconds, only sooner.
const NOTHING_COMES: Duration = Duration::from_millis(300);
const UNABLE: &str = "The extension can not be looked up right now. We will connect you to the next available agent.";

/// Every caller of this lookup hears that it fails and is in the fallback queue after one question.
async fn goes_to_the_fallback(centre: &ContactCentre, client: &LookupClient) {
    for (name, flow) in every_flow(&centre.workflow) {
        let outcome = call(centre, &flow, client, &[keys(&centre.extension)], 0).await;
        assert_eq!(outcome.place, Place::Queue(centre.fallback.clone()), "{name}");
        assert_eq!(outcome.attributes["workerSID"], Value::Null);
        assert_eq!(outcome.attributes["extensionOutcome"], "lookup-failed");
        assert_eq!(outcome.heard.last().unwrap(), UNABLE);
    }
}

fn reply(status: u16, content_type: &'static str, body: &(impl ToString + ?Sized)) -> Reply {
    Reply { status, content_type, body: body.to_string() }
}

fn found(worker: &str) -> Reply {
    reply(200, "application/json", &json!({"found": true, "workerSID": worker, "extension": "2000"}))
}

fn unknown() -> Reply {
    let body = json!({"found": false, "workerSID": null, "extension": "9999"});
    reply(200, "application/json; charset=utf-8", &body)
}

#[tokio::test]
async fn while_the_lookup_is_down_calls_go_to_the_fallback() {
    let mut centre = ContactCentre::new(|_| {}).await;
    let client = client(&centre);
    centre.world.server.process.kill().unwrap();
    centre.world.server.process.wait().unwrap();
    goes_to_the_fallback(&centre, &client).await;
}

#[tokio::test]
async fn while_the_lookup_has_nothing_to_answer_from_calls_go_to_the_fallback() {
    let mut centre = ContactCentre::new(|_| {}).await;
    let twilio_is_down = json!({"method": "GET", "path": "/serverless/", "times": 1_000_000, "status": 503});
    centre.world.control("fail", twilio_is_down).await;
    centre.world.server = centre.world.another_server("log-of-a-late-one");
    goes_to_the_fallback(&centre, &client(&centre)).await;
}

#[tokio::test]
async fn a_lookup_that_waits_for_a_slow_twilio_gives_up_before_studio_does() {
    let mut centre = ContactCentre::new(|_| {}).await;
    let twilio_is_slow = json!({"method": "GET", "path": "/serverless/", "times": 1_000_000, "ms": 60_000});
    centre.world.control("delay", twilio_is_slow).await;
    centre.world.server = centre.world.another_server("log-of-a-late-one");
    let flow = Flow::parse(&definition(&centre.workflow, "length, function")).unwrap();
    let outcome = call(&centre, &flow, &client(&centre), &[keys(&centre.extension)], 0).await;
    assert_eq!(outcome.attributes["extensionOutcome"], "lookup-failed");
}

#[tokio::test]
async fn while_the_lookup_is_too_slow_calls_go_to_the_fallback() {
    let centre = ContactCentre::new(|_| {}).await;
    let silent = Backend::answering(Vec::new()).await;
    goes_to_the_fallback(
        &centre,
        &LookupClient { local: silent.url.clone(), timeout: NOTHING_COMES, ..client(&centre) },
    )
    .await;
}

#[tokio::test]
async fn a_lookup_that_fails_or_says_too_much_leads_to_the_fallback() {
    let centre = ContactCentre::new(|_| {}).await;
    let too_much = json!({"found": true, "workerSID": centre.worker, "more": "x".repeat(65 * 1024)}).to_string();
    for failing in
        [Reply { status: 500, ..found("") }, reply(404, "text/html", ""), reply(200, "application/json", &too_much)]
    {
        let backend = Backend::answering(vec![failing; 4]).await;
        goes_to_the_fallback(&centre, &LookupClient { local: backend.url.clone(), ..client(&centre) }).await;
    }
}

#[tokio::test]
async fn a_reply_that_is_no_json_object_counts_as_unknown() {
    let centre = ContactCentre::new(|_| {}).await;
    let no_object = [
        reply(200, "text/html", "<p>found</p>"),
        reply(200, "application/json", "[true]"),
        reply(204, "application/json", ""),
    ];
    for no_object in no_object {
        for (name, flow) in every_flow(&centre.workflow) {
            let backend = Backend::answering(vec![no_object.clone(); 3]).await;
            let client = LookupClient { local: backend.url.clone(), ..client(&centre) };
            let actions = vec![keys(&centre.extension); 3];
            let outcome = call(&centre, &flow, &client, &actions, 0).await;
            assert_eq!(outcome.place, Place::Queue(centre.fallback.clone()), "{name}");
            assert_eq!(outcome.attributes["extensionOutcome"], "unknown");
        }
    }
}

/// Studio merges replies, and keeps the last one where the new one can not be parsed.
#[tokio::test]
async fn an_old_reply_never_leads_a_later_try_to_an_agent() {
    let centre = ContactCentre::new(|_| {}).await;
    let html = reply(200, "text/html", "<p>busy</p>");
    let only_the_worker = reply(200, "application/json", &json!({"workerSID": centre.worker}));
    for replies in [
        vec![unknown(), html.clone(), html.clone()],
        vec![only_the_worker.clone(), html.clone(), unknown()],
        vec![unknown(), only_the_worker, html],
    ] {
        for (name, flow) in every_flow(&centre.workflow) {
            let backend = Backend::answering(replies.clone()).await;
            let client = LookupClient { local: backend.url.clone(), ..client(&centre) };
            let outcome = call(&centre, &flow, &client, &[keys("9999#"), keys("9998#"), keys("9997#")], 0).await;
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
        let client = LookupClient { local: backend.url.clone(), ..client(&centre) };
        let outcome = call(&centre, &flow, &client, &[keys("9999#"), keys("2000#")], 0).await;
        assert_eq!(outcome.place, Place::Worker(centre.worker.clone()), "{name}");
    }
}

#[tokio::test]
async fn a_call_that_twilio_can_not_enqueue_is_tried_in_the_fallback_twice_and_ends_with_an_apology() {
    let centre = ContactCentre::new(|_| {}).await;
    let actions: [CallerAction; 1] = [keys(&centre.extension)];
    for (name, flow) in every_flow(&centre.workflow) {
        for (refusals, last) in [
            (1, "The extension can not be reached. We will connect you to the next available agent."),
            (2, "One moment, please."),
        ] {
            let outcome = call(&centre, &flow, &client(&centre), &actions, refusals).await;
            assert_eq!(outcome.place, Place::Queue(centre.fallback.clone()), "{name}");
            assert_eq!(outcome.attributes["extensionOutcome"], "not-connected");
            assert_eq!(outcome.heard.last().unwrap(), last);
        }
        let client = client(&centre);
        let mut execution = Execution::new(&flow, &client, &actions, 3);
        assert_eq!(execution.run().await, End::Dropped { at: "say_goodbye".to_owned() });
        assert!(execution.heard.last().unwrap().contains("Please call again"));
    }
}
