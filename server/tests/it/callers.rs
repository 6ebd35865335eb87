//! What a Studio Flow gets while a caller waits.

use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use reqwest::RequestBuilder;
use serde_json::json;
use sha2::Digest;

use crate::world::{Answer, FUNCTIONS_BASE, World, answer, refused};

/// `X-Twilio-Signature` as Twilio documents it.
fn sign(token: &str, text: &str) -> String {
    let mut mac = Hmac::<sha1::Sha1>::new_from_slice(token.as_bytes()).unwrap();
    mac.update(text.as_bytes());
    STANDARD.encode(mac.finalize().into_bytes())
}

impl World {
    /// Asks as Studio does; `signed` is what follows the public address in the signed text.
    async fn call(&self, request: RequestBuilder, signed: &str) -> Answer {
        let signature = sign(&self.env["TWILIO_AUTH_TOKEN"], &format!("{FUNCTIONS_BASE}{signed}"));
        answer(request.header("X-Twilio-Signature", signature).send().await.unwrap()).await
    }

    fn url(&self, path_and_query: &str) -> String {
        format!("{}{path_and_query}", self.server.url)
    }
}

#[tokio::test]
async fn a_signed_get_form_and_json_and_the_credentials_all_get_the_agent() {
    let world = World::new().await;
    let list = world.list().await;
    let (number, worker) = (list["data"][0]["extensionNumber"].as_str().unwrap(), &list["data"][0]["workerSid"]);
    let path = format!("/agentExtensions?agentExt={number}");
    let got = world.call(world.http.get(world.url(&path)), &path).await;
    let form = [("agentExt", number), ("From", "+14158675309")];
    let signed = format!("/agentExtensionsFrom+14158675309agentExt{number}");
    let posted = world.call(world.http.post(world.url("/agentExtensions")).form(&form), &signed).await;
    let body = json!({"agentExt": number}).to_string();
    let hash: String = sha2::Sha256::digest(body.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect();
    let path = format!("/agentExtensions?bodySHA256={hash}");
    let request = world.http.post(world.url(&path)).header("content-type", "application/json;charset=utf-8").body(body);
    let json = world.call(request, &path).await;
    for Answer { status, body } in [got, posted, json, world.dial(number).await] {
        assert_eq!(status, 200, "{body}");
        assert_eq!(body["workerSID"], *worker, "{body}");
        assert_eq!(body["found"], true, "{body}");
    }
}

#[tokio::test]
async fn a_request_that_twilio_did_not_sign_is_refused() {
    let world = World::new().await;
    let path = "/agentExtensions?agentExt=7777";
    let unsigned = answer(world.http.get(world.url(path)).send().await.unwrap()).await;
    refused(unsigned, 403, "not-allowed");
    refused(world.call(world.http.get(world.url(path)), "/agentExtensions?agentExt=7778").await, 403, "not-allowed");
    let unsigned_body = world.http.post(world.url("/agentExtensions")).json(&json!({"agentExt": "7777"}));
    refused(world.call(unsigned_body, "/agentExtensions").await, 403, "not-allowed");
    let guess = world.http.get(world.url(path)).basic_auth(&world.env["TWILIO_ACCOUNT_SID"], Some("guess"));
    refused(answer(guess.send().await.unwrap()).await, 403, "not-allowed");
}

#[tokio::test]
async fn a_public_address_with_a_path_answers_whether_the_proxy_keeps_the_path_or_takes_it_away() {
    let address = format!("{FUNCTIONS_BASE}/some/base");
    let world = World::with(5, Duration::ZERO, &[("FLEX_APP_FUNCTIONS_BASE", &address)]).await;
    let lookup = "/agentExtensions?agentExt=2000";
    let call = async |path: &str, signed: &str| world.call(world.http.get(world.url(path)), signed).await;
    let signed = format!("/some/base{lookup}");
    for path in [lookup, &signed] {
        assert_eq!(call(path, &signed).await.body["found"], true, "{path}");
        for wrong in [lookup, &format!("/some/base/some/base{lookup}")] {
            refused(call(path, wrong).await, 403, "not-allowed");
        }
    }
    for nothing in [format!("/some{lookup}"), format!("/some/base{signed}"), "/some/base/".to_owned()] {
        refused(call(&nothing, &signed).await, 404, "not-found");
    }
    refused(world.get("/some/base/admin/list").await, 405, "not-found");
    let list = world.admin("/some/base/admin/list", json!({})).await;
    assert_eq!(list.status, 200, "{}", list.body);
}

#[tokio::test]
async fn an_unknown_extension_is_an_answer_with_every_key() {
    let world = World::new().await;
    for extension in ["9999999999", "abc", "", "7 7", "٧٧", &"7".repeat(200)] {
        let body = json!({
            "found": false, "workerSID": null, "workerSid": null, "workerFullName": null, "extension": extension,
        });
        assert_eq!(world.dial(extension).await, Answer { status: 200, body });
    }
}

#[tokio::test]
async fn null_is_as_good_as_nothing_keyed_in() {
    let world = World::new().await;
    let request = world.http.post(world.url("/agentExtensions")).json(&json!({"agentExt": null}));
    let answer = answer(world.with_credentials(request).send().await.unwrap()).await;
    let body = json!({"found": false, "workerSID": null, "workerSid": null, "workerFullName": null, "extension": ""});
    assert_eq!(answer, Answer { status: 200, body });
}

#[tokio::test]
async fn a_request_without_an_extension_or_with_far_too_much_is_refused() {
    let world = World::new().await;
    refused(
        world.call(world.http.get(world.url("/agentExtensions")), "/agentExtensions").await,
        400,
        "invalid-request",
    );
    refused(world.dial(&"7".repeat(300)).await, 400, "invalid-request");
    let far_too_much = world.http.post(world.url("/agentExtensions")).form(&[("agentExt", "7".repeat(65 * 1024))]);
    refused(answer(far_too_much.send().await.unwrap()).await, 413, "too-large");
}

#[tokio::test]
async fn the_published_directory_is_read_once_however_many_callers_ask() {
    let world = World::new().await;
    for _ in 0..50 {
        assert_eq!(world.dial("9999999999").await.status, 200);
    }
    assert_eq!(world.log().matches("reading the published directory").count(), 1, "{}", world.log());
}

#[tokio::test]
async fn health_tells_whether_there_is_a_directory_to_answer_from() {
    let world = World::new().await;
    world.dial("77").await;
    assert_eq!(world.get("/health").await, Answer { status: 200, body: json!({"status": "ok", "extensions": 120}) });
    assert_eq!(world.get("/health/live").await, Answer { status: 200, body: json!({"status": "ok"}) });
    let Answer { status, body } = world.get("/health/ready").await;
    assert_eq!((status, &body["extensions"], &body["problem"]), (200, &json!(120), &json!(null)), "{body}");
    assert_eq!(body["version"], world.list().await["version"]);
    assert!(body["confirmedSecondsAgo"].as_u64().is_some(), "{body}");
}

#[tokio::test]
async fn a_server_with_nothing_to_answer_from_is_live_but_not_ready() {
    let mut world = World::small().await;
    world.control("fail", json!({"method": "GET", "path": "/serverless/", "times": 1_000_000, "status": 503})).await;
    world.server = world.another_server("log-of-a-late-one");
    refused(world.dial("77").await, 503, "twilio-failed");
    refused(world.get("/health/ready").await, 503, "twilio-failed");
    assert_eq!(world.get("/health/live").await.status, 200);
    let Answer { status, body } = world.get("/health").await;
    assert_eq!((status, &body["extensions"]), (200, &json!(null)));
    let problem = body["problem"].as_str().unwrap();
    assert!(problem.ends_with('.') && !problem.contains(&world.env["TWILIO_ACCOUNT_SID"]), "{problem}");
}
