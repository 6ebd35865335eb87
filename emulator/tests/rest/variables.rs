//! What the Serverless Toolkit does beside uploads: Variables of an Environment, and dependencies in its own spelling.

use std::time::Duration;

use crate::world::{self, World, json_of};
use reqwest::{Method, StatusCode};
use serde_json::json;

impl World {
    fn variables(&self, path: &str) -> String {
        let environment = self.env("TWILIO_SERVERLESS_ENVIRONMENT_SID");
        self.service(&format!("/Environments/{environment}/Variables{path}"))
    }
}

#[tokio::test]
async fn a_variable_is_created_once_changed_and_removed() {
    let world = world::start(0, Duration::ZERO).await;
    let create = || world.twilio(Method::POST, &world.variables("")).form(&[("Key", "FLEX_ORIGINS"), ("Value", "a")]);
    let (status, variable) = json_of(create()).await;
    assert_eq!(
        (status, &variable["key"], &variable["value"]),
        (StatusCode::CREATED, &json!("FLEX_ORIGINS"), &json!("a"))
    );
    assert_eq!(json_of(create()).await.0, StatusCode::CONFLICT);
    let path = world.variables(&format!("/{}", variable["sid"].as_str().unwrap()));
    let (status, changed) = json_of(world.twilio(Method::POST, &path).form(&[("Value", "b")])).await;
    assert_eq!((status, &changed["key"], &changed["value"]), (StatusCode::OK, &json!("FLEX_ORIGINS"), &json!("b")));
    assert_eq!(world.fetch(&path).await["sid"], variable["sid"]);
    assert_eq!(world.fetch(&world.variables("")).await["variables"].as_array().unwrap().len(), 1);
    assert_eq!(world.twilio(Method::DELETE, &path).send().await.unwrap().status(), StatusCode::NO_CONTENT);
    assert_eq!(world.fetch(&world.variables("")).await["variables"], json!([]));
}

#[tokio::test]
async fn a_variable_needs_a_key_and_a_value_and_belongs_to_one_environment() {
    let world = world::start(0, Duration::ZERO).await;
    let keyless = world.twilio(Method::POST, &world.variables("")).form(&[("Value", "a")]);
    assert_eq!(json_of(keyless).await.0, StatusCode::BAD_REQUEST);
    let form = [("UniqueName", "staging-environment"), ("DomainSuffix", "staging")];
    let create = world.twilio(Method::POST, &world.service("/Environments")).form(&form);
    let (status, staging) = json_of(create).await;
    assert_eq!(status, StatusCode::CREATED, "{staging}");
    assert!(staging["domain_name"].as_str().unwrap().ends_with("-staging.twil.io"));
    let path = world.service(&format!("/Environments/{}/Variables", staging["sid"].as_str().unwrap()));
    let create = world.twilio(Method::POST, &path).form(&[("Key", "A"), ("Value", "1")]);
    let (_, variable) = json_of(create).await;
    let elsewhere = world.variables(&format!("/{}", variable["sid"].as_str().unwrap()));
    assert_eq!(json_of(world.twilio(Method::GET, &elsewhere)).await.0, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn dependencies_may_stand_between_quotation_marks_as_the_toolkit_writes_them() {
    let world = world::start(0, Duration::ZERO).await;
    let version = world.deployed_build().await["asset_versions"][0]["sid"].as_str().unwrap().to_owned();
    let dependencies = r#""[{"name":"twilio","version":"5.13.1"}]""#;
    let form = [("AssetVersions", version.as_str()), ("Dependencies", dependencies)];
    let (status, build) = json_of(world.twilio(Method::POST, &world.service("/Builds")).form(&form)).await;
    assert_eq!(status, StatusCode::CREATED, "{build}");
    assert_eq!(build["dependencies"], json!([{"name": "twilio", "version": "5.13.1"}]));
}
