//! Sync's REST API over real sockets: what a backend may rely on.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeMap;
use std::time::Duration;

use emulator::pages::PageOrigins;
use emulator::{Emulator, StartOptions};
use reqwest::{Client, Method, RequestBuilder, StatusCode};
use serde_json::{Value, json};

struct Fixture {
    emulator: Emulator,
    env: BTreeMap<String, String>,
    client: Client,
    _folder: tempfile::TempDir,
}

struct Answer {
    status: u16,
    etag: Option<String>,
    body: Value,
}

/// How Twilio refuses: an HTTP status, and an error code in the body.
#[derive(Debug, PartialEq)]
struct Refusal {
    status: u16,
    code: u64,
}

impl Answer {
    fn refusal(&self) -> Refusal {
        Refusal { status: self.status, code: self.body["code"].as_u64().unwrap_or_default() }
    }
}

async fn fixture() -> Fixture {
    // Only the first test of the process installs it; TLS is never used on loopback.
    let _installed = rustls::crypto::ring::default_provider().install_default();
    let folder = tempfile::tempdir().unwrap();
    let options = StartOptions {
        port: 0,
        data: folder.path().to_owned(),
        demo: 3,
        build_delay: Duration::ZERO,
        token_lifetime: Duration::from_secs(3600),
        functions_base: String::new(),
        page_origins: PageOrigins::default(),
    };
    let emulator = emulator::start(options).await.unwrap();
    let client = Client::new();
    let env = client.get(format!("{}/control/env", emulator.base())).send().await.unwrap().json().await.unwrap();
    Fixture { emulator, env, client, _folder: folder }
}

impl Fixture {
    fn maps(&self, path: &str) -> String {
        format!("{}/sync/v1/Services/{}/Maps{path}", self.emulator.base(), self.env["FLEX_SYNC_SERVICE_SID"])
    }

    async fn send(&self, request: RequestBuilder) -> Answer {
        let request = request.basic_auth(&self.env["TWILIO_ACCOUNT_SID"], Some(&self.env["TWILIO_AUTH_TOKEN"]));
        let response = request.send().await.unwrap();
        let status = response.status().as_u16();
        let etag = response.headers().get("etag").map(|etag| etag.to_str().unwrap().to_owned());
        Answer { status, etag, body: response.json().await.unwrap_or_default() }
    }

    async fn get(&self, path: &str) -> Answer {
        self.send(self.client.get(self.maps(path))).await
    }

    async fn post(&self, path: &str, form: &[(&str, &str)]) -> Answer {
        self.send(self.client.post(self.maps(path)).form(form)).await
    }

    async fn with_if_match(&self, method: Method, path: &str, revision: &str) -> Answer {
        let is_update = method == Method::POST;
        let request = self.client.request(method, self.maps(path)).header("If-Match", revision);
        self.send(if is_update { request.form(&[("Data", "{}")]) } else { request }).await
    }
}

#[tokio::test]
async fn nothing_is_told_without_the_accounts_credentials() {
    let fixture = fixture().await;
    let response = fixture.client.get(fixture.maps("")).basic_auth("ACx", Some("wrong")).send().await.unwrap();
    assert_eq!(response.status(), StatusCode::UNAUTHORIZED);
    assert_eq!(response.json::<Value>().await.unwrap()["code"], 20003);
}

#[tokio::test]
async fn a_map_is_found_by_sid_and_name_and_its_name_is_its_own() {
    let fixture = fixture().await;
    let created = fixture.post("", &[("UniqueName", "m")]).await;
    assert_eq!(created.status, 201);
    assert_eq!(created.body["created_by"], json!("system"));
    let sid = created.body["sid"].as_str().unwrap();
    assert_eq!(fixture.get("/m").await.body, fixture.get(&format!("/{sid}")).await.body);
    assert_eq!(fixture.post("", &[("UniqueName", "m")]).await.refusal(), Refusal { status: 409, code: 54301 });
    assert_eq!(fixture.post("", &[("UniqueName", sid)]).await.refusal(), Refusal { status: 400, code: 54302 });
    assert_eq!(fixture.get("/none").await.refusal(), Refusal { status: 404, code: 54300 });
    assert_eq!(
        fixture.get("/MP00000000000000000000000000000000").await.refusal(),
        Refusal { status: 404, code: 54200 }
    );
    let elsewhere = format!("{}/sync/v1/Services/IS0/Maps/m", fixture.emulator.base());
    assert_eq!(fixture.send(fixture.client.get(elsewhere)).await.refusal(), Refusal { status: 404, code: 54050 });
    assert_eq!(fixture.send(fixture.client.delete(fixture.maps("/m"))).await.status, 204);
    assert_eq!(fixture.get("/m").await.refusal(), Refusal { status: 404, code: 54300 });
}

#[tokio::test]
async fn a_create_needs_a_new_key_and_an_update_an_old_one() {
    let fixture = fixture().await;
    fixture.post("", &[("UniqueName", "m")]).await;
    let item = [("Key", "2000"), ("Data", r#"{"a":1}"#)];
    let created = fixture.post("/m/Items", &item).await;
    assert_eq!(created.status, 201);
    assert_eq!(created.body["data"], json!({ "a": 1 }));
    assert_eq!(created.etag.unwrap().trim_matches('"'), created.body["revision"]);
    assert_eq!(fixture.post("/m/Items", &item).await.refusal(), Refusal { status: 409, code: 54208 });
    assert_eq!(fixture.post("/m/Items/9", &[("Data", "{}")]).await.refusal(), Refusal { status: 404, code: 54201 });
    assert_eq!(fixture.post("/m/Items/2000", &[("Data", r#"{"a":2}"#)]).await.body["data"], json!({ "a": 2 }));
    assert_eq!(fixture.send(fixture.client.delete(fixture.maps("/m/Items/2000"))).await.status, 204);
    assert_eq!(fixture.get("/m/Items/2000").await.refusal(), Refusal { status: 404, code: 54201 });
}

#[tokio::test]
async fn if_match_lets_only_the_revision_through_that_was_read_also_across_a_removal() {
    let fixture = fixture().await;
    fixture.post("", &[("UniqueName", "m")]).await;
    let first = fixture.post("/m/Items", &[("Key", "k"), ("Data", "{}")]).await.etag.unwrap();
    let second = fixture.with_if_match(Method::POST, "/m/Items/k", &first).await.etag.unwrap();
    assert_eq!(
        fixture.with_if_match(Method::POST, "/m/Items/k", &first).await.refusal(),
        Refusal { status: 412, code: 54205 }
    );
    assert_eq!(
        fixture.with_if_match(Method::DELETE, "/m/Items/k", &first).await.refusal(),
        Refusal { status: 412, code: 54205 }
    );
    assert_eq!(fixture.with_if_match(Method::DELETE, "/m/Items/k", second.trim_matches('"')).await.status, 204);
    fixture.post("/m/Items", &[("Key", "k"), ("Data", "{}")]).await;
    assert_eq!(
        fixture.with_if_match(Method::POST, "/m/Items/k", &first).await.refusal(),
        Refusal { status: 412, code: 54205 }
    );
}

#[tokio::test]
async fn what_breaks_a_rule_is_refused_and_leaves_no_trace() {
    let fixture = fixture().await;
    fixture.post("", &[("UniqueName", "m")]).await;
    let (big, long) = (json!({ "text": "x".repeat(16 * 1024) }).to_string(), "k".repeat(257));
    // It can be read by itself, and not inside of an Item.
    let deep = format!(r#"{{"deep":{}{}}}"#, "[".repeat(126), "]".repeat(126));
    for (key, data, refusal) in [
        ("k", big.as_str(), Refusal { status: 413, code: 54006 }),
        ("k", "{", Refusal { status: 400, code: 54206 }),
        ("k", deep.as_str(), Refusal { status: 400, code: 54206 }),
        ("k", "null", Refusal { status: 400, code: 54206 }),
        ("k", "7", Refusal { status: 400, code: 54206 }),
        (long.as_str(), "{}", Refusal { status: 400, code: 54209 }),
        ("", "{}", Refusal { status: 400, code: 20001 }),
    ] {
        assert_eq!(fixture.post("/m/Items", &[("Key", key), ("Data", data)]).await.refusal(), refusal, "{data:.20}");
    }
    let with_ttl = [("Key", "k"), ("Data", "{}"), ("ItemTtl", "31536001")];
    assert_eq!(fixture.post("/m/Items", &with_ttl).await.refusal(), Refusal { status: 400, code: 20001 });
    assert_eq!(fixture.get("/m/Items").await.body["items"], json!([]));
    assert_eq!(fixture.get("/m").await.body["revision"], "0");
}

#[tokio::test]
async fn the_addresses_in_meta_lead_through_all_items_and_back() {
    let fixture = fixture().await;
    fixture.post("", &[("UniqueName", "m")]).await;
    for key in ["1", "10", "2", "20", "3"] {
        fixture.post("/m/Items", &[("Key", key), ("Data", "{}")]).await;
    }
    let mut page = fixture.get("/m/Items?PageSize=2&Order=desc").await.body;
    let (mut seen, mut sizes) = (Vec::new(), Vec::new());
    loop {
        let items = page["items"].as_array().unwrap();
        sizes.push(items.len());
        seen.extend(items.iter().map(|item| item["key"].as_str().unwrap().to_owned()));
        assert!(seen.len() <= 5, "the pages lead in a circle: {seen:?}");
        let Some(next) = page["meta"]["next_page_url"].as_str().map(str::to_owned) else { break };
        page = fixture.send(fixture.client.get(next)).await.body;
    }
    assert_eq!(seen, ["3", "20", "2", "10", "1"]);
    assert_eq!(sizes, vec![2, 2, 1]);
    let back = page["meta"]["previous_page_url"].as_str().unwrap();
    assert_eq!(fixture.send(fixture.client.get(back)).await.body["items"][0]["key"], "2");
    let from = fixture.get("/m/Items?From=10&Bounds=exclusive").await.body;
    assert_eq!(from["items"][0]["key"], "2");
    assert!(from["meta"]["previous_page_url"].is_string());
}

#[tokio::test]
async fn of_many_who_create_one_key_at_once_exactly_one_succeeds() {
    let fixture = fixture().await;
    fixture.post("", &[("UniqueName", "m")]).await;
    let mut racing = tokio::task::JoinSet::new();
    for racer in 0..20 {
        let request = fixture
            .client
            .post(fixture.maps("/m/Items"))
            .basic_auth(&fixture.env["TWILIO_ACCOUNT_SID"], Some(&fixture.env["TWILIO_AUTH_TOKEN"]));
        let data = json!({ "racer": racer }).to_string();
        racing.spawn(request.form(&[("Key", "publishing".to_owned()), ("Data", data)]).send());
    }
    let answers = racing.join_all().await;
    let created = answers.iter().filter(|answer| answer.as_ref().unwrap().status() == StatusCode::CREATED).count();
    assert_eq!(created, 1);
}

#[tokio::test]
async fn a_key_whose_ttl_has_passed_can_be_created_again() {
    let fixture = fixture().await;
    fixture.post("", &[("UniqueName", "m")]).await;
    let item = [("Key", "publishing"), ("Data", "{}"), ("ItemTtl", "1")];
    let clock = &fixture.emulator.app.clock;
    clock.hold();
    assert_eq!(fixture.post("/m/Items", &item).await.status, 201);
    assert_eq!(fixture.post("/m/Items", &item).await.refusal(), Refusal { status: 409, code: 54208 });
    clock.advance(Duration::from_millis(1000));
    assert_eq!(fixture.post("/m/Items", &item).await.refusal(), Refusal { status: 409, code: 54208 });
    clock.advance(Duration::from_millis(1));
    assert_eq!(fixture.post("/m/Items", &item).await.status, 201);
}

#[tokio::test]
async fn a_reset_voids_what_browsers_cached() {
    let fixture = fixture().await;
    let storage_id = fixture.emulator.app.sync.storage_id();
    let reset = fixture.client.post(format!("{}/control/reset", fixture.emulator.base())).json(&json!({ "demo": 2 }));
    assert_eq!(reset.send().await.unwrap().status(), StatusCode::OK);
    let map = fixture.get("/AgentExtensionMaps").await.body;
    assert_ne!(map["sid"], fixture.env["FLEX_SYNC_MAP_SID"]);
    assert_ne!(fixture.emulator.app.sync.storage_id(), storage_id);
    assert_eq!(fixture.get("/AgentExtensionMaps/Items").await.body["items"].as_array().unwrap().len(), 2);
}
