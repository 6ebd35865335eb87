//! The Plugins API over real sockets, and what the Flex UI is told of it.

use std::time::Duration;

use crate::fixture::{self, Answer, Fixture, answer_to};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

const BUNDLE: &str = "Twilio.Flex.Plugins.init(Plugin);";

async fn post(fixture: &Fixture, path: &str, form: &[(&str, &str)]) -> Answer {
    answer_to(fixture.twilio(Method::POST, &format!("/flex-api/v1/PluginService/{path}")).form(form)).await
}

async fn created(fixture: &Fixture, path: &str, form: &[(&str, &str)]) -> Value {
    let Answer { status, body } = post(fixture, path, form).await;
    assert_eq!(status, StatusCode::CREATED, "{path}: {body}");
    body
}

/// Registers a version of a plugin and returns its SID.
async fn version(fixture: &Fixture, plugin: &str, version: &str, plugin_url: &str) -> String {
    let form = [("Version", version), ("PluginUrl", plugin_url), ("Private", "true"), ("ValidateStatus", "success")];
    let created = created(fixture, &format!("Plugins/{plugin}/Versions"), &form).await;
    assert_eq!(created["private"], json!(true));
    assert_eq!(created["validated"], json!(true));
    created["sid"].as_str().unwrap().to_owned()
}

async fn release(fixture: &Fixture, versions: &[&str]) {
    let plugins: Vec<_> = versions.iter().map(|sid| json!({"plugin_version": sid, "phase": 3}).to_string()).collect();
    let mut form = vec![("Name", "Autumn"), ("Description", "All of it")];
    form.extend(plugins.iter().map(|plugin| ("Plugins", plugin.as_str())));
    let configuration = created(fixture, "Configurations", &form).await;
    created(fixture, "Releases", &[("ConfigurationId", configuration["sid"].as_str().unwrap())]).await;
}

async fn listed(fixture: &Fixture) -> Value {
    let request =
        fixture.client.get(fixture.url("/flex/plugins")).header("X-Flex-JWE", fixture.env("DEMO_TOKEN_AGENT"));
    answer_to(request).await.body
}

/// Deploys a protected bundle to the demo's own domain and returns its real URL.
async fn deployed_bundle(fixture: &Fixture, path: &str) -> String {
    let asset =
        answer_to(fixture.twilio(Method::POST, &fixture.service("/Assets")).form(&[("FriendlyName", "p")])).await.body;
    let Answer { body: uploaded, .. } = fixture.upload(asset["sid"].as_str().unwrap(), path, "Protected", BUNDLE).await;
    let form = [("AssetVersions", uploaded["sid"].as_str().unwrap())];
    let Answer { body: build, .. } =
        answer_to(fixture.twilio(Method::POST, &fixture.service("/Builds")).form(&form)).await;
    let Answer { status, .. } = fixture.deploy(build["sid"].as_str().unwrap()).await;
    assert_eq!(status, StatusCode::CREATED);
    fixture.domain(path).await.real
}

#[tokio::test]
async fn a_plugin_is_found_by_its_name_and_else_told_to_be_missing_as_twilio_does() {
    let fixture = fixture::start(0, Duration::ZERO).await;
    let path = "/flex-api/v1/PluginService/Plugins/desk";
    let Answer { status, body } = answer_to(fixture.twilio(Method::GET, path)).await;
    assert_eq!(status, StatusCode::NOT_FOUND);
    assert_eq!(body["status"], json!(404));
    assert!(body["more_info"].is_string());
    let plugin = created(&fixture, "Plugins", &[("UniqueName", "desk"), ("FriendlyName", "Desk")]).await;
    assert!(plugin["sid"].as_str().unwrap().starts_with("FP"));
    assert_eq!(fixture.fetch(path).await, plugin);
    let Answer { status, body: updated } = post(&fixture, "Plugins/desk", &[("Description", "Second try")]).await;
    assert_eq!(status, StatusCode::OK);
    assert_eq!(updated["description"], json!("Second try"));
    assert_eq!(updated["friendly_name"], "Desk", "what the form does not name stays");
    assert_eq!(post(&fixture, "Plugins", &[("UniqueName", "desk")]).await.status, StatusCode::CONFLICT);
}

#[tokio::test]
async fn versions_are_listed_newest_first_and_none_is_registered_twice() {
    let fixture = fixture::start(0, Duration::ZERO).await;
    created(&fixture, "Plugins", &[("UniqueName", "desk")]).await;
    for one in ["0.0.1", "0.0.2"] {
        version(&fixture, "desk", one, "https://cdn.example.com/desk.js").await;
    }
    let list = fixture.fetch("/flex-api/v1/PluginService/Plugins/desk/Versions").await;
    assert_eq!(list["plugin_versions"][0]["version"], "0.0.2");
    assert_eq!(list["meta"]["key"], "plugin_versions");
    let first = fixture.fetch("/flex-api/v1/PluginService/Plugins/desk/Versions/0.0.1").await;
    assert_eq!(first["version"], "0.0.1");
    let again = [("Version", "0.0.1"), ("PluginUrl", "https://cdn.example.com/desk.js")];
    assert_eq!(post(&fixture, "Plugins/desk/Versions", &again).await.status, StatusCode::CONFLICT);
}

#[tokio::test]
async fn the_newest_release_is_the_one_that_is_live() {
    let fixture = fixture::start(0, Duration::ZERO).await;
    created(&fixture, "Plugins", &[("UniqueName", "desk")]).await;
    let first = version(&fixture, "desk", "0.0.1", "https://cdn.example.com/1.js").await;
    let second = version(&fixture, "desk", "0.0.2", "https://cdn.example.com/2.js").await;
    release(&fixture, &[&first]).await;
    release(&fixture, &[&second]).await;
    let releases = fixture.fetch("/flex-api/v1/PluginService/Releases").await;
    let active = releases["releases"][0]["configuration_sid"].as_str().unwrap();
    let plugins = fixture.fetch(&format!("/flex-api/v1/PluginService/Configurations/{active}/Plugins")).await;
    assert_eq!(plugins["plugins"][0]["plugin_version_sid"], *second);
    assert_eq!(fixture.fetch("/flex-api/v1/PluginService/Releases/active").await, releases["releases"][0]);
    let list = listed(&fixture).await;
    assert_eq!(list[0], json!({"name": "desk", "version": "0.0.2", "phase": 3, "src": "https://cdn.example.com/2.js"}));
    assert_eq!(list[1]["name"], "agent-did-extensions", "ours stays as long as no release takes its place");
}

#[tokio::test]
async fn a_configuration_names_versions_that_exist_and_each_plugin_once() {
    let fixture = fixture::start(0, Duration::ZERO).await;
    created(&fixture, "Plugins", &[("UniqueName", "desk")]).await;
    let first = version(&fixture, "desk", "0.0.1", "https://cdn.example.com/1.js").await;
    let second = version(&fixture, "desk", "0.0.2", "https://cdn.example.com/2.js").await;
    let plugin = |sid: &str| json!({"plugin_version": sid, "phase": 3}).to_string();
    let unknown = plugin("FV00000000000000000000000000000000");
    for plugins in [vec![unknown], vec![plugin(&first), plugin(&second)], vec!["none".to_owned()]] {
        let mut form = vec![("Name", "Autumn")];
        form.extend(plugins.iter().map(|text| ("Plugins", text.as_str())));
        assert_eq!(post(&fixture, "Configurations", &form).await.status, StatusCode::BAD_REQUEST, "{plugins:?}");
    }
    let missing = [("ConfigurationId", "FJ00000000000000000000000000000000")];
    assert_eq!(post(&fixture, "Releases", &missing).await.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn a_released_private_bundle_takes_the_place_of_ours_and_comes_from_flex_itself() {
    let fixture = fixture::start(0, Duration::ZERO).await;
    let name = "agent-did-extensions";
    let url = deployed_bundle(&fixture, &format!("/plugins/{name}/0.0.7/bundle.js")).await;
    created(&fixture, "Plugins", &[("UniqueName", name)]).await;
    let sid = version(&fixture, name, "0.0.7", &url).await;
    release(&fixture, &[&sid]).await;
    let list = listed(&fixture).await;
    assert_eq!(list.as_array().unwrap().len(), 1);
    assert_eq!(list[0]["version"], json!("0.0.7"));
    let src = list[0]["src"].as_str().unwrap();
    assert!(src.starts_with(&fixture.url("/flex/plugins/v1/agent-did-extensions/0.0.7/bundle.js?")), "{src}");
    assert_eq!(answer_to(fixture.client.get(src)).await, Answer { status: StatusCode::OK, body: json!(BUNDLE) });
    let (without_ticket, _) = src.split_once('?').unwrap();
    assert_eq!(answer_to(fixture.client.get(without_ticket)).await.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn the_plugins_api_and_the_account_want_credentials() {
    let fixture = fixture::start(0, Duration::ZERO).await;
    let account = format!("/api/2010-04-01/Accounts/{}.json", fixture.env("TWILIO_ACCOUNT_SID"));
    assert_eq!(fixture.fetch(&account).await["sid"], fixture.env("TWILIO_ACCOUNT_SID"));
    for path in [account.as_str(), "/flex-api/v1/PluginService/Plugins", "/flex-api/v1/PluginService/Releases"] {
        assert_eq!(answer_to(fixture.client.get(fixture.url(path))).await.status, StatusCode::UNAUTHORIZED, "{path}");
    }
}
