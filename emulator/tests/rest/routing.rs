//! TaskQueues, Workflows, TaskChannels and changes of Workers over real sockets.

use std::time::Duration;

use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use crate::world::{self, World, json_of};

impl World {
    fn workspace(&self, path: &str) -> String {
        format!("/taskrouter/v1/Workspaces/{}{path}", self.env("TASKROUTER_WORKSPACE_SID"))
    }

    async fn write(&self, path: &str, form: &[(&str, &str)]) -> (StatusCode, Value) {
        json_of(self.twilio(Method::POST, &self.workspace(path)).form(form)).await
    }

    async fn workers(&self, query: &str) -> Vec<Value> {
        let path = self.workspace(&format!("/Workers?PageSize=1000&{query}"));
        self.fetch(&path).await["workers"].as_array().cloned().unwrap()
    }
}

#[tokio::test]
async fn the_account_has_what_a_new_flex_account_has() {
    let world = world::start(1, Duration::ZERO).await;
    let queues = world.fetch(&world.workspace("/TaskQueues")).await;
    assert_eq!((&queues["task_queues"][0]["friendly_name"]), &json!("Everyone"));
    assert_eq!(queues["task_queues"][0]["target_workers"], "1==1");
    let workflows = world.fetch(&world.workspace("/Workflows?FriendlyName=Assign%20to%20Anyone")).await;
    let configuration: Value =
        serde_json::from_str(workflows["workflows"][0]["configuration"].as_str().unwrap()).unwrap();
    assert_eq!(configuration["task_routing"]["default_filter"]["queue"], queues["task_queues"][0]["sid"]);
    assert_eq!(world.fetch(&world.workspace("/TaskChannels/voice")).await["unique_name"], "voice");
}

#[tokio::test]
async fn a_workflow_keeps_its_configuration_as_it_was_sent_and_refuses_one_that_is_not_sound() {
    let world = world::start(1, Duration::ZERO).await;
    let workflow = world.fetch(&world.workspace("/Workflows")).await["workflows"][0].clone();
    let path = format!("/Workflows/{}", workflow["sid"].as_str().unwrap());
    let odd = "{ \"task_routing\" :\n{\"filters\":[ ]}, \"x\":1.0}";
    let (status, changed) = world.write(&path, &[("Configuration", odd)]).await;
    assert_eq!((status, changed["configuration"].as_str()), (StatusCode::OK, Some(odd)));
    for bad in ["{", "{}", r#"{"task_routing":{"default_filter":{"queue":"WQ00000000000000000000000000000000"}}}"#] {
        assert_eq!(world.write(&path, &[("Configuration", bad)]).await.0, StatusCode::BAD_REQUEST, "{bad}");
    }
    assert_eq!(world.fetch(&world.workspace(&path)).await["configuration"], odd);
}

#[tokio::test]
async fn a_queue_takes_the_workers_that_its_expression_names() {
    let world = world::start(20, Duration::ZERO).await;
    let everybody = world.workers("").await.len();
    let form = [("FriendlyName", "Sales"), ("TargetWorkers", "team_name == 'Sales'")];
    let (status, queue) = world.write("/TaskQueues", &form).await;
    assert_eq!(status, StatusCode::CREATED);
    let sales = world.workers(&format!("TaskQueueSid={}", queue["sid"].as_str().unwrap())).await;
    assert!(!sales.is_empty() && sales.len() < everybody);
    assert!(sales.iter().all(|worker| worker["attributes"].as_str().unwrap().contains("Sales")));
    let same = world.workers("TargetWorkersExpression=team_name%20%3D%3D%20%27Sales%27").await;
    assert_eq!(same.len(), sales.len());
    assert_eq!(world.write("/TaskQueues", &form).await.0, StatusCode::BAD_REQUEST);
    let bad = [("FriendlyName", "Bad"), ("TargetWorkers", "team_name ==")];
    assert_eq!(world.write("/TaskQueues", &bad).await.0, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn a_worker_changes_activity_and_name_and_is_deleted() {
    let world = world::start(3, Duration::ZERO).await;
    let worker = world.workers("").await[0].clone();
    let path = format!("/Workers/{}", worker["sid"].as_str().unwrap());
    let activities = world.fetch(&world.workspace("/Activities")).await;
    let offline = activities["activities"].as_array().unwrap().iter().find(|one| one["friendly_name"] == "Offline");
    let offline = offline.unwrap()["sid"].as_str().unwrap();
    let (status, away) = world.write(&path, &[("ActivitySid", offline)]).await;
    assert_eq!(
        (status, &away["activity_name"], &away["available"]),
        (StatusCode::OK, &json!("Offline"), &json!(false))
    );
    let (_, renamed) = world.write(&path, &[("Attributes", r#"{"full_name":"New Name"}"#)]).await;
    assert_eq!(
        (&renamed["attributes"], &renamed["activity_sid"]),
        (&json!(r#"{"full_name":"New Name"}"#), &json!(offline))
    );
    let (status, _) = json_of(world.twilio(Method::DELETE, &world.workspace(&path))).await;
    assert_eq!(status, StatusCode::NO_CONTENT);
    assert_eq!(world.write(&path, &[("ActivitySid", offline)]).await.0, StatusCode::NOT_FOUND);
}
