//! What tests can order, and what they can read back.

use std::time::Duration;

use crate::fixture::{self, Answer, LONGEST_WAIT, PAGE, answer_to};
use reqwest::{Method, StatusCode};
use serde_json::json;

#[tokio::test]
async fn ordered_failures_are_met_in_twilios_shape_and_then_are_over() {
    let fixture = fixture::start(1, Duration::ZERO).await;
    let order = json!({"method": "GET", "path": "/Builds", "times": 1, "status": 429, "code": 20429, "retryAfter": 3});
    fixture.control("fail", order).await;
    let response = fixture.twilio(Method::GET, &fixture.service("/Builds")).send().await.unwrap();
    assert_eq!(response.status(), StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(response.headers()["retry-after"], "3");
    assert_eq!(response.json::<serde_json::Value>().await.unwrap()["code"], 20429);
    fixture.fetch(&fixture.service("/Builds")).await;
}

#[tokio::test]
async fn a_browser_can_read_an_ordered_failure_too() {
    let fixture = fixture::start(0, Duration::ZERO).await;
    fixture.control("fail", json!({"path": "/flex/plugins", "status": 503})).await;
    let request = fixture.client.get(fixture.url("/flex/plugins")).header("Origin", PAGE);
    let response = request.send().await.unwrap();
    assert_eq!(response.status(), StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(response.headers()["access-control-allow-origin"], PAGE);
    assert_eq!(response.headers()["access-control-allow-credentials"], "true");
}

#[tokio::test]
async fn a_delayed_request_is_answered_later() {
    let fixture = fixture::start(0, Duration::ZERO).await;
    fixture.control("delay", json!({"method": "GET", "path": "/Assets", "times": 1, "ms": 120})).await;
    let assets = fixture.service("/Assets");
    let clock = &fixture.emulator.app.clock;
    clock.hold();
    let others_asleep = clock.sleepers();
    let delayed = tokio::spawn(answer_to(fixture.twilio(Method::GET, &assets)));
    while clock.sleepers() == others_asleep {
        assert!(!delayed.is_finished(), "answered without any delay");
        tokio::task::yield_now().await;
    }
    clock.advance(Duration::from_millis(119));
    // A second request goes all the way, so the first had its turn after the clock moved, and went on waiting.
    fixture.fetch(&assets).await;
    assert_eq!(clock.sleepers(), others_asleep + 1);
    assert!(!delayed.is_finished(), "answered before the 120 ms were over");
    clock.advance(Duration::from_millis(1));
    let answer = tokio::time::timeout(LONGEST_WAIT, delayed).await.expect("answered after 120 ms").unwrap();
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
}

#[tokio::test]
async fn calls_are_recorded_with_their_fields_and_without_secrets() {
    let fixture = fixture::start(1, Duration::ZERO).await;
    let build = fixture.deployed_build().await;
    let asset_sid = build["asset_versions"][0]["asset_sid"].as_str().unwrap();
    let Answer { body: version, .. } = fixture.upload(asset_sid, "/extensions.json", "protected", "[1]").await;
    let fields = [("AssetVersions", version["sid"].as_str().unwrap()), ("AssetVersions", "ZNx"), ("Runtime", "node22")];
    answer_to(fixture.twilio(Method::POST, &fixture.service("/Builds")).form(&fields)).await;
    fixture.validate(fixture.env("DEMO_TOKEN_AGENT")).await;
    let calls = fixture.calls().await;
    let posts: Vec<_> = calls.iter().filter(|call| call["method"] == "POST").collect();
    assert_eq!(posts.len(), 3);
    assert_eq!(posts[0]["body"], json!({"Path": "/extensions.json", "Visibility": "protected", "Content": "[1]"}));
    assert_eq!(posts[1]["path"], fixture.service("/Builds"));
    assert_eq!(posts[1]["body"], json!({"AssetVersions": [version["sid"], "ZNx"], "Runtime": "node22"}));
    assert_eq!(posts[1]["status"], json!(400));
    assert_eq!(posts[1]["via"], json!("rest"));
    assert_eq!(posts[2]["body"], json!({"token": "[redacted]"}));
    let seqs: Vec<_> = calls.iter().map(|call| call["seq"].as_u64().unwrap()).collect();
    assert!(seqs.is_sorted());
    let last = seqs.last().unwrap();
    let Answer { body: later, .. } =
        answer_to(fixture.client.get(fixture.url(&format!("/control/calls?since={last}")))).await;
    assert_eq!(later["calls"], json!([]));
}

#[tokio::test]
async fn a_reset_seeds_anew_and_keeps_the_account_and_its_tokens() {
    let fixture = fixture::start(4, Duration::ZERO).await;
    fixture.control("fail", json!({"path": "/", "status": 500})).await;
    fixture.control("reset", json!({"demo": 2})).await;
    assert_eq!(fixture.published().await.as_array().unwrap().len(), 2);
    let Answer { body: env, .. } = answer_to(fixture.client.get(fixture.url("/control/env"))).await;
    for name in ["TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN", "TWILIO_SERVERLESS_SERVICE_SID", "FLEX_SYNC_SERVICE_SID"] {
        assert_eq!(env[name], fixture.env[name]);
    }
    assert_eq!(fixture.validate(fixture.env("DEMO_TOKEN_ADMIN")).await["valid"], true);
}

#[tokio::test]
async fn an_order_says_that_it_is_json() {
    let fixture = fixture::start(0, Duration::ZERO).await;
    let plain = fixture.client.post(fixture.url("/control/reset")).header("content-type", "text/plain").body("{}");
    assert_eq!(plain.send().await.unwrap().status(), StatusCode::UNSUPPORTED_MEDIA_TYPE);
}
