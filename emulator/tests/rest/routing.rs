//! TaskQueues, Workflows, TaskChannels and changes of Workers over real sockets.

use std::time::Duration;

use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use crate::fixture::{self, Answer, Fixture, answer_to};

impl Fixture {
    fn workspace(&self, path: &str) -> String {
        format!("/taskrouter/v1/Workspaces/{}{path}", self.env("TASKROUTER_WORKSPACE_SID"))
    }

    async fn write(&self, path: &str, form: &[(&str, &str)]) -> Answer {
        answer_to(self.twilio(Method::POST, &self.workspace(path)).form(form)).await
    }

    async fn workers(&self, query: &str) -> Vec<Value> {
        let path = self.workspace(&format!("/Workers?PageSize=1000&{query}"));
        self.fetch(&path).await["workers"].as_array().cloned().unwrap()
    }
}

#[tokio::test]
async fn the_account_has_what_a_new_flex_account_has() {
    let fixture = fixture::start(1, Duration::ZERO).await;
    let queues = fixture.fetch(&fixture.workspace("/TaskQueues")).await;
    assert_eq!(&queues["task_queues"][0]["friendly_name"], &json!("Everyone"));
    assert_eq!(queues["task_queues"][0]["target_workers"], "1==1");
    let workflows = fixture.fetch(&fixture.workspace("/Workflows?FriendlyName=Assign%20to%20Anyone")).await;
    let configuration: Value =
        serde_json::from_str(workflows["workflows"][0]["configuration"].as_str().unwrap()).unwrap();
    assert_eq!(configuration["task_routing"]["default_filter"]["queue"], queues["task_queues"][0]["sid"]);
    assert_eq!(fixture.fetch(&fixture.workspace("/TaskChannels/voice")).await["unique_name"], "voice");
}

#[tokio::test]
async fn a_workflow_keeps_its_configuration_as_it_was_sent_and_refuses_one_that_is_not_sound() {
    let fixture = fixture::start(1, Duration::ZERO).await;
    let workflow = fixture.fetch(&fixture.workspace("/Workflows")).await["workflows"][0].clone();
    let path = format!("/Workflows/{}", workflow["sid"].as_str().unwrap());
    let odd = "{ \"task_routing\" :\n{\"filters\":[ ]}, \"x\":1.0}";
    let Answer { status, body: changed } = fixture.write(&path, &[("Configuration", odd)]).await;
    assert_eq!(status, StatusCode::OK);
    assert_eq!(changed["configuration"].as_str(), Some(odd));
    for bad in ["{", "{}", r#"{"task_routing":{"default_filter":{"queue":"WQ00000000000000000000000000000000"}}}"#] {
        assert_eq!(fixture.write(&path, &[("Configuration", bad)]).await.status, StatusCode::BAD_REQUEST, "{bad}");
    }
    assert_eq!(fixture.fetch(&fixture.workspace(&path)).await["configuration"], odd);
}

#[tokio::test]
async fn a_queue_takes_the_workers_that_its_expression_names() {
    let fixture = fixture::start(20, Duration::ZERO).await;
    let everybody = fixture.workers("").await.len();
    let form = [("FriendlyName", "Sales"), ("TargetWorkers", "team_name == 'Sales'")];
    let Answer { status, body: queue } = fixture.write("/TaskQueues", &form).await;
    assert_eq!(status, StatusCode::CREATED);
    let sales = fixture.workers(&format!("TaskQueueSid={}", queue["sid"].as_str().unwrap())).await;
    assert!(!sales.is_empty() && sales.len() < everybody);
    assert!(sales.iter().all(|worker| worker["attributes"].as_str().unwrap().contains("Sales")));
    let same = fixture.workers("TargetWorkersExpression=team_name%20%3D%3D%20%27Sales%27").await;
    assert_eq!(same.len(), sales.len());
    assert_eq!(fixture.write("/TaskQueues", &form).await.status, StatusCode::BAD_REQUEST);
    let bad = [("FriendlyName", "Bad"), ("TargetWorkers", "team_name ==")];
    assert_eq!(fixture.write("/TaskQueues", &bad).await.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn a_worker_changes_activity_and_name_and_is_deleted() {
    let fixture = fixture::start(3, Duration::ZERO).await;
    let worker = fixture.workers("").await[0].clone();
    let path = format!("/Workers/{}", worker["sid"].as_str().unwrap());
    let activities = fixture.fetch(&fixture.workspace("/Activities")).await;
    let offline = activities["activities"].as_array().unwrap().iter().find(|one| one["friendly_name"] == "Offline");
    let offline = offline.unwrap()["sid"].as_str().unwrap();
    let Answer { status, body: away } = fixture.write(&path, &[("ActivitySid", offline)]).await;
    assert_eq!(status, StatusCode::OK);
    assert_eq!(away["activity_name"], json!("Offline"));
    assert_eq!(away["available"], json!(false));
    let Answer { body: renamed, .. } = fixture.write(&path, &[("Attributes", r#"{"full_name":"New Name"}"#)]).await;
    assert_eq!(renamed["attributes"], json!(r#"{"full_name":"New Name"}"#));
    assert_eq!(renamed["activity_sid"], json!(offline));
    let Answer { status, .. } = answer_to(fixture.twilio(Method::DELETE, &fixture.workspace(&path))).await;
    assert_eq!(status, StatusCode::NO_CONTENT);
    assert_eq!(fixture.write(&path, &[("ActivitySid", offline)]).await.status, StatusCode::NOT_FOUND);
}
