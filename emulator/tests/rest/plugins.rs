//! The Plugins API over real sockets, and what the Flex UI is told of it.

use std::time::Duration;

use crate::world::{self, World, json_of};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

const BUNDLE: &str = "Twilio.Flex.Plugins.init(Plugin);";

async fn post(world: &World, path: &str, form: &[(&str, &str)]) -> (StatusCode, Value) {
    json_of(world.twilio(Method::POST, &format!("/flex-api/v1/PluginService/{path}")).form(form)).await
}

async fn made(world: &World, path: &str, form: &[(&str, &str)]) -> Value {
    let (status, body) = post(world, path, form).await;
    assert_eq!(status, StatusCode::CREATED, "{path}: {body}");
    body
}

/// Registers a version of a plugin and returns its SID.
async fn version(world: &World, plugin: &str, version: &str, plugin_url: &str) -> String {
    let form = [("Version", version), ("PluginUrl", plugin_url), ("Private", "true"), ("ValidateStatus", "success")];
    let made = made(world, &format!("Plugins/{plugin}/Versions"), &form).await;
    assert_eq!((&made["private"], &made["validated"]), (&json!(true), &json!(true)));
    made["sid"].as_str().unwrap().to_owned()
}

async fn release(world: &World, versions: &[&str]) {
    let plugins: Vec<_> = versions.iter().map(|sid| json!({"plugin_version": sid, "phase": 3}).to_string()).collect();
    let mut form = vec![("Name", "Autumn"), ("Description", "All of it")];
    form.extend(plugins.iter().map(|plugin| ("Plugins", plugin.as_str())));
    let configuration = made(world, "Configurations", &form).await;
    made(world, "Releases", &[("ConfigurationId", configuration["sid"].as_str().unwrap())]).await;
}

async fn listed(world: &World) -> Value {
    let request = world.client.get(world.url("/flex/plugins")).header("X-Flex-JWE", world.env("DEMO_TOKEN_AGENT"));
    json_of(request).await.1
}

/// Deploys a protected bundle to the demo's own domain and returns its real URL.
async fn deployed_bundle(world: &World, path: &str) -> String {
    let asset = json_of(world.twilio(Method::POST, &world.service("/Assets")).form(&[("FriendlyName", "p")])).await.1;
    let (_, uploaded) = world.upload(asset["sid"].as_str().unwrap(), path, "Protected", BUNDLE).await;
    let form = [("AssetVersions", uploaded["sid"].as_str().unwrap())];
    let (_, build) = json_of(world.twilio(Method::POST, &world.service("/Builds")).form(&form)).await;
    let (status, _) = world.deploy(build["sid"].as_str().unwrap()).await;
    assert_eq!(status, StatusCode::CREATED);
    world.domain(path).await.1
}

#[tokio::test]
async fn a_plugin_is_found_by_its_name_and_else_told_to_be_missing_as_twilio_does() {
    let world = world::start(0, Duration::ZERO).await;
    let path = "/flex-api/v1/PluginService/Plugins/desk";
    let (status, body) = json_of(world.twilio(Method::GET, path)).await;
    assert_eq!((status, &body["status"]), (StatusCode::NOT_FOUND, &json!(404)));
    assert!(body["more_info"].is_string());
    let plugin = made(&world, "Plugins", &[("UniqueName", "desk"), ("FriendlyName", "Desk")]).await;
    assert!(plugin["sid"].as_str().unwrap().starts_with("FP"));
    assert_eq!(world.fetch(path).await, plugin);
    let (status, updated) = post(&world, "Plugins/desk", &[("Description", "Second try")]).await;
    assert_eq!((status, &updated["description"]), (StatusCode::OK, &json!("Second try")));
    assert_eq!(updated["friendly_name"], "Desk", "what the form does not name stays");
    assert_eq!(post(&world, "Plugins", &[("UniqueName", "desk")]).await.0, StatusCode::CONFLICT);
}

#[tokio::test]
async fn versions_are_listed_newest_first_and_none_is_registered_twice() {
    let world = world::start(0, Duration::ZERO).await;
    made(&world, "Plugins", &[("UniqueName", "desk")]).await;
    for one in ["0.0.1", "0.0.2"] {
        version(&world, "desk", one, "https://cdn.example.com/desk.js").await;
    }
    let list = world.fetch("/flex-api/v1/PluginService/Plugins/desk/Versions").await;
    assert_eq!(list["plugin_versions"][0]["version"], "0.0.2");
    assert_eq!(list["meta"]["key"], "plugin_versions");
    let first = world.fetch("/flex-api/v1/PluginService/Plugins/desk/Versions/0.0.1").await;
    assert_eq!(first["version"], "0.0.1");
    let again = [("Version", "0.0.1"), ("PluginUrl", "https://cdn.example.com/desk.js")];
    assert_eq!(post(&world, "Plugins/desk/Versions", &again).await.0, StatusCode::CONFLICT);
}

#[tokio::test]
async fn the_newest_release_is_the_one_that_is_live() {
    let world = world::start(0, Duration::ZERO).await;
    made(&world, "Plugins", &[("UniqueName", "desk")]).await;
    let first = version(&world, "desk", "0.0.1", "https://cdn.example.com/1.js").await;
    let second = version(&world, "desk", "0.0.2", "https://cdn.example.com/2.js").await;
    release(&world, &[&first]).await;
    release(&world, &[&second]).await;
    let releases = world.fetch("/flex-api/v1/PluginService/Releases").await;
    let active = releases["releases"][0]["configuration_sid"].as_str().unwrap();
    let plugins = world.fetch(&format!("/flex-api/v1/PluginService/Configurations/{active}/Plugins")).await;
    assert_eq!(plugins["plugins"][0]["plugin_version_sid"], *second);
    assert_eq!(world.fetch("/flex-api/v1/PluginService/Releases/active").await, releases["releases"][0]);
    let list = listed(&world).await;
    assert_eq!(list[0], json!({"name": "desk", "version": "0.0.2", "phase": 3, "src": "https://cdn.example.com/2.js"}));
    assert_eq!(list[1]["name"], "agent-did-extensions", "ours stays as long as no release takes its place");
}

#[tokio::test]
async fn a_configuration_names_versions_that_exist_and_each_plugin_once() {
    let world = world::start(0, Duration::ZERO).await;
    made(&world, "Plugins", &[("UniqueName", "desk")]).await;
    let first = version(&world, "desk", "0.0.1", "https://cdn.example.com/1.js").await;
    let second = version(&world, "desk", "0.0.2", "https://cdn.example.com/2.js").await;
    let plugin = |sid: &str| json!({"plugin_version": sid, "phase": 3}).to_string();
    let unknown = plugin("FV00000000000000000000000000000000");
    for plugins in [vec![unknown], vec![plugin(&first), plugin(&second)], vec!["none".to_owned()]] {
        let mut form = vec![("Name", "Autumn")];
        form.extend(plugins.iter().map(|text| ("Plugins", text.as_str())));
        assert_eq!(post(&world, "Configurations", &form).await.0, StatusCode::BAD_REQUEST, "{plugins:?}");
    }
    let missing = [("ConfigurationId", "FJ00000000000000000000000000000000")];
    assert_eq!(post(&world, "Releases", &missing).await.0, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn a_released_private_bundle_takes_the_place_of_ours_and_comes_from_flex_itself() {
    let world = world::start(0, Duration::ZERO).await;
    let name = "agent-did-extensions";
    let url = deployed_bundle(&world, &format!("/plugins/{name}/0.0.7/bundle.js")).await;
    made(&world, "Plugins", &[("UniqueName", name)]).await;
    let sid = version(&world, name, "0.0.7", &url).await;
    release(&world, &[&sid]).await;
    let list = listed(&world).await;
    assert_eq!((list.as_array().unwrap().len(), &list[0]["version"]), (1, &json!("0.0.7")));
    let src = list[0]["src"].as_str().unwrap();
    assert!(src.starts_with(&world.url("/flex/plugins/v1/agent-did-extensions/0.0.7/bundle.js?")), "{src}");
    assert_eq!(json_of(world.client.get(src)).await, (StatusCode::OK, json!(BUNDLE)));
    let (without_ticket, _) = src.split_once('?').unwrap();
    assert_eq!(json_of(world.client.get(without_ticket)).await.0, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn the_plugins_api_and_the_account_want_credentials() {
    let world = world::start(0, Duration::ZERO).await;
    let account = format!("/api/2010-04-01/Accounts/{}.json", world.env("TWILIO_ACCOUNT_SID"));
    assert_eq!(world.fetch(&account).await["sid"], world.env("TWILIO_ACCOUNT_SID"));
    for path in [account.as_str(), "/flex-api/v1/PluginService/Plugins", "/flex-api/v1/PluginService/Releases"] {
        assert_eq!(json_of(world.client.get(world.url(path))).await.0, StatusCode::UNAUTHORIZED, "{path}");
    }
}
