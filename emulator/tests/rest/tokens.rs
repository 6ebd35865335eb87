//! Credentials and Flex tokens over real sockets.

use std::time::Duration;

use crate::world::{self, json_of};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

#[tokio::test]
async fn every_rest_api_asks_for_the_accounts_credentials() {
    let world = world::start(1, Duration::ZERO).await;
    let account = world.env("TWILIO_ACCOUNT_SID").to_owned();
    let validate = format!("/iam/v1/Accounts/{account}/Tokens/validate");
    let sync = format!("/sync/v1/Services/{}/Maps", world.env("FLEX_SYNC_SERVICE_SID"));
    let paths = [
        (Method::GET, world.service("/Builds")),
        (Method::GET, "/taskrouter/v1/Workspaces".into()),
        (Method::POST, validate),
        (Method::GET, sync),
    ];
    for (method, path) in paths {
        let (status, body) = json_of(world.client.request(method.clone(), world.url(&path))).await;
        assert_eq!((status, &body["code"]), (StatusCode::UNAUTHORIZED, &json!(20003)), "{path}");
        let wrong = world.client.request(method, world.url(&path)).basic_auth(&account, Some("wrong"));
        assert_eq!(json_of(wrong).await.0, StatusCode::UNAUTHORIZED, "{path}");
    }
}

#[tokio::test]
async fn a_valid_token_says_who_it_is_and_others_say_why_not() {
    let world = world::start(1, Duration::ZERO).await;
    let valid = world.validate(world.env("DEMO_TOKEN_SUPERVISOR")).await;
    assert_eq!(valid["valid"], true);
    assert_eq!(valid["roles"], json!(["supervisor"]));
    assert_eq!(valid["realm_user_id"], "sofia.marin@example.com");
    assert_eq!(valid["identity"], "sofia_2Emarin_40example_2Ecom");
    assert!(valid["worker_sid"].as_str().unwrap().starts_with("WK"));
    for (name, role) in [("ADMIN", "admin"), ("SUPERVISOR_2", "supervisor"), ("AGENT", "agent")] {
        let info = world.validate(world.env(&format!("DEMO_TOKEN_{name}"))).await;
        assert_eq!(info["roles"], json!([role]));
    }
    for (token, why) in [(world.env("DEMO_TOKEN_EXPIRED"), "expired"), ("garbage", "not valid")] {
        let invalid = world.validate(token).await;
        assert_eq!(invalid["valid"], false);
        assert!(invalid["message"].as_str().unwrap().contains(why), "{invalid}");
    }
}

#[tokio::test]
async fn tokens_that_were_expired_by_hand_are_replaced_by_signing_in_again() {
    let world = world::start(1, Duration::ZERO).await;
    let (supervisor, agent) = (world.env("DEMO_TOKEN_SUPERVISOR"), world.env("DEMO_TOKEN_AGENT"));
    world.control("expire-tokens", json!({"identity": "sofia_2Emarin_40example_2Ecom"})).await;
    assert_eq!(world.validate(supervisor).await["valid"], false);
    assert_eq!(world.validate(agent).await["valid"], true);
    let (_, session) = json_of(world.client.get(world.url("/host/login?as=supervisor"))).await;
    assert_eq!(session["accountSid"], world.env["TWILIO_ACCOUNT_SID"]);
    assert_eq!(world.validate(session["token"].as_str().unwrap()).await["valid"], true);
    world.control("expire-tokens", json!({})).await;
    assert_eq!(world.validate(agent).await["valid"], false);
}

#[tokio::test]
async fn a_valid_token_is_exchanged_for_a_fresh_one_and_an_expired_one_is_not() {
    let world = world::start(1, Duration::ZERO).await;
    let path = format!("/iam/v1/Accounts/{}/Tokens/refresh", world.env("TWILIO_ACCOUNT_SID"));
    let refresh = |token: &str| json_of(world.client.post(world.url(&path)).json(&json!({"token": token})));
    let (status, session): (_, Value) = refresh(world.env("DEMO_TOKEN_AGENT")).await;
    assert_eq!(status, StatusCode::OK);
    assert_ne!(session["token"], world.env["DEMO_TOKEN_AGENT"]);
    assert_eq!(world.validate(session["token"].as_str().unwrap()).await["roles"], json!(["agent"]));
    assert_eq!(refresh(world.env("DEMO_TOKEN_EXPIRED")).await.0, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn somebody_unknown_can_not_sign_in() {
    let world = world::start(0, Duration::ZERO).await;
    let (status, body) = json_of(world.client.get(world.url("/host/login?as=nobody"))).await;
    assert_eq!(status, StatusCode::NOT_FOUND, "{body}");
}
