//! A publish that nobody goes on with, and what the next person can do about it.

use std::time::Duration;

use serde_json::{Value, json};

use crate::world::{Answer, World, refused, row};

impl World {
    /// The published rows and one more.
    async fn rows_and_one_more(&self) -> Vec<Value> {
        let mut rows = self.rows().await;
        rows.push(row("777701", 1));
        rows
    }

    async fn discard(&self, publishing: &Value) -> Answer {
        let named = json!({"buildSid": publishing["buildSid"], "startedAt": publishing["startedAt"]});
        self.admin("/admin/discard", named).await
    }
}

#[tokio::test]
async fn the_next_person_sees_who_began_when_and_how_far_it_got() {
    let world = World::with(5, Duration::from_secs(3600), &[]).await;
    let build_sid = world.update(&world.rows_and_one_more().await).await;
    let publishing = world.list().await["publishing"].clone();
    assert_eq!(publishing["stage"], "building");
    assert_eq!(publishing["rows"], 6);
    assert_eq!(publishing["buildSid"], build_sid);
    assert!(publishing["updatedAt"].as_str() >= publishing["startedAt"].as_str(), "{publishing}");
}

#[tokio::test]
async fn a_discarded_publish_can_not_be_deployed_any_more_and_the_next_one_begins_at_once() {
    let world = World::small().await;
    let rows = world.rows_and_one_more().await;
    let left = world.build(&rows).await;
    let publishing = world.list().await["publishing"].clone();
    let discarded = world.discard(&publishing).await;
    let body = json!({"success": true, "status": 200, "discarded": true, "alreadyLive": false});
    assert_eq!(discarded, Answer { status: 200, body });
    let list = world.list().await;
    assert_eq!(list["publishing"], Value::Null);
    assert_eq!(list["data"].as_array().unwrap().len(), 5);
    assert_eq!(list["versionIsDeployed"], true, "nobody is half-way through any more");
    let late = world.deploy(&left).await;
    refused(late, 404, "unknown-build");
    world.publish(&rows).await;
    assert_eq!(world.dial("777701").await.body["found"], true);
}

#[tokio::test]
async fn discarding_what_is_gone_already_is_a_success() {
    let world = World::small().await;
    let answer = world.discard(&Value::Null).await;
    assert_eq!(answer.status, 200);
    assert_eq!(answer.body["discarded"], false);
}

#[tokio::test]
async fn a_publish_that_has_gone_on_or_is_somebody_elses_by_now_is_not_discarded() {
    let world = World::small().await;
    let rows = world.rows_and_one_more().await;
    let build_sid = world.update(&rows).await;
    let publishing = world.list().await["publishing"].clone();
    let seen_before_its_build = json!({"buildSid": null, "startedAt": publishing["startedAt"]});
    let earlier = json!({"buildSid": build_sid, "startedAt": "2020-01-01T00:00:00Z"});
    for stale in [seen_before_its_build, earlier, json!({"buildSid": format!("ZB{:032x}", 1)})] {
        let body = refused(world.discard(&stale).await, 409, "publish-in-progress");
        assert_eq!(body["detail"]["buildSid"], build_sid);
    }
    assert_eq!(world.wait_for(&build_sid).await, "completed");
    assert_eq!(world.deploy(&build_sid).await.status, 200);
}

#[tokio::test]
async fn a_publish_that_is_discarded_while_it_uploads_is_told_so_and_leaves_no_build() {
    let world = World::small().await;
    let (rows, list) = (world.rows_and_one_more().await, world.list().await);
    world.control("delay", json!({"method": "POST", "path": "/Versions", "times": 1, "ms": 2000})).await;
    let running = world.admin("/admin/update", json!({"data": rows, "version": list["version"]}));
    let discarding = async {
        while world.list().await["publishing"].is_null() {}
        let publishing = world.list().await["publishing"].clone();
        world.discard(&publishing).await
    };
    let (running, discarded) = tokio::join!(running, discarding);
    assert_eq!(discarded.body["discarded"], true);
    refused(running, 409, "publish-discarded");
    assert_eq!(world.list().await["versionIsDeployed"], true);
    world.publish(&rows).await;
}

#[tokio::test]
async fn a_publish_that_never_got_a_build_is_discarded_by_when_it_began() {
    let mut world = World::small().await;
    let rows = world.rows_and_one_more().await;
    let list = world.list().await;
    world.control("delay", json!({"method": "POST", "path": "/Versions", "times": 1, "ms": 60_000})).await;
    let body = json!({"Token": world.token("SUPERVISOR"), "data": rows, "version": list["version"]});
    let request = world.http.post(format!("{}/admin/update", world.server.url)).json(&body).send();
    // Whoever was publishing is gone: the request never ends, and the server is killed under it.
    let waiting = tokio::spawn(request);
    while world.list().await["publishing"].is_null() {}
    world.server = world.another_server("log-of-the-next");
    waiting.abort();
    let publishing = world.list().await["publishing"].clone();
    assert_eq!(publishing["stage"], "uploading");
    assert_eq!(publishing["buildSid"], Value::Null);
    assert_eq!(world.discard(&publishing).await.body["discarded"], true);
    // The server may have been killed just before the upload that was to be delayed.
    world.emulator.app.traffic.clear_faults();
    world.publish(&rows).await;
}
