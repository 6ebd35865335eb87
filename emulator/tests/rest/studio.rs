//! Studio Flows over real sockets.

use std::time::Duration;

use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use crate::fixture::{self, Answer, Fixture, answer_to};

fn definition(next: &str) -> Value {
    let bye = json!({"name": "bye", "type": "say-play", "transitions": [], "properties": {"say": "Bye"}});
    let trigger = json!({"name": "Trigger", "type": "trigger", "properties": {},
                         "transitions": [{"event": "incomingCall", "next": next}]});
    json!({"states": [trigger, bye], "initial_state": "Trigger"})
}

async fn post(fixture: &Fixture, path: &str, next: &str, status: &str) -> Answer {
    let definition = definition(next).to_string();
    let form = [("FriendlyName", "Main line"), ("Status", status), ("Definition", &definition)];
    answer_to(fixture.twilio(Method::POST, &format!("/studio/v2/Flows{path}")).form(&form)).await
}

#[tokio::test]
async fn a_flow_is_made_listed_changed_and_removed() {
    let fixture = fixture::start(1, Duration::ZERO).await;
    assert_eq!(fixture.fetch("/studio/v2/Flows").await["flows"], json!([]));
    let Answer { status, body: flow } = post(&fixture, "", "bye", "draft").await;
    assert_eq!(status, StatusCode::CREATED);
    assert_eq!(flow["valid"], json!(true));
    assert_eq!(flow["revision"], json!(1));
    let sid = flow["sid"].as_str().unwrap();
    let Answer { body: changed, .. } = post(&fixture, &format!("/{sid}"), "bye", "published").await;
    assert_eq!(changed["status"], json!("published"));
    assert_eq!(changed["revision"], json!(2));
    let listed = fixture.fetch("/studio/v2/Flows").await;
    assert_eq!(listed["flows"][0]["sid"], json!(sid));
    assert_eq!(listed["flows"][0]["definition"], Value::Null);
    assert_eq!(fixture.fetch(&format!("/studio/v2/Flows/{sid}")).await["definition"], definition("bye"));
    let Answer { status, .. } = answer_to(fixture.twilio(Method::DELETE, &format!("/studio/v2/Flows/{sid}"))).await;
    assert_eq!(status, StatusCode::NO_CONTENT);
}

#[tokio::test]
async fn a_definition_that_leads_to_a_missing_widget_is_refused_with_81022_and_where() {
    let fixture = fixture::start(1, Duration::ZERO).await;
    assert_eq!(
        post(&fixture, "/Validate", "bye", "published").await,
        Answer { status: StatusCode::OK, body: json!({"valid": true}) }
    );
    for path in ["/Validate", ""] {
        let Answer { status, body: refusal } = post(&fixture, path, "nowhere", "published").await;
        assert_eq!(status, StatusCode::BAD_REQUEST);
        assert_eq!(refusal["code"], json!(81022));
        assert_eq!(refusal["details"]["errors"][0]["property_path"], "#/states/0/transitions/0/next");
    }
}
