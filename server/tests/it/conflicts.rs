//! Several people publishing at once.

use serde_json::{Value, json};

use crate::world::{World, refused, row};

#[tokio::test]
async fn of_two_updates_with_the_same_version_exactly_one_wins_and_nothing_of_the_builds_other_assets_is_lost() {
    let world = World::new().await;
    let other = world.another_server("log-of-the-other");
    let list = world.list().await;
    let body = |who: &str, number: &str| {
        let mut rows = list["data"].as_array().unwrap().clone();
        rows.push(row(number, 1));
        json!({"Token": world.token(who), "data": rows, "version": list["version"]})
    };
    let (first, second) = (body("SUPERVISOR", "777701"), body("SUPERVISOR_2", "777702"));
    let elsewhere = async {
        let url = format!("{}/admin/update", other.url);
        crate::world::answer(world.http.post(url).json(&second).send().await.unwrap()).await
    };
    let (here, there) = tokio::join!(world.post("/admin/update", &first), elsewhere);
    let (won, lost) = if here.status == 200 { (here, there) } else { (there, here) };
    assert_eq!(won.status, 200, "{}", won.body);
    let holder = refused(lost, 409, "publish-in-progress")["detail"]["startedBy"].clone();
    assert!(holder.as_str().is_some_and(|name| name.contains('@')), "{holder}");
    let writes = world.writes().await;
    let builds: Vec<_> = writes.iter().filter(|write| write.resource == "Builds").collect();
    let [build] = builds[..] else { panic!("exactly one Build is requested: {writes:#?}") };
    let form = &build.body;
    assert_eq!(form["AssetVersions"].as_array().map(Vec::len), Some(2), "{form}");
    assert!(form["FunctionVersions"].to_string().contains("ZN"), "{form}");
    assert!(form["Dependencies"].to_string().contains("runtime-handler"), "{form}");
    assert_eq!(form["Runtime"], "node22");
}

#[tokio::test]
async fn what_was_loaded_before_somebody_else_published_can_not_be_published() {
    let world = World::new().await;
    let old = world.list().await;
    world.publish(old["data"].as_array().unwrap()).await;
    let now = world.list().await["version"].clone();
    let before = world.writes().await.len();
    for version in [old["version"].clone(), json!("ZN"), Value::Null] {
        let refusal = world.admin("/admin/update", json!({"data": old["data"], "version": version})).await;
        let body = refused(refusal, 409, "version-conflict");
        assert_eq!(body["detail"], json!({"version": now}));
        let sentence = "Routes were updated by someone else and cannot be published. Please reload and try again.";
        assert_eq!(body["message"], sentence);
    }
    assert_eq!(world.writes().await.len(), before);
}

#[tokio::test]
async fn a_build_that_nobody_is_publishing_any_more_can_not_be_deployed() {
    let world = World::new().await;
    let rows = world.rows().await;
    let abandoned = world.update(&rows).await;
    world.wait_for(&abandoned).await;
    world.remove_the_lock().await;
    world.publish(&rows).await;
    let refusal = world.admin("/admin/publish", json!({"buildSid": abandoned})).await;
    refused(refusal, 409, "version-conflict");
}

#[tokio::test]
async fn a_build_whose_lock_has_expired_can_not_be_deployed() {
    let world = World::new().await;
    let late = world.update(&world.rows().await).await;
    world.wait_for(&late).await;
    world.remove_the_lock().await;
    refused(world.admin("/admin/publish", json!({"buildSid": late})).await, 409, "publish-discarded");
}

#[tokio::test]
async fn a_young_build_of_another_tool_shows_as_a_publish_in_progress() {
    let world = World::new().await;
    let rows = world.rows().await;
    world.update(&rows).await;
    world.remove_the_lock().await;
    let list = world.list().await;
    assert_eq!(list["publishing"], Value::Null);
    assert_eq!(list["versionIsDeployed"], false);
}

impl World {
    async fn remove_the_lock(&self) {
        let (base, service) = (self.emulator.base(), &self.env["FLEX_SYNC_SERVICE_SID"]);
        let map = format!("{}.publishing", self.env["FLEX_SYNC_MAP_NAME"]);
        let url = format!("{base}/sync/v1/Services/{service}/Maps/{map}/Items/publishing");
        assert_eq!(self.with_credentials(self.http.delete(url)).send().await.unwrap().status(), 204);
    }
}
