//! Replies that are lost, and requests that arrive late.

use std::time::Duration;

use crate::fixture::{self, Answer, Fixture, LONGEST_WAIT, answer_to};
use reqwest::{Method, RequestBuilder, StatusCode};
use serde_json::json;

/// A request that creates something, and how often it was done.
fn create(fixture: &Fixture) -> RequestBuilder {
    fixture.twilio(Method::POST, &fixture.service("/Assets")).form(&[("FriendlyName", "lost")])
}

async fn created(fixture: &Fixture) -> usize {
    let assets = fixture.fetch(&fixture.service("/Assets")).await;
    assets["assets"].as_array().unwrap().iter().filter(|asset| asset["friendly_name"] == "lost").count()
}

async fn losing(how: &str, before: bool) -> Fixture {
    let fixture = fixture::start(0, Duration::ZERO).await;
    let order = json!({"method": "POST", "path": "/Assets", "times": 1, "how": how, "before": before});
    fixture.control("lose", order).await;
    fixture
}

#[tokio::test]
async fn a_cut_reply_is_no_reply_whether_or_not_the_work_is_done() {
    for (before, done) in [(false, 1), (true, 0)] {
        let fixture = losing("cut", before).await;
        let error = create(&fixture).send().await.unwrap_err();
        assert!(error.status().is_none() && !error.is_timeout(), "{error:?}");
        assert_eq!(created(&fixture).await, done, "before: {before}");
        assert_eq!(answer_to(create(&fixture)).await.status, StatusCode::CREATED, "one loss was ordered");
    }
}

#[tokio::test]
async fn a_gateway_may_answer_in_the_place_of_what_was_done() {
    for (before, done) in [(false, 1), (true, 0)] {
        let fixture = losing("html", before).await;
        let response = create(&fixture).send().await.unwrap();
        assert_eq!(response.status(), StatusCode::BAD_GATEWAY);
        assert_eq!(response.headers()["content-type"], "text/html");
        assert!(response.text().await.unwrap().starts_with("<html>"));
        assert_eq!(created(&fixture).await, done, "before: {before}");
    }
}

#[tokio::test]
async fn garbage_has_the_status_of_success() {
    for (before, done) in [(false, 1), (true, 0)] {
        let fixture = losing("garbage", before).await;
        let Answer { status, body } = answer_to(create(&fixture)).await;
        assert_eq!(status, StatusCode::CREATED);
        assert!(body.is_string(), "{body} is JSON");
        assert_eq!(created(&fixture).await, done, "before: {before}");
    }
}

#[tokio::test]
async fn a_reply_that_hangs_does_not_come_however_long_the_client_waits() {
    for (before, done) in [(false, 1), (true, 0)] {
        let fixture = losing("hang", before).await;
        let clock = &fixture.emulator.app.clock;
        clock.hold();
        let others_asleep = clock.sleepers();
        let waiting = tokio::spawn(create(&fixture).send());
        wait_until(|| clock.sleepers() > others_asleep).await;
        clock.advance(Duration::from_secs(24 * 3600));
        assert_eq!(created(&fixture).await, done, "before: {before}");
        assert!(!waiting.is_finished());
        waiting.abort();
        wait_until(|| clock.sleepers() == others_asleep).await;
    }
}

#[tokio::test]
async fn a_late_request_is_done_after_its_client_has_given_up() {
    let fixture = fixture::start(0, Duration::ZERO).await;
    fixture.control("late", json!({"method": "POST", "path": "/Assets", "ms": 5000})).await;
    let clock = &fixture.emulator.app.clock;
    clock.hold();
    let others_asleep = clock.sleepers();
    create(&fixture).send().await.unwrap_err();
    wait_until(|| clock.sleepers() > others_asleep).await;
    clock.advance(Duration::from_millis(4999));
    assert_eq!(created(&fixture).await, 0);
    // What looks for expired Items wakes now and then, and goes to sleep again.
    wait_until(|| clock.sleepers() == others_asleep + 1).await;
    clock.advance(Duration::from_millis(1));
    let late = async { while created(&fixture).await == 0 {} };
    tokio::time::timeout(LONGEST_WAIT, late).await.expect("done after 5 s");
}

#[tokio::test]
async fn the_log_says_what_was_done_of_a_lost_request() {
    for (before, status) in [(false, 201), (true, 0)] {
        let fixture = losing("cut", before).await;
        create(&fixture).send().await.unwrap_err();
        let call = fixture.calls().await.pop().unwrap();
        assert_eq!(call["path"], fixture.service("/Assets"));
        assert_eq!(call["status"], status);
    }
}

async fn wait_until(holds: impl Fn() -> bool) {
    let waiting = async {
        while !holds() {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(LONGEST_WAIT, waiting).await.expect("it comes to hold");
}
