//! Who may do what.

use serde_json::json;

use crate::world::{Answer, World, answer, refused};

const PATHS: [&str; 5] = ["/admin/list", "/admin/update", "/admin/update-status", "/admin/publish", "/admin/discard"];

#[tokio::test]
async fn supervisors_and_admins_get_in_agents_do_not_and_without_a_valid_token_nobody_does() {
    let world = World::new().await;
    let version = world.list().await["version"].clone();
    for path in PATHS {
        let post = async |token: &str| {
            let body = json!({"Token": token, "data": [], "version": version, "buildSid": format!("ZB{:032x}", 1)});
            world.post(path, &body).await
        };
        refused(post(world.token("AGENT")).await, 403, "not-allowed");
        for wrong in [world.token("EXPIRED"), "garbage", "", "  ", "\u{e9}\u{1f600}"] {
            refused(post(wrong).await, 401, "not-signed-in");
        }
        refused(world.post(path, &json!({})).await, 401, "not-signed-in");
        refused(world.post(path, &json!({"Token": 5})).await, 401, "not-signed-in");
        for allowed in ["SUPERVISOR", "SUPERVISOR_2", "ADMIN"] {
            let Answer { status, body } = post(world.token(allowed)).await;
            assert!(![401, 403].contains(&status), "{path} {allowed}: {status} {body}");
        }
    }
    assert_eq!(world.writes().await, []);
}

#[tokio::test]
async fn a_form_opens_as_well_as_json() {
    let world = World::new().await;
    let url = format!("{}/admin/list", world.server.url);
    let request = world.http.post(url).form(&[("Token", world.token("ADMIN"))]);
    let list = answer(request.send().await.unwrap()).await;
    assert_eq!(list.status, 200);
    assert_eq!(list.body["data"].as_array().unwrap().len(), 120);
}

#[tokio::test]
async fn the_flex_origin_may_ask_ahead_and_others_may_not() {
    let world = World::new().await;
    let url = format!("{}/admin/update", world.server.url);
    let preflight = async |origin: &str| {
        let request = world.http.request(reqwest::Method::OPTIONS, &url).header("origin", origin);
        let request = request.header("access-control-request-method", "POST");
        request.header("access-control-request-headers", "authorization,content-type").send().await.unwrap()
    };
    let response = preflight("https://flex.twilio.com").await;
    assert!(response.status().is_success());
    assert_eq!(response.headers()["access-control-allow-origin"], "https://flex.twilio.com");
    let allowed = response.headers()["access-control-allow-headers"].to_str().unwrap().to_owned();
    assert!(allowed.contains("authorization") && allowed.contains("content-type"), "{allowed}");
    let stranger = preflight("https://evil.example.com").await;
    assert!(!stranger.headers().contains_key("access-control-allow-origin"));
}

#[tokio::test]
async fn pages_of_the_flex_origin_may_read_failures_and_others_may_read_nothing() {
    let world = World::new().await;
    let url = format!("{}/admin/update", world.server.url);
    let failure =
        async |origin: &str| world.http.post(&url).header("origin", origin).json(&json!({})).send().await.unwrap();
    let ours = failure("https://flex.twilio.com").await;
    assert_eq!(ours.headers()["access-control-allow-origin"], "https://flex.twilio.com");
    refused(answer(ours).await, 401, "not-signed-in");
    assert!(!failure("https://evil.example.com").await.headers().contains_key("access-control-allow-origin"));
}

#[tokio::test]
async fn an_unknown_path_is_refused_in_json() {
    let world = World::new().await;
    refused(world.get("/nothing/here").await, 404, "not-found");
}

#[tokio::test]
async fn a_method_that_a_path_does_not_answer_to_is_refused_in_json() {
    let world = World::new().await;
    refused(world.get("/admin/list").await, 405, "not-found");
}

#[tokio::test]
async fn secrets_never_reach_the_log() {
    let world = World::new().await;
    world.publish(&world.rows().await).await;
    world.dial("9999").await;
    world.control("fail", json!({"method": "POST", "path": "/Tokens/validate", "times": 9, "status": 500})).await;
    let body = json!({"Token": world.token("ADMIN")});
    refused(world.post("/admin/list", &body).await, 502, "twilio-failed");
    let log = world.log();
    assert!(log.contains("Build requested"), "{log}");
    for (name, value) in &world.env {
        let secret = name.starts_with("DEMO_TOKEN_") || name == "TWILIO_AUTH_TOKEN";
        assert!(!(secret && log.contains(value.as_str())), "{name} is in the log");
    }
}
