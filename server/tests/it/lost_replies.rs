//! Twilio does what it is asked and the answer gets lost, or it comes too late. Whatever somebody is told is what is live.

use std::time::Duration;

use serde_json::{Value, json};

use crate::world::{World, refused, row};

/// The writes of a publish, in their order.
const WRITES: [(&str, &str); 6] = [
    ("POST", "/Items"),
    ("POST", "/Versions"),
    ("POST", "/Items/publishing"),
    ("POST", "/Builds"),
    ("POST", "/Deployments"),
    ("DELETE", "/Items/publishing"),
];

impl World {
    /// A publish of one more extension, which must succeed and be live.
    async fn publish_one_more(&self, n: u32) {
        let number = format!("7777{n:02}");
        let mut rows = self.rows().await;
        rows.push(row(&number, n));
        self.publish(&rows).await;
        assert_eq!(self.dial(&number).await.body["found"], true);
    }

    /// The SID of the Build that is live.
    async fn live(&self) -> Value {
        self.serverless(&self.environment()).await["build_sid"].clone()
    }

    fn environment(&self) -> String {
        format!("/Environments/{}", self.env["TWILIO_SERVERLESS_ENVIRONMENT_SID"])
    }

    /// A resource of the Serverless Service, as Twilio's own tools ask for it.
    async fn serverless(&self, path: &str) -> Value {
        self.with_credentials(self.http.get(self.serverless_url(path))).send().await.unwrap().json().await.unwrap()
    }

    /// What Twilio's own tools create in the Serverless Service.
    async fn create(&self, path: &str, form: &[(&str, &str)]) -> Value {
        let request = self.http.post(self.serverless_url(path)).form(form);
        self.with_credentials(request).send().await.unwrap().json().await.unwrap()
    }

    fn serverless_url(&self, path: &str) -> String {
        format!("{}/serverless/v1/Services/{}{path}", self.emulator.base(), self.env["TWILIO_SERVERLESS_SERVICE_SID"])
    }

    /// The address of the Sync Maps, and the name of the one with the lock.
    fn maps(&self) -> (String, String) {
        let (base, service) = (self.emulator.base(), &self.env["FLEX_SYNC_SERVICE_SID"]);
        let map = format!("{}.publishing", self.env["FLEX_SYNC_MAP_NAME"]);
        (format!("{base}/sync/v1/Services/{service}/Maps"), map)
    }

    async fn write_the_lock(&self, data: &Value) {
        let (maps, map) = self.maps();
        let made = self.http.post(&maps).form(&[("UniqueName", &map)]);
        self.with_credentials(made).send().await.unwrap();
        let item = self.http.post(format!("{maps}/{map}/Items"));
        let item = item.form(&[("Key", "publishing"), ("Data", &data.to_string()), ("ItemTtl", "900")]);
        assert_eq!(self.with_credentials(item).send().await.unwrap().status(), 201);
    }

    /// How many Builds there are, at most 100.
    async fn count_builds(&self) -> usize {
        self.serverless("/Builds?PageSize=100").await["builds"].as_array().unwrap().len()
    }
}

#[tokio::test]
async fn a_publish_succeeds_whichever_of_its_replies_is_lost() {
    let world = World::small().await;
    let before_all = world.count_builds().await;
    let mut n = 0;
    for how in ["cut", "html", "garbage"] {
        for (method, path) in WRITES {
            for before in [false, true] {
                n += 1;
                let order = json!({"method": method, "path": path, "times": 1, "how": how, "before": before});
                world.control("lose", order).await;
                world.publish_one_more(n).await;
                assert_eq!(world.list().await["publishing"], Value::Null, "{method} {path} {how}, before: {before}");
                assert_eq!(world.list().await["versionIsDeployed"], true, "{method} {path} {how}, before: {before}");
            }
        }
    }
    // The six whose Deployment may still be on its way are removed, so that it can not come too late.
    assert_eq!(world.count_builds().await - before_all, n as usize - 6, "no Build is made twice");
}

#[tokio::test]
async fn a_lock_that_can_not_be_removed_after_a_publish_holds_nobody_up() {
    let world = World::small().await;
    world.control("fail", json!({"method": "DELETE", "path": "/Items/publishing", "times": 99, "status": 503})).await;
    world.publish_one_more(1).await;
    assert_eq!(world.list().await["publishing"], Value::Null);
    world.publish_one_more(2).await;
}

#[tokio::test]
async fn a_deployment_that_arrives_late_does_not_bring_an_older_directory_back() {
    let world = World::small().await;
    let hour = Duration::from_secs(3600);
    world.control("late", json!({"method": "POST", "path": "/Deployments", "times": 1, "ms": 3_600_000})).await;
    world.publish_one_more(1).await;
    world.publish_one_more(2).await;
    let live = world.live().await;
    let before = world.deployment_requests().await;
    world.emulator.app.clock.advance(hour);
    while world.deployment_requests().await == before {}
    assert_eq!(world.live().await, live);
    assert_eq!(world.dial("777702").await.body["found"], true);
}

impl World {
    /// How many requests to deploy were answered, refused ones included.
    async fn deployment_requests(&self) -> usize {
        let url = format!("{}/control/calls?since=0", self.emulator.base());
        let log: Value = self.http.get(url).send().await.unwrap().json().await.unwrap();
        let calls = log["calls"].as_array().unwrap().iter();
        calls.filter(|call| call["method"] == "POST" && call["path"].to_string().contains("/Deployments")).count()
    }
}

#[tokio::test]
async fn whoever_discards_and_whoever_deploys_at_once_are_told_the_same() {
    let world = World::small().await;
    for n in 1..=20 {
        let mut rows = world.rows().await;
        rows.push(row(&format!("7777{n:02}"), n));
        let build_sid = world.build(&rows).await;
        let named = json!({"buildSid": build_sid, "startedAt": world.list().await["publishing"]["startedAt"]});
        let (deployed, discarded) =
            tokio::join!(world.deploy(&build_sid), world.admin("/admin/discard", named.clone()));
        let is_live = world.live().await == build_sid;
        let said = format!("{is_live}: {deployed:?} {discarded:?}");
        assert_eq!(deployed.status == 200, is_live, "{said}");
        assert!(!(is_live && discarded.body["discarded"] == true), "{said}");
        assert!(is_live || discarded.body["alreadyLive"] != true, "{said}");
        if !is_live && discarded.status != 200 {
            assert_eq!(world.admin("/admin/discard", named).await.body["discarded"], true, "{said}");
        }
    }
    world.publish_one_more(50).await;
}

#[tokio::test]
async fn two_who_go_on_with_one_publish_are_both_told_that_it_is_live() {
    let world = World::small().await;
    let other = world.another_server("log-of-the-other");
    for n in 1..=20 {
        let mut rows = world.rows().await;
        rows.push(row(&format!("7777{n:02}"), n));
        let build_sid = world.build(&rows).await;
        let body = json!({"Token": world.token("SUPERVISOR_2"), "buildSid": build_sid});
        let elsewhere = world.http.post(format!("{}/admin/publish", other.url)).json(&body).send();
        let (here, there) = tokio::join!(world.deploy(&build_sid), elsewhere);
        let there = crate::world::answer(there.unwrap()).await;
        assert_eq!((here.status, there.status), (200, 200), "{here:?} {there:?}");
        assert_eq!(world.live().await, build_sid);
        assert_eq!(world.list().await["publishing"], Value::Null);
    }
}

#[tokio::test]
async fn whatever_stands_in_the_lock_it_can_be_discarded_and_the_next_publish_begins() {
    let world = World::small().await;
    let rows = world.rows().await;
    let far = json!({"startedBy": "ann", "startedAt": "9999-12-31T23:59:59.999999999Z", "stage": "building"});
    let unknown = json!({"startedBy": "ann", "startedAt": "2026-01-01T00:00:00Z", "stage": "rehearsing", "id": "1"});
    let nameless =
        json!({"startedBy": "Eve", "startedAt": "2099-01-01T00:00:00Z", "stage": "building", "buildSid": ""});
    for garbage in
        [far, unknown, nameless, json!({"hello": 1}), json!({"startedBy": 7, "startedAt": [], "buildSid": {}})]
    {
        world.write_the_lock(&garbage).await;
        let list = world.list().await;
        let body = json!({"data": rows, "version": list["version"]});
        if !list["publishing"].is_null() {
            refused(world.admin("/admin/update", body).await, 409, "publish-in-progress");
            let publishing = &list["publishing"];
            let named = json!({"buildSid": publishing["buildSid"], "startedAt": publishing["startedAt"]});
            assert_eq!(world.admin("/admin/discard", named).await.body["discarded"], true, "{garbage}");
        }
        world.publish(&rows).await;
    }
}

#[tokio::test]
async fn what_is_live_can_not_be_discarded() {
    let world = World::small().await;
    let build_sid = world.build(&world.rows().await).await;
    let publishing = world.list().await["publishing"].clone();
    world.control("fail", json!({"method": "DELETE", "path": "/Items/publishing", "times": 99, "status": 503})).await;
    assert_eq!(world.deploy(&build_sid).await.status, 200);
    let named = json!({"buildSid": publishing["buildSid"], "startedAt": publishing["startedAt"]});
    let answer = world.admin("/admin/discard", named).await;
    assert_eq!(answer.status, 200, "{answer:?}");
    assert_eq!((&answer.body["discarded"], &answer.body["alreadyLive"]), (&json!(false), &json!(true)));
    assert_eq!(world.live().await, build_sid);
}

#[tokio::test]
async fn what_other_tools_deployed_in_the_same_moment_is_said_and_comes_back_with_the_next_publish() {
    let world = World::small().await;
    let before = world.serverless(&format!("/Builds/{}", world.live().await.as_str().unwrap())).await;
    let rows = world.rows().await;
    // Their Build has the same assets and no Function any more.
    let assets: Vec<_> =
        before["asset_versions"].as_array().unwrap().iter().map(|asset| asset["sid"].clone()).collect();
    let form: Vec<_> = assets.iter().map(|sid| ("AssetVersions", sid.as_str().unwrap())).collect();
    let theirs = world.create("/Builds", &form).await["sid"].as_str().unwrap().to_owned();
    let ours = world.build(&rows).await;
    let clock = &world.emulator.app.clock;
    world.control("delay", json!({"method": "POST", "path": "/Deployments", "times": 1, "ms": 600_000})).await;
    let mut deploying = std::pin::pin!(world.deploy(&ours));
    // One waits for what expires in Sync, the other one is our Deployment.
    let delayed = async {
        while clock.sleepers() < 2 {
            tokio::task::yield_now().await;
        }
    };
    tokio::select! {
        answer = &mut deploying => panic!("{answer:?}"),
        () = delayed => {}
    }
    world.create(&format!("{}/Deployments", world.environment()), &[("BuildSid", &theirs)]).await;
    clock.advance(Duration::from_secs(600));
    let answer = deploying.await;
    assert_eq!((answer.status, &answer.body["overtakenBuildSid"]), (200, &json!(theirs)), "{}", answer.body);
    assert_eq!(world.live().await, ours);
    world.publish(&rows).await;
    let live = world.serverless(&format!("/Builds/{}", world.live().await.as_str().unwrap())).await;
    assert_eq!(live["function_versions"], json!([]), "what they deployed is live now");
}

#[tokio::test]
async fn the_map_of_the_lock_is_made_although_a_reply_is_lost() {
    let world = World::small().await;
    let (maps, map) = world.maps();
    for (n, path) in [(1, "/Items"), (2, "/Maps")] {
        let _ = world.with_credentials(world.http.delete(format!("{maps}/{map}"))).send().await.unwrap();
        world.control("fail", json!({"method": "POST", "path": path, "times": 1, "status": 503})).await;
        world.publish_one_more(n).await;
    }
}

#[tokio::test]
async fn a_build_that_is_live_in_another_environment_holds_nobody_up() {
    let world = World::small().await;
    let build_sid = world.build(&world.rows().await).await;
    let other = world.create("/Environments", &[("UniqueName", "qa2"), ("DomainSuffix", "qa2")]).await;
    let deployments = format!("/Environments/{}/Deployments", other["sid"].as_str().unwrap());
    world.create(&deployments, &[("BuildSid", &build_sid)]).await;
    let named = json!({"buildSid": build_sid, "startedAt": world.list().await["publishing"]["startedAt"]});
    assert_eq!(world.admin("/admin/discard", named).await.body["discarded"], true);
    world.publish_one_more(1).await;
}
