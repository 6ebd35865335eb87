//! Credentials and Flex tokens over real sockets.

use std::time::Duration;

use crate::fixture::{self, Answer, answer_to};
use reqwest::{Method, StatusCode};
use serde_json::json;

#[tokio::test]
async fn every_rest_api_asks_for_the_accounts_credentials() {
    let fixture = fixture::start(1, Duration::ZERO).await;
    let account = fixture.env("TWILIO_ACCOUNT_SID").to_owned();
    let validate = format!("/iam/v1/Accounts/{account}/Tokens/validate");
    let sync = format!("/sync/v1/Services/{}/Maps", fixture.env("FLEX_SYNC_SERVICE_SID"));
    let paths = [
        (Method::GET, fixture.service("/Builds")),
        (Method::GET, "/taskrouter/v1/Workspaces".into()),
        (Method::POST, validate),
        (Method::GET, sync),
    ];
    for (method, path) in paths {
        let Answer { status, body } = answer_to(fixture.client.request(method.clone(), fixture.url(&path))).await;
        assert_eq!(status, StatusCode::UNAUTHORIZED, "{path}");
        assert_eq!(body["code"], json!(20003), "{path}");
        let wrong = fixture.client.request(method, fixture.url(&path)).basic_auth(&account, Some("wrong"));
        assert_eq!(answer_to(wrong).await.status, StatusCode::UNAUTHORIZED, "{path}");
    }
}

#[tokio::test]
async fn credentials_are_looked_at_before_what_the_path_names() {
    let fixture = fixture::start(1, Duration::ZERO).await;
    for path in [
        "/taskrouter/v1/Workspaces/WS0/TaskQueues",
        "/serverless/v1/Services/ZS0/Builds",
        "/serverless/v1/Services/ZS0/Environments/ZE0/Variables",
        "/sync/v1/Services/IS0/Maps",
        "/studio/v2/Flows/FW0",
    ] {
        let stranger = answer_to(fixture.client.get(fixture.url(path))).await;
        assert_eq!(stranger.status, StatusCode::UNAUTHORIZED, "{path}");
        let account = answer_to(fixture.twilio(Method::GET, path)).await;
        assert_eq!(account.status, StatusCode::NOT_FOUND, "{path}");
    }
}

#[tokio::test]
async fn a_valid_token_says_who_it_is_and_others_say_why_not() {
    let fixture = fixture::start(1, Duration::ZERO).await;
    let valid = fixture.validate(fixture.env("DEMO_TOKEN_SUPERVISOR")).await;
    assert_eq!(valid["valid"], true);
    assert_eq!(valid["roles"], json!(["supervisor"]));
    assert_eq!(valid["realm_user_id"], "sofia.marin@example.com");
    assert_eq!(valid["identity"], "sofia_2Emarin_40example_2Ecom");
    assert!(valid["worker_sid"].as_str().unwrap().starts_with("WK"));
    for (name, role) in [("ADMIN", "admin"), ("SUPERVISOR_2", "supervisor"), ("AGENT", "agent")] {
        let info = fixture.validate(fixture.env(&format!("DEMO_TOKEN_{name}"))).await;
        assert_eq!(info["roles"], json!([role]));
    }
    for (token, why) in [(fixture.env("DEMO_TOKEN_EXPIRED"), "expired"), ("garbage", "not valid")] {
        let invalid = fixture.validate(token).await;
        assert_eq!(invalid["valid"], false);
        assert!(invalid["message"].as_str().unwrap().contains(why), "{invalid}");
    }
}

#[tokio::test]
async fn tokens_that_were_expired_by_hand_are_replaced_by_signing_in_again() {
    let fixture = fixture::start(1, Duration::ZERO).await;
    let (supervisor, agent) = (fixture.env("DEMO_TOKEN_SUPERVISOR"), fixture.env("DEMO_TOKEN_AGENT"));
    fixture.control("expire-tokens", json!({"identity": "sofia_2Emarin_40example_2Ecom"})).await;
    assert_eq!(fixture.validate(supervisor).await["valid"], false);
    assert_eq!(fixture.validate(agent).await["valid"], true);
    let Answer { body: session, .. } = answer_to(fixture.client.get(fixture.url("/host/login?as=supervisor"))).await;
    assert_eq!(session["accountSid"], fixture.env["TWILIO_ACCOUNT_SID"]);
    assert_eq!(fixture.validate(session["token"].as_str().unwrap()).await["valid"], true);
    fixture.control("expire-tokens", json!({})).await;
    assert_eq!(fixture.validate(agent).await["valid"], false);
}

#[tokio::test]
async fn a_valid_token_is_exchanged_for_a_fresh_one_and_an_expired_one_is_not() {
    let fixture = fixture::start(1, Duration::ZERO).await;
    let path = format!("/iam/v1/Accounts/{}/Tokens/refresh", fixture.env("TWILIO_ACCOUNT_SID"));
    let refresh = |token: &str| answer_to(fixture.client.post(fixture.url(&path)).json(&json!({"token": token})));
    let Answer { status, body: session } = refresh(fixture.env("DEMO_TOKEN_AGENT")).await;
    assert_eq!(status, StatusCode::OK);
    assert_ne!(session["token"], fixture.env["DEMO_TOKEN_AGENT"]);
    assert_eq!(fixture.validate(session["token"].as_str().unwrap()).await["roles"], json!(["agent"]));
    assert_eq!(refresh(fixture.env("DEMO_TOKEN_EXPIRED")).await.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn somebody_unknown_can_not_sign_in() {
    let fixture = fixture::start(0, Duration::ZERO).await;
    let Answer { status, body } = answer_to(fixture.client.get(fixture.url("/host/login?as=nobody"))).await;
    assert_eq!(status, StatusCode::NOT_FOUND, "{body}");
}
