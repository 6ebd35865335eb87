//! From the draft to the caller.

use std::time::Duration;

use serde_json::{Value, json};

use crate::world::{Answer, World, refused, row, worker};

#[tokio::test]
async fn the_list_holds_all_published_extensions() {
    let world = World::new().await;
    let list = world.list().await;
    assert_eq!(list["data"].as_array().unwrap().len(), 120);
    assert!(list["version"].as_str().unwrap().starts_with("ZN"));
    assert_eq!(list["versionIsDeployed"], true);
    assert_eq!(list["rejected"], json!([]));
    assert_eq!(list["publishing"], Value::Null);
    assert_eq!(list["rules"], json!({"minDigits": 2, "maxDigits": 10}));
}

#[tokio::test]
async fn what_is_published_is_what_the_very_next_caller_gets() {
    let world = World::new().await;
    assert_eq!(world.dial("777701").await.body["found"], false);
    let mut rows = world.rows().await;
    rows.push(row("777701", 1));
    world.publish(&rows).await;
    let answer = world.dial("777701").await;
    let expected = json!({
        "found": true, "workerSID": worker(1), "workerSid": worker(1),
        "workerFullName": "Agent 1", "extension": "777701",
    });
    assert_eq!(answer, Answer { status: 200, body: expected });
    let list = world.list().await;
    assert_eq!(list["data"].as_array().unwrap().len(), 121);
    assert_eq!(list["versionIsDeployed"], true);
}

#[tokio::test]
async fn everything_else_in_the_build_is_carried_over() {
    let world = World::new().await;
    let rows = world.rows().await;
    let before = world.build_of_the_environment().await;
    world.publish(&rows).await;
    let after = world.build_of_the_environment().await;
    assert_ne!(before["sid"], after["sid"]);
    assert_eq!(before["runtime"], after["runtime"]);
    assert_eq!(before["dependencies"], after["dependencies"]);
    assert_eq!(sids(&before["function_versions"], ""), sids(&after["function_versions"], ""));
    let others = sids(&before["asset_versions"], "/extensions.json");
    assert!(!others.is_empty());
    assert_eq!(others, sids(&after["asset_versions"], "/extensions.json"));
    let kept = |build: &Value| {
        let versions = build["asset_versions"].as_array().unwrap().iter();
        let ours = versions.filter(|version| version["path"] == "/extensions.json");
        ours.map(|version| (version["asset_sid"].clone(), version["visibility"].clone())).collect::<Vec<_>>()
    };
    assert_eq!(kept(&before), kept(&after));
}

#[tokio::test]
async fn the_bookkeeping_of_a_change_of_number_is_never_published_whoever_sends_it() {
    let world = World::small().await;
    let mut rows = world.rows().await;
    let mut renumbered = row("777701", 1);
    renumbered["mapKey"] = json!("777700");
    rows.push(renumbered.clone());
    let mut sent = rows.clone();
    for name in ["replacesKey", "replaces_key", "ReplacesKey"] {
        sent.last_mut().unwrap()[name] = json!("777700");
    }
    world.publish(&sent).await;
    assert!(world.rows().await.contains(&renumbered), "{:?}", world.rows().await);
}

fn sids(versions: &Value, without_path: &str) -> Vec<String> {
    let versions = versions.as_array().unwrap().iter().filter(|version| version["path"] != without_path);
    let mut sids: Vec<_> = versions.map(|version| version["sid"].as_str().unwrap().to_owned()).collect();
    sids.sort();
    sids
}

impl World {
    async fn build_of_the_environment(&self) -> Value {
        let service = &self.env["TWILIO_SERVERLESS_SERVICE_SID"];
        let environment = format!("Environments/{}", self.env["TWILIO_SERVERLESS_ENVIRONMENT_SID"]);
        let fetch = async |path: &str| -> Value {
            let url = format!("{}/serverless/v1/Services/{service}/{path}", self.emulator.base());
            self.with_credentials(self.http.get(url)).send().await.unwrap().json().await.unwrap()
        };
        let environment = fetch(&environment).await;
        fetch(&format!("Builds/{}", environment["build_sid"].as_str().unwrap())).await
    }
}

#[tokio::test]
async fn while_somebody_publishes_the_list_says_who_and_a_build_that_is_not_ready_can_not_be_deployed() {
    let world = World::with(5, Duration::from_secs(3600), &[]).await;
    let rows = world.rows().await;
    let build_sid = world.update(&rows).await;
    let list = world.list().await;
    assert_eq!(list["versionIsDeployed"], false);
    assert_eq!(list["publishing"]["buildSid"], build_sid);
    assert!(list["publishing"]["startedBy"].as_str().unwrap().contains('@'), "{list}");
    let early = world.deploy(&build_sid).await;
    assert_eq!(refused(early, 409, "build-not-ready")["detail"], json!({"buildStatus": "building"}));
    assert_eq!(world.list().await["publishing"]["buildSid"], build_sid);
}

#[tokio::test]
async fn a_failed_build_lets_the_next_publish_begin() {
    let world = World::small().await;
    world.control("fail-build", json!({"times": 1})).await;
    let rows = world.rows().await;
    let build_sid = world.update(&rows).await;
    assert_eq!(world.wait_for(&build_sid).await, "failed");
    assert_eq!(world.list().await["publishing"], Value::Null);
    let refusal = world.deploy(&build_sid).await;
    refused(refusal, 409, "build-not-ready");
    world.publish(&rows).await;
}

#[tokio::test]
async fn publishing_the_same_build_twice_is_a_success_twice() {
    let world = World::small().await;
    let rows = world.rows().await;
    let build_sid = world.build(&rows).await;
    let first = world.deploy(&build_sid).await;
    assert_eq!(first.status, 200);
    assert!(first.body["deploymentSid"].as_str().unwrap().starts_with("ZD"));
    let second = world.deploy(&build_sid).await;
    assert_eq!(second.status, 200);
    assert_eq!(second.body["deploymentSid"], Value::Null);
}

#[tokio::test]
async fn an_upload_that_fails_half_way_leaves_nobody_stuck() {
    let world = World::small().await;
    let list = world.list().await;
    let body = json!({"data": list["data"], "version": list["version"]});
    for path in ["/Versions", "/Builds", "/Items/publishing"] {
        world.control("fail", json!({"method": "POST", "path": path, "times": 99, "status": 500})).await;
        refused(world.admin("/admin/update", body.clone()).await, 502, "twilio-failed");
        world.emulator.app.traffic.clear_faults();
        assert_eq!(world.list().await["publishing"], Value::Null, "{path}");
    }
    let rows = list["data"].as_array().unwrap().clone();
    world.publish(&rows).await;
}

#[tokio::test]
async fn a_deployment_that_nobody_knows_the_end_of_can_be_tried_again_by_anybody() {
    let world = World::small().await;
    let rows = world.rows().await;
    let build_sid = world.update(&rows).await;
    world.wait_for(&build_sid).await;
    world.control("fail", json!({"method": "POST", "path": "/Deployments", "times": 99, "status": 500})).await;
    let refusal = world.deploy(&build_sid).await;
    refused(refusal, 504, "deployment-unclear");
    world.emulator.app.traffic.clear_faults();
    assert_eq!(world.list().await["publishing"]["stage"], "deploying");
    let next = json!({"Token": world.token("SUPERVISOR_2"), "buildSid": build_sid});
    assert_eq!(world.post("/admin/publish", &next).await.status, 200);
    assert_eq!(world.list().await["publishing"], Value::Null);
}
