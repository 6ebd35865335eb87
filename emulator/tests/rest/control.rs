//! What tests can order, and what they can read back.

use std::time::{Duration, Instant};

use crate::world::{self, json_of};
use reqwest::{Method, StatusCode};
use serde_json::json;

#[tokio::test]
async fn ordered_failures_are_met_in_twilios_shape_and_then_are_over() {
    let world = world::start(1, Duration::ZERO).await;
    let order = json!({"method": "GET", "path": "/Builds", "times": 1, "status": 429, "code": 20429, "retryAfter": 3});
    world.control("fail", order).await;
    let response = world.twilio(Method::GET, &world.service("/Builds")).send().await.unwrap();
    assert_eq!(response.status(), StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(response.headers()["retry-after"], "3");
    assert_eq!(response.json::<serde_json::Value>().await.unwrap()["code"], 20429);
    world.fetch(&world.service("/Builds")).await;
}

#[tokio::test]
async fn a_browser_can_read_an_ordered_failure_too() {
    let world = world::start(0, Duration::ZERO).await;
    world.control("fail", json!({"path": "/flex/plugins", "status": 503})).await;
    let request = world.client.get(world.url("/flex/plugins")).header("Origin", "http://localhost:3000");
    let response = request.send().await.unwrap();
    assert_eq!(response.status(), StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(response.headers()["access-control-allow-origin"], "http://localhost:3000");
    assert_eq!(response.headers()["access-control-allow-credentials"], "true");
}

#[tokio::test]
async fn a_delayed_request_is_answered_later() {
    let world = world::start(0, Duration::ZERO).await;
    world.control("delay", json!({"method": "GET", "path": "/Assets", "times": 1, "ms": 120})).await;
    let started = Instant::now();
    world.fetch(&world.service("/Assets")).await;
    assert!(started.elapsed() >= Duration::from_millis(120));
}

#[tokio::test]
async fn calls_are_recorded_with_their_fields_and_without_secrets() {
    let world = world::start(1, Duration::ZERO).await;
    let build = world.deployed_build().await;
    let asset_sid = build["asset_versions"][0]["asset_sid"].as_str().unwrap();
    let (_, version) = world.upload(asset_sid, "/extensions.json", "protected", "[1]").await;
    let fields = [("AssetVersions", version["sid"].as_str().unwrap()), ("AssetVersions", "ZNx"), ("Runtime", "node22")];
    json_of(world.twilio(Method::POST, &world.service("/Builds")).form(&fields)).await;
    world.validate(world.env("DEMO_TOKEN_AGENT")).await;
    let calls = world.calls().await;
    let posts: Vec<_> = calls.iter().filter(|call| call["method"] == "POST").collect();
    assert_eq!(posts.len(), 3);
    assert_eq!(posts[0]["body"], json!({"Path": "/extensions.json", "Visibility": "protected", "Content": "[1]"}));
    assert_eq!(posts[1]["path"], world.service("/Builds"));
    assert_eq!(posts[1]["body"], json!({"AssetVersions": [version["sid"], "ZNx"], "Runtime": "node22"}));
    assert_eq!((&posts[1]["status"], &posts[1]["via"]), (&json!(400), &json!("rest")));
    assert_eq!(posts[2]["body"], json!({"token": "[redacted]"}));
    let seqs: Vec<_> = calls.iter().map(|call| call["seq"].as_u64().unwrap()).collect();
    assert!(seqs.is_sorted());
    let last = seqs.last().unwrap();
    let (_, later) = json_of(world.client.get(world.url(&format!("/control/calls?since={last}")))).await;
    assert_eq!(later["calls"], json!([]));
}

#[tokio::test]
async fn a_reset_seeds_anew_and_keeps_the_account_and_its_tokens() {
    let world = world::start(4, Duration::ZERO).await;
    world.control("fail", json!({"path": "/", "status": 500})).await;
    world.control("reset", json!({"demo": 2})).await;
    assert_eq!(world.published().await.as_array().unwrap().len(), 2);
    let (_, env) = json_of(world.client.get(world.url("/control/env"))).await;
    for name in ["TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN", "TWILIO_SERVERLESS_SERVICE_SID", "FLEX_SYNC_SERVICE_SID"] {
        assert_eq!(env[name], world.env[name]);
    }
    assert_eq!(world.validate(world.env("DEMO_TOKEN_ADMIN")).await["valid"], true);
}

#[tokio::test]
async fn another_origin_can_not_read_the_credentials_nor_give_orders() {
    let world = world::start(0, Duration::ZERO).await;
    let request = world.client.get(world.url("/control/env")).header("Origin", "https://elsewhere.example");
    assert!(!request.send().await.unwrap().headers().contains_key("access-control-allow-origin"));
    let plain = world.client.post(world.url("/control/reset")).header("content-type", "text/plain").body("{}");
    assert_eq!(plain.send().await.unwrap().status(), StatusCode::UNSUPPORTED_MEDIA_TYPE);
}
