//! Studio Flows over real sockets.

use std::time::Duration;

use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use crate::world::{self, World, json_of};

fn definition(next: &str) -> Value {
    let bye = json!({"name": "bye", "type": "say-play", "transitions": [], "properties": {"say": "Bye"}});
    let trigger = json!({"name": "Trigger", "type": "trigger", "properties": {},
                         "transitions": [{"event": "incomingCall", "next": next}]});
    json!({"states": [trigger, bye], "initial_state": "Trigger"})
}

async fn post(world: &World, path: &str, next: &str, status: &str) -> (StatusCode, Value) {
    let definition = definition(next).to_string();
    let form = [("FriendlyName", "Main line"), ("Status", status), ("Definition", &definition)];
    json_of(world.twilio(Method::POST, &format!("/studio/v2/Flows{path}")).form(&form)).await
}

#[tokio::test]
async fn a_flow_is_made_listed_changed_and_removed() {
    let world = world::start(1, Duration::ZERO).await;
    assert_eq!(world.fetch("/studio/v2/Flows").await["flows"], json!([]));
    let (status, flow) = post(&world, "", "bye", "draft").await;
    assert_eq!((status, &flow["valid"], &flow["revision"]), (StatusCode::CREATED, &json!(true), &json!(1)));
    let sid = flow["sid"].as_str().unwrap();
    let (_, changed) = post(&world, &format!("/{sid}"), "bye", "published").await;
    assert_eq!((&changed["status"], &changed["revision"]), (&json!("published"), &json!(2)));
    let listed = world.fetch("/studio/v2/Flows").await;
    assert_eq!((&listed["flows"][0]["sid"], &listed["flows"][0]["definition"]), (&json!(sid), &Value::Null));
    assert_eq!(world.fetch(&format!("/studio/v2/Flows/{sid}")).await["definition"], definition("bye"));
    let (status, _) = json_of(world.twilio(Method::DELETE, &format!("/studio/v2/Flows/{sid}"))).await;
    assert_eq!(status, StatusCode::NO_CONTENT);
}

#[tokio::test]
async fn a_definition_that_leads_to_a_missing_widget_is_refused_with_81022_and_where() {
    let world = world::start(1, Duration::ZERO).await;
    assert_eq!(post(&world, "/Validate", "bye", "published").await, (StatusCode::OK, json!({"valid": true})));
    for path in ["/Validate", ""] {
        let (status, refusal) = post(&world, path, "nowhere", "published").await;
        assert_eq!((status, &refusal["code"]), (StatusCode::BAD_REQUEST, &json!(81022)));
        assert_eq!(refusal["details"]["errors"][0]["property_path"], "#/states/0/transitions/0/next");
    }
}
