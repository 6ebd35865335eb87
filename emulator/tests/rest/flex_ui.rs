//! What the Flex UI asks for at boot, over real sockets.

use std::time::Duration;

use crate::fixture::{self, Answer, Fixture, answer_to};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

async fn bridge(fixture: &Fixture, token: &str, method: &str, url: &str, params: Value) -> Answer {
    let body = json!({"url": url, "method": method, "params": params, "token": token});
    let request = fixture.client.post(fixture.url("/event-bridge/v1/wschannels"));
    // As the TaskRouter SDK does: JSON that claims to be a form.
    let request = request.header("content-type", "application/x-www-form-urlencoded");
    answer_to(request.body(body.to_string())).await
}

#[tokio::test]
async fn the_configuration_carries_the_plugins_settings() {
    let fixture = fixture::start(0, Duration::ZERO).await;
    let Answer { body: configuration, .. } =
        answer_to(fixture.client.get(fixture.url("/flex-api/v1/Configuration?UiVersion=2.17.1"))).await;
    assert_eq!(configuration["account_sid"], fixture.env["TWILIO_ACCOUNT_SID"]);
    assert_eq!(configuration["ui_attributes"]["version_compatibility"], "yes");
    assert_eq!(
        configuration["ui_attributes"]["agent_did_extensions"],
        json!({"functions_base": "http://localhost:8787", "sync_map_name": "AgentExtensionMaps"})
    );
}

#[tokio::test]
async fn a_preflight_request_of_the_host_page_is_allowed() {
    let fixture = fixture::start(0, Duration::ZERO).await;
    let request = fixture
        .client
        .request(Method::OPTIONS, fixture.url("/flex/plugins"))
        .header("Origin", "http://localhost:3000")
        .header("Access-Control-Request-Method", "GET")
        .header("Access-Control-Request-Headers", "x-flex-jwe,x-flex-version");
    let response = request.send().await.unwrap();
    assert_eq!(response.status(), StatusCode::NO_CONTENT);
    assert_eq!(response.headers()["access-control-allow-origin"], "http://localhost:3000");
    assert_eq!(response.headers()["access-control-allow-headers"], "x-flex-jwe,x-flex-version");
    assert_eq!(fixture.calls().await.len(), 0, "preflight requests are not calls");
}

#[tokio::test]
async fn the_plugin_is_listed_for_people_who_are_signed_in() {
    let fixture = fixture::start(0, Duration::ZERO).await;
    let plugins = fixture.client.get(fixture.url("/flex/plugins?roles=agent"));
    let Answer { body: list, .. } = answer_to(plugins.header("X-Flex-JWE", fixture.env("DEMO_TOKEN_AGENT"))).await;
    assert_eq!(list[0]["name"], "agent-did-extensions");
    assert_eq!(list[0]["src"], "/plugins/agent-did-extensions.js");
    assert_eq!(answer_to(fixture.client.get(fixture.url("/flex/plugins"))).await.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn a_renewed_token_stays_in_its_tab() {
    let fixture = fixture::start(0, Duration::ZERO).await;
    for (feature, enabled) in [("sso-token-session-storage", true), ("enable-queue-filter", false)] {
        let Answer { status, body: reply } =
            answer_to(fixture.client.get(fixture.url(&format!("/flex/api/v1/Features/{feature}")))).await;
        assert_eq!(status, StatusCode::OK);
        assert_eq!(reply["enabled"], json!(enabled));
    }
}

#[tokio::test]
async fn token_info_decides_the_roles() {
    let fixture = fixture::start(0, Duration::ZERO).await;
    let path = format!("/flex-api/v1/Accounts/{}/Tokens/Info", fixture.env("TWILIO_ACCOUNT_SID"));
    let info = |token: &str| answer_to(fixture.client.post(fixture.url(&path)).form(&[("Token", token)]));
    let Answer { body: supervisor, .. } = info(fixture.env("DEMO_TOKEN_SUPERVISOR")).await;
    assert_eq!(supervisor["valid"], json!(true));
    assert_eq!(supervisor["roles"], json!(["supervisor"]));
    assert_eq!(info(fixture.env("DEMO_TOKEN_EXPIRED")).await.body["valid"], false);
}

#[tokio::test]
async fn the_event_bridge_shows_the_signed_in_worker_and_changes_its_activity() {
    let fixture = fixture::start(0, Duration::ZERO).await;
    let token = fixture.env("DEMO_TOKEN_AGENT");
    let worker_sid = fixture.validate(token).await["worker_sid"].as_str().unwrap().to_owned();
    let workspace = format!("Workspaces/{}", fixture.env("TASKROUTER_WORKSPACE_SID"));
    let worker = format!("{workspace}/Workers/{worker_sid}");
    let Answer { body: reply, .. } = bridge(&fixture, token, "GET", &worker, json!({})).await;
    assert_eq!(reply["payload"]["activity_name"], "Available");
    let Answer { body: activities, .. } =
        bridge(&fixture, token, "GET", &format!("{workspace}/Activities"), json!({})).await;
    let contents = activities["payload"]["contents"].as_array().unwrap().clone();
    assert!(contents.iter().any(|activity| activity["sid"] == reply["payload"]["activity_sid"]));
    let break_sid = &contents.iter().find(|activity| activity["friendly_name"] == "Break").unwrap()["sid"];
    let Answer { body: reply, .. } = bridge(&fixture, token, "POST", &worker, json!({"ActivitySid": break_sid})).await;
    assert_eq!(reply["payload"]["activity_name"], json!("Break"));
    assert_eq!(reply["payload"]["available"], json!(false));
    let rest = fixture.fetch(&format!("/taskrouter/v1/{worker}")).await;
    assert_eq!(rest["activity_name"], "Break");
    let call = fixture.calls().await.into_iter().rfind(|call| call["method"] == "POST").unwrap();
    assert_eq!(call["body"]["token"], "[redacted]", "a token is not recorded whatever the content type");
    let expired = bridge(&fixture, fixture.env("DEMO_TOKEN_EXPIRED"), "GET", &worker, json!({})).await;
    assert_eq!(expired.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn an_agent_can_not_change_somebody_elses_worker() {
    let fixture = fixture::start(0, Duration::ZERO).await;
    let supervisor = fixture.validate(fixture.env("DEMO_TOKEN_SUPERVISOR")).await["worker_sid"].clone();
    let workspace = fixture.env("TASKROUTER_WORKSPACE_SID");
    let url = format!("Workspaces/{workspace}/Workers/{}", supervisor.as_str().unwrap());
    assert_eq!(
        bridge(&fixture, fixture.env("DEMO_TOKEN_AGENT"), "GET", &url, json!({})).await.status,
        StatusCode::FORBIDDEN
    );
}

#[tokio::test]
async fn what_is_not_there_is_answered_as_twilio_does() {
    let fixture = fixture::start(0, Duration::ZERO).await;
    for path in ["/flex-api/v1/Nothing", "/studio/v1/Flows", "/sdk/sounds/ring.mp3"] {
        let Answer { status, body } = answer_to(fixture.client.get(fixture.url(path))).await;
        assert_eq!(status, StatusCode::NOT_FOUND, "{path}");
        assert_eq!(body["code"], json!(20404), "{path}");
    }
}
