//! What the Serverless Toolkit does beside uploads: Variables of an Environment, and dependencies in its own spelling.

use std::time::Duration;

use crate::fixture::{self, Answer, Fixture, answer_to};
use reqwest::{Method, StatusCode};
use serde_json::json;

impl Fixture {
    fn variables(&self, path: &str) -> String {
        let environment = self.env("TWILIO_SERVERLESS_ENVIRONMENT_SID");
        self.service(&format!("/Environments/{environment}/Variables{path}"))
    }
}

#[tokio::test]
async fn a_variable_is_created_once_changed_and_removed() {
    let fixture = fixture::start(0, Duration::ZERO).await;
    let create =
        || fixture.twilio(Method::POST, &fixture.variables("")).form(&[("Key", "FLEX_ORIGINS"), ("Value", "a")]);
    let Answer { status, body: variable } = answer_to(create()).await;
    assert_eq!(status, StatusCode::CREATED);
    assert_eq!(variable["key"], json!("FLEX_ORIGINS"));
    assert_eq!(variable["value"], json!("a"));
    assert_eq!(answer_to(create()).await.status, StatusCode::CONFLICT);
    let path = fixture.variables(&format!("/{}", variable["sid"].as_str().unwrap()));
    let Answer { status, body: changed } = answer_to(fixture.twilio(Method::POST, &path).form(&[("Value", "b")])).await;
    assert_eq!(status, StatusCode::OK);
    assert_eq!(changed["key"], json!("FLEX_ORIGINS"));
    assert_eq!(changed["value"], json!("b"));
    assert_eq!(fixture.fetch(&path).await["sid"], variable["sid"]);
    assert_eq!(fixture.fetch(&fixture.variables("")).await["variables"].as_array().unwrap().len(), 1);
    assert_eq!(fixture.twilio(Method::DELETE, &path).send().await.unwrap().status(), StatusCode::NO_CONTENT);
    assert_eq!(fixture.fetch(&fixture.variables("")).await["variables"], json!([]));
}

#[tokio::test]
async fn a_variable_needs_a_key_and_a_value_and_belongs_to_one_environment() {
    let fixture = fixture::start(0, Duration::ZERO).await;
    let keyless = fixture.twilio(Method::POST, &fixture.variables("")).form(&[("Value", "a")]);
    assert_eq!(answer_to(keyless).await.status, StatusCode::BAD_REQUEST);
    let form = [("UniqueName", "staging-environment"), ("DomainSuffix", "staging")];
    let create = fixture.twilio(Method::POST, &fixture.service("/Environments")).form(&form);
    let Answer { status, body: staging } = answer_to(create).await;
    assert_eq!(status, StatusCode::CREATED, "{staging}");
    assert!(staging["domain_name"].as_str().unwrap().ends_with("-staging.twil.io"));
    let path = fixture.service(&format!("/Environments/{}/Variables", staging["sid"].as_str().unwrap()));
    let create = fixture.twilio(Method::POST, &path).form(&[("Key", "A"), ("Value", "1")]);
    let Answer { body: variable, .. } = answer_to(create).await;
    let elsewhere = fixture.variables(&format!("/{}", variable["sid"].as_str().unwrap()));
    assert_eq!(answer_to(fixture.twilio(Method::GET, &elsewhere)).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn dependencies_may_stand_between_quotation_marks_as_the_toolkit_writes_them() {
    let fixture = fixture::start(0, Duration::ZERO).await;
    let version = fixture.deployed_build().await["asset_versions"][0]["sid"].as_str().unwrap().to_owned();
    let dependencies = r#""[{"name":"twilio","version":"5.13.1"}]""#;
    let form = [("AssetVersions", version.as_str()), ("Dependencies", dependencies)];
    let Answer { status, body: build } =
        answer_to(fixture.twilio(Method::POST, &fixture.service("/Builds")).form(&form)).await;
    assert_eq!(status, StatusCode::CREATED, "{build}");
    assert_eq!(build["dependencies"], json!([{"name": "twilio", "version": "5.13.1"}]));
}
