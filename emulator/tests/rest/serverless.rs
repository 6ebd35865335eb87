//! Serverless over real sockets: uploads, Builds, Deployments.

use std::time::Duration;

use crate::fixture::{self, Answer, DomainUrl, Fixture, answer_to};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

const AT_ONCE: Duration = Duration::ZERO;
const HOUR: Duration = Duration::from_secs(3600);

fn sids(versions: &Value) -> Vec<String> {
    versions.as_array().unwrap().iter().map(|version| version["sid"].as_str().unwrap().to_owned()).collect()
}

fn extensions_asset(build: &Value) -> String {
    let versions = build["asset_versions"].as_array().unwrap();
    let version = versions.iter().find(|version| version["path"] == "/extensions.json").unwrap();
    version["asset_sid"].as_str().unwrap().to_owned()
}

async fn create_build(fixture: &Fixture, fields: &[(&str, String)]) -> Answer {
    answer_to(fixture.twilio(Method::POST, &fixture.service("/Builds")).form(fields)).await
}

#[tokio::test]
async fn a_build_goes_from_building_to_completed_and_carries_what_was_listed() {
    let fixture = fixture::start(3, HOUR).await;
    fixture.emulator.app.clock.hold();
    let first = fixture.deployed_build().await;
    let Answer { status, body: version } =
        fixture.upload(&extensions_asset(&first), "/extensions.json", "Protected", "[]").await;
    assert_eq!(status, StatusCode::CREATED, "{version}");
    let version_sid = version["sid"].as_str().unwrap().to_owned();
    let kept = &sids(&first["asset_versions"])[1];
    let function = &sids(&first["function_versions"])[0];
    let Answer { status, body: build } = create_build(
        &fixture,
        &[
            ("AssetVersions", kept.clone()),
            ("AssetVersions", version_sid.clone()),
            ("FunctionVersions", function.clone()),
            ("Dependencies", first["dependencies"].to_string()),
            ("Runtime", "node22".into()),
        ],
    )
    .await;
    assert_eq!(status, StatusCode::CREATED, "{build}");
    assert_eq!(build["status"], json!("building"), "{build}");
    let build_sid = build["sid"].as_str().unwrap();
    // No two records are created at one instant, so the Build is a little younger than the clock was held at.
    fixture.emulator.app.clock.advance(HOUR + Duration::from_secs(1));
    assert_eq!(fixture.finished_status(build_sid).await, "completed");
    let build = fixture.fetch(&fixture.service(&format!("/Builds/{build_sid}"))).await;
    assert_eq!(sids(&build["asset_versions"]), [kept.clone(), version_sid]);
    assert_eq!(sids(&build["function_versions"]), *std::slice::from_ref(function));
    assert_eq!(build["dependencies"], first["dependencies"]);
    assert_eq!(build["runtime"], json!("node22"));
    let newest = fixture.fetch(&fixture.service("/Builds?PageSize=1")).await;
    assert_eq!(newest["builds"][0]["sid"], build["sid"]);
    assert!(newest["meta"]["next_page_url"].as_str().unwrap().contains("PageToken="));
}

#[tokio::test]
async fn only_a_completed_build_is_deployed_and_only_once() {
    let fixture = fixture::start(1, HOUR).await;
    let first = fixture.deployed_build().await;
    let Answer { body: build, .. } =
        create_build(&fixture, &[("AssetVersions", sids(&first["asset_versions"])[0].clone())]).await;
    let Answer { status, body } = fixture.deploy(build["sid"].as_str().unwrap()).await;
    assert_eq!(status, StatusCode::BAD_REQUEST, "{body}");
    assert_eq!(body["code"], json!(20001), "{body}");
    let Answer { status, body } = fixture.deploy(first["sid"].as_str().unwrap()).await;
    assert_eq!(status, StatusCode::BAD_REQUEST, "{body}");
    assert_eq!(fixture.environment().await["build_sid"], first["sid"]);
}

/// Both are asked for at once, so many times that one which checks first and acts later is caught.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_build_is_deployed_or_removed_but_never_both() {
    let fixture = fixture::start(1, AT_ONCE).await;
    let version = sids(&fixture.deployed_build().await["asset_versions"])[0].clone();
    for _ in 0..40 {
        let Answer { body: build, .. } = create_build(&fixture, &[("AssetVersions", version.clone())]).await;
        let sid = build["sid"].as_str().unwrap();
        let path = fixture.service(&format!("/Builds/{sid}"));
        let removal = answer_to(fixture.twilio(Method::DELETE, &path));
        let (deployed, removed) = tokio::join!(fixture.deploy(sid), removal);
        let both = (deployed.status, removed.status);
        match both {
            (StatusCode::CREATED, StatusCode::BAD_REQUEST) => {
                fixture.fetch(&path).await;
            }
            (StatusCode::BAD_REQUEST, StatusCode::NO_CONTENT) => {}
            _ => panic!("{both:?}: {} {}", deployed.body, removed.body),
        }
        assert_eq!(fixture.published().await.as_array().map(Vec::len), Some(1), "what is deployed is there");
    }
}

#[tokio::test]
async fn a_deployment_puts_the_new_asset_live() {
    let fixture = fixture::start(2, AT_ONCE).await;
    assert_eq!(fixture.published().await.as_array().unwrap().len(), 2);
    let first = fixture.deployed_build().await;
    let Answer { body: version, .. } =
        fixture.upload(&extensions_asset(&first), "/extensions.json", "protected", r#"[{"a":1}]"#).await;
    let Answer { body: build, .. } =
        create_build(&fixture, &[("AssetVersions", version["sid"].as_str().unwrap().to_owned())]).await;
    let Answer { status, body: deployment } = fixture.deploy(build["sid"].as_str().unwrap()).await;
    assert_eq!(status, StatusCode::CREATED, "{deployment}");
    assert!(deployment["sid"].as_str().unwrap().starts_with("ZD"));
    assert_eq!(fixture.published().await, json!([{"a": 1}]));
    let DomainUrl { served_at: address, .. } = fixture.domain("/greeting.txt").await;
    let Answer { status, .. } = answer_to(fixture.client.get(address)).await;
    assert_eq!(status, StatusCode::NOT_FOUND, "what a Build leaves out is gone");
}

#[tokio::test]
async fn an_empty_build_and_unknown_versions_are_refused() {
    let fixture = fixture::start(1, AT_ONCE).await;
    let Answer { status, body } = create_build(&fixture, &[]).await;
    assert_eq!(status, StatusCode::BAD_REQUEST);
    assert_eq!(body["code"], json!(20001));
    let unknown = "ZN0123456789abcdef0123456789abcdef".to_owned();
    let Answer { status, body } = create_build(&fixture, &[("AssetVersions", unknown.clone())]).await;
    assert_eq!(status, StatusCode::BAD_REQUEST);
    assert!(body["message"].as_str().unwrap().contains(&unknown));
    let Answer { status, .. } = answer_to(fixture.twilio(Method::GET, &fixture.service("/Builds/ZB00"))).await;
    assert_eq!(status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_build_fails_as_often_as_ordered() {
    let fixture = fixture::start(1, AT_ONCE).await;
    let version = sids(&fixture.deployed_build().await["asset_versions"])[0].clone();
    fixture.control("fail-build", json!({"times": 1})).await;
    let Answer { body: failed, .. } = create_build(&fixture, &[("AssetVersions", version.clone())]).await;
    let Answer { body: sound, .. } = create_build(&fixture, &[("AssetVersions", version)]).await;
    assert_eq!(fixture.finished_status(failed["sid"].as_str().unwrap()).await, "failed");
    assert_eq!(fixture.finished_status(sound["sid"].as_str().unwrap()).await, "completed");
    assert_eq!(fixture.deploy(failed["sid"].as_str().unwrap()).await.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn the_content_of_an_asset_version_can_not_be_fetched_but_that_of_a_function_can() {
    let fixture = fixture::start(1, AT_ONCE).await;
    let build = fixture.deployed_build().await;
    let asset = &build["asset_versions"][0];
    let (asset_sid, sid) = (asset["asset_sid"].as_str().unwrap(), asset["sid"].as_str().unwrap());
    let versions = fixture.service(&format!("/Assets/{asset_sid}/Versions"));
    assert_eq!(fixture.fetch(&versions).await["asset_versions"][0]["sid"], sid);
    assert!(fixture.fetch(&format!("{versions}/{sid}")).await.get("content").is_none());
    let Answer { status, .. } = answer_to(fixture.twilio(Method::GET, &format!("{versions}/{sid}/Content"))).await;
    assert_eq!(status, StatusCode::NOT_FOUND);
    let function = &build["function_versions"][0];
    let (parent, sid) = (function["function_sid"].as_str().unwrap(), function["sid"].as_str().unwrap());
    let content = fixture.fetch(&fixture.service(&format!("/Functions/{parent}/Versions/{sid}/Content"))).await;
    assert!(content["content"].as_str().unwrap().contains("exports.handler"));
}

#[tokio::test]
async fn assets_and_their_versions_are_checked_before_they_are_kept() {
    let fixture = fixture::start(0, AT_ONCE).await;
    let create = fixture.twilio(Method::POST, &fixture.service("/Assets"));
    let Answer { status, body: asset } = answer_to(create.form(&[("FriendlyName", "extensions")])).await;
    assert_eq!(status, StatusCode::CREATED, "{asset}");
    let sid = asset["sid"].as_str().unwrap();
    assert_eq!(fixture.upload(sid, "no-slash.json", "public", "[]").await.status, StatusCode::BAD_REQUEST);
    assert_eq!(fixture.upload(sid, "/a.json", "secret", "[]").await.status, StatusCode::BAD_REQUEST);
    assert_eq!(fixture.upload("ZH00", "/a.json", "public", "[]").await.status, StatusCode::NOT_FOUND);
    assert_eq!(fixture.published().await, json!([]));
}
