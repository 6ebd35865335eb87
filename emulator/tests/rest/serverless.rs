//! Serverless over real sockets: uploads, Builds, Deployments.

use std::time::Duration;

use crate::world::{self, World, json_of};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

const AT_ONCE: Duration = Duration::ZERO;

fn sids(versions: &Value) -> Vec<String> {
    versions.as_array().unwrap().iter().map(|version| version["sid"].as_str().unwrap().to_owned()).collect()
}

fn extensions_asset(build: &Value) -> String {
    let versions = build["asset_versions"].as_array().unwrap();
    let version = versions.iter().find(|version| version["path"] == "/extensions.json").unwrap();
    version["asset_sid"].as_str().unwrap().to_owned()
}

async fn create_build(world: &World, fields: &[(&str, String)]) -> (StatusCode, Value) {
    json_of(world.twilio(Method::POST, &world.service("/Builds")).form(fields)).await
}

#[tokio::test]
async fn a_build_goes_from_building_to_completed_and_carries_what_was_listed() {
    let world = world::start(3, Duration::from_millis(150)).await;
    let first = world.deployed_build().await;
    let (status, version) = world.upload(&extensions_asset(&first), "/extensions.json", "Protected", "[]").await;
    assert_eq!(status, StatusCode::CREATED, "{version}");
    let version_sid = version["sid"].as_str().unwrap().to_owned();
    let kept = &sids(&first["asset_versions"])[1];
    let function = &sids(&first["function_versions"])[0];
    let (status, build) = create_build(
        &world,
        &[
            ("AssetVersions", kept.clone()),
            ("AssetVersions", version_sid.clone()),
            ("FunctionVersions", function.clone()),
            ("Dependencies", first["dependencies"].to_string()),
            ("Runtime", "node22".into()),
        ],
    )
    .await;
    assert_eq!((status, &build["status"]), (StatusCode::CREATED, &json!("building")), "{build}");
    let build_sid = build["sid"].as_str().unwrap();
    assert_eq!(world.finished_status(build_sid).await, "completed");
    let build = world.fetch(&world.service(&format!("/Builds/{build_sid}"))).await;
    assert_eq!(sids(&build["asset_versions"]), [kept.clone(), version_sid]);
    assert_eq!(sids(&build["function_versions"]), *std::slice::from_ref(function));
    assert_eq!((&build["dependencies"], &build["runtime"]), (&first["dependencies"], &json!("node22")));
    let newest = world.fetch(&world.service("/Builds?PageSize=1")).await;
    assert_eq!(newest["builds"][0]["sid"], build["sid"]);
    assert!(newest["meta"]["next_page_url"].as_str().unwrap().contains("PageToken="));
}

#[tokio::test]
async fn only_a_completed_build_is_deployed_and_only_once() {
    let world = world::start(1, Duration::from_secs(3600)).await;
    let first = world.deployed_build().await;
    let (_, build) = create_build(&world, &[("AssetVersions", sids(&first["asset_versions"])[0].clone())]).await;
    let (status, body) = world.deploy(build["sid"].as_str().unwrap()).await;
    assert_eq!((status, &body["code"]), (StatusCode::BAD_REQUEST, &json!(20001)), "{body}");
    let (status, body) = world.deploy(first["sid"].as_str().unwrap()).await;
    assert_eq!(status, StatusCode::BAD_REQUEST, "{body}");
    assert_eq!(world.environment().await["build_sid"], first["sid"]);
}

#[tokio::test]
async fn a_deployment_puts_the_new_asset_live() {
    let world = world::start(2, AT_ONCE).await;
    assert_eq!(world.published().await.as_array().unwrap().len(), 2);
    let first = world.deployed_build().await;
    let (_, version) = world.upload(&extensions_asset(&first), "/extensions.json", "protected", r#"[{"a":1}]"#).await;
    let (_, build) = create_build(&world, &[("AssetVersions", version["sid"].as_str().unwrap().to_owned())]).await;
    let (status, deployment) = world.deploy(build["sid"].as_str().unwrap()).await;
    assert_eq!(status, StatusCode::CREATED, "{deployment}");
    assert!(deployment["sid"].as_str().unwrap().starts_with("ZD"));
    assert_eq!(world.published().await, json!([{"a": 1}]));
    let (address, _) = world.domain("/greeting.txt").await;
    let (status, _) = json_of(world.client.get(address)).await;
    assert_eq!(status, StatusCode::NOT_FOUND, "what a Build leaves out is gone");
}

#[tokio::test]
async fn an_empty_build_and_unknown_versions_are_refused() {
    let world = world::start(1, AT_ONCE).await;
    let (status, body) = create_build(&world, &[]).await;
    assert_eq!((status, &body["code"]), (StatusCode::BAD_REQUEST, &json!(20001)));
    let unknown = "ZN0123456789abcdef0123456789abcdef".to_owned();
    let (status, body) = create_build(&world, &[("AssetVersions", unknown.clone())]).await;
    assert_eq!(status, StatusCode::BAD_REQUEST);
    assert!(body["message"].as_str().unwrap().contains(&unknown));
    let (status, _) = json_of(world.twilio(Method::GET, &world.service("/Builds/ZB00"))).await;
    assert_eq!(status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_build_fails_as_often_as_ordered() {
    let world = world::start(1, AT_ONCE).await;
    let version = sids(&world.deployed_build().await["asset_versions"])[0].clone();
    world.control("fail-build", json!({"times": 1})).await;
    let (_, failed) = create_build(&world, &[("AssetVersions", version.clone())]).await;
    let (_, sound) = create_build(&world, &[("AssetVersions", version)]).await;
    assert_eq!(world.finished_status(failed["sid"].as_str().unwrap()).await, "failed");
    assert_eq!(world.finished_status(sound["sid"].as_str().unwrap()).await, "completed");
    assert_eq!(world.deploy(failed["sid"].as_str().unwrap()).await.0, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn the_content_of_an_asset_version_can_not_be_fetched_but_that_of_a_function_can() {
    let world = world::start(1, AT_ONCE).await;
    let build = world.deployed_build().await;
    let asset = &build["asset_versions"][0];
    let (asset_sid, sid) = (asset["asset_sid"].as_str().unwrap(), asset["sid"].as_str().unwrap());
    let versions = world.service(&format!("/Assets/{asset_sid}/Versions"));
    assert_eq!(world.fetch(&versions).await["asset_versions"][0]["sid"], sid);
    assert!(world.fetch(&format!("{versions}/{sid}")).await.get("content").is_none());
    let (status, _) = json_of(world.twilio(Method::GET, &format!("{versions}/{sid}/Content"))).await;
    assert_eq!(status, StatusCode::NOT_FOUND);
    let function = &build["function_versions"][0];
    let (parent, sid) = (function["function_sid"].as_str().unwrap(), function["sid"].as_str().unwrap());
    let content = world.fetch(&world.service(&format!("/Functions/{parent}/Versions/{sid}/Content"))).await;
    assert!(content["content"].as_str().unwrap().contains("exports.handler"));
}

#[tokio::test]
async fn assets_and_their_versions_are_checked_before_they_are_kept() {
    let world = world::start(0, AT_ONCE).await;
    let create = world.twilio(Method::POST, &world.service("/Assets"));
    let (status, asset) = json_of(create.form(&[("FriendlyName", "extensions")])).await;
    assert_eq!(status, StatusCode::CREATED, "{asset}");
    let sid = asset["sid"].as_str().unwrap();
    assert_eq!(world.upload(sid, "no-slash.json", "public", "[]").await.0, StatusCode::BAD_REQUEST);
    assert_eq!(world.upload(sid, "/a.json", "secret", "[]").await.0, StatusCode::BAD_REQUEST);
    assert_eq!(world.upload("ZH00", "/a.json", "public", "[]").await.0, StatusCode::NOT_FOUND);
    assert_eq!(world.published().await, json!([]));
}
