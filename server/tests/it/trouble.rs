//! Twilio is slow, refuses, or is gone.

use serde_json::json;

use crate::world::{World, answer, refused};

#[tokio::test]
async fn a_rate_limit_that_stays_becomes_503_with_its_wait_after_the_repetitions() {
    let world = World::new().await;
    world.list().await;
    let fault = json!({"method": "GET", "path": "/serverless/", "times": 3, "status": 429, "code": 20429});
    world.control("fail", fault).await;
    let body = json!({"Token": world.token("SUPERVISOR")});
    let response = world.http.post(format!("{}/admin/list", world.server.url)).json(&body).send().await.unwrap();
    assert_eq!(response.status(), 503);
    assert!(response.headers()["retry-after"].to_str().unwrap().parse::<u64>().unwrap() >= 1);
    refused(answer(response).await, 503, "twilio-busy");
    world.list().await;
}

#[tokio::test]
async fn a_short_rate_limit_is_not_noticed() {
    let world = World::new().await;
    world.control("fail", json!({"method": "GET", "path": "/serverless/", "times": 2, "status": 429})).await;
    assert_eq!(world.list().await["data"].as_array().unwrap().len(), 120);
}

#[tokio::test]
async fn while_twilio_is_down_callers_are_answered_and_the_list_says_so() {
    let world = World::new().await;
    let number = world.list().await["data"][0]["extensionNumber"].as_str().unwrap().to_owned();
    assert_eq!(world.dial(&number).await.body["found"], true);
    world.control("fail", json!({"method": "GET", "path": "/", "times": 1_000_000, "status": 503})).await;
    assert_eq!(world.dial(&number).await.body["found"], true);
    refused(world.admin("/admin/list", json!({})).await, 502, "twilio-failed");
}

#[tokio::test]
async fn the_last_good_directory_answers_when_a_newer_one_can_not_be_read() {
    let mut world = World::with(120, std::time::Duration::ZERO, &[("LOOKUP_REFRESH_SECONDS", "1")]).await;
    let number = world.list().await["data"][0]["extensionNumber"].as_str().unwrap().to_owned();
    assert_eq!(world.dial(&number).await.body["found"], true);
    world.control("fail", json!({"method": "GET", "path": "/", "times": 1_000_000, "status": 503})).await;
    while !world.log().contains("the last good one answers") {
        assert_eq!(world.dial(&number).await.body["found"], true);
    }
    assert_eq!(world.dial(&number).await.body["found"], true);
    // A server that starts now has nothing to answer from.
    world.server = world.another_server("log-of-a-late-one");
    refused(world.dial(&number).await, 503, "twilio-failed");
}

#[tokio::test]
async fn a_server_that_starts_while_twilio_is_down_answers_from_its_file() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("last-good.json");
    let settings = [("LAST_GOOD_FILE", file.to_str().unwrap())];
    let mut world = World::with(120, std::time::Duration::ZERO, &settings).await;
    let number = world.list().await["data"][0]["extensionNumber"].as_str().unwrap().to_owned();
    assert_eq!(world.dial(&number).await.body["found"], true);
    world.control("fail", json!({"method": "GET", "path": "/", "times": 1_000_000, "status": 503})).await;
    world.server = world.another_server("log-of-a-late-one");
    assert_eq!(world.dial(&number).await.body["found"], true);
}
