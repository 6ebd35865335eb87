//! What only a Function can get wrong: settings and files that come with the deploy.
//!
//! `cargo xtask test --only functions` runs these.

use serde_json::json;

use crate::world::{World, answer, refused};

#[tokio::test]
async fn without_usable_settings_a_function_answers_in_json_and_its_log_names_the_variable() {
    let mut world = World::new().await;
    world.env.insert("TWILIO_SERVICE_RETRY_LIMIT".into(), "many".into());
    world.server = world.another_server("log-of-a-misconfigured-one");
    // Twice, because a failure must not end the process.
    for _ in 0..2 {
        let request = world.http.post(format!("{}/admin/list", world.server.url)).json(&json!({}));
        let response = request.header("origin", "https://flex.twilio.com").send().await.unwrap();
        assert_eq!(response.headers()["access-control-allow-origin"], "*");
        refused(answer(response).await, 500, "internal");
    }
    let log = world.log();
    assert!(log.contains("TWILIO_SERVICE_RETRY_LIMIT") && !log.contains(&world.env["TWILIO_AUTH_TOKEN"]), "{log}");
}

#[tokio::test]
async fn a_directory_that_is_no_json_takes_nothing_down() {
    let mut world = World::new().await;
    std::fs::write(world.folder().join("assets/extensions.private.json"), "[{\"extensionNumber\":").unwrap();
    world.server = world.another_server("log-of-a-broken-one");
    for _ in 0..2 {
        refused(world.dial("2000").await, 503, "twilio-failed");
        let list = world.list().await;
        assert_eq!((&list["data"], &list["unreadable"]["path"]), (&json!([]), &json!("/extensions.json")), "{list}");
    }
}
