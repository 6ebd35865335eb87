//! The lookup while time passes, somebody publishes, or Twilio is gone.

use std::sync::Arc;

use bytes::Bytes;
use http::Request;
use serde_json::json;

use super::*;
use crate::app::App;
use crate::scripted_home::{Answer, ScriptedHome, config, ok};

fn worker(n: u32) -> String {
    format!("WK{n:032x}")
}

/// A Twilio where 7777 leads to Worker `n` and Build `n` is deployed.
fn published(n: u32) -> impl FnMut(&Request<Bytes>) -> Answer + Send {
    move |request| {
        let path = request.uri().path();
        if path == "/extensions.json" {
            return ok(&json!([{"workerFullName": "Ann", "extensionNumber": "7777", "workerSid": worker(n)}, "junk"]));
        }
        if path.contains("/Builds/") {
            let version =
                json!({"sid": "ZN1", "asset_sid": "ZH1", "path": "/extensions.json", "visibility": "protected"});
            return ok(&json!({
                "sid": format!("ZB{n}"), "status": "completed", "asset_versions": [version],
                "function_versions": null, "dependencies": null, "runtime": null, "date_created": "2026-01-01T00:00:00Z",
            }));
        }
        ok(&json!({"build_sid": format!("ZB{n}"), "domain_name": "d.twil.io"}))
    }
}

fn world(script: impl FnMut(&Request<Bytes>) -> Answer + Send + 'static) -> (Arc<ScriptedHome>, App) {
    let home = Arc::new(ScriptedHome::new(script));
    (home.clone(), App::new(config(), home))
}

async fn ask(app: &App) -> Option<String> {
    app.lookup.find(&app.base, "7777").await.unwrap().worker_sid
}

#[tokio::test]
async fn answers_come_from_memory_until_a_refresh_is_due() {
    let (home, app) = world(published(1));
    assert_eq!(ask(&app).await, Some(worker(1)));
    assert_eq!(home.count_sent(), 3);
    home.answer_with(published(2));
    home.pass(4);
    assert_eq!(ask(&app).await, Some(worker(1)));
    assert_eq!(home.count_sent(), 0);
    home.pass(1);
    assert_eq!(ask(&app).await, Some(worker(2)));
}

#[tokio::test]
async fn a_function_answers_from_its_own_build_and_asks_nobody_however_much_time_passes() {
    let (home, app) = world(published(2));
    let row = json!([{"workerFullName": "Ann", "extensionNumber": "7777", "workerSid": worker(1)}]);
    *home.private_asset.lock().unwrap() = Some(row.to_string().into());
    assert_eq!(ask(&app).await, Some(worker(1)));
    // It never changes, so it is not even read again.
    *home.private_asset.lock().unwrap() = Some(Bytes::from_static(b"{garbage"));
    home.pass(3600);
    assert_eq!(ask(&app).await, Some(worker(1)));
    assert_eq!(home.count_sent(), 0);
}

#[tokio::test]
async fn once_a_deployment_has_settled_only_the_environment_is_asked() {
    let (home, app) = world(published(1));
    ask(&app).await;
    home.pass(61);
    ask(&app).await;
    assert_eq!(home.count_sent(), 3 + 1);
}

#[tokio::test]
async fn an_asset_that_the_domain_serves_late_is_still_noticed() {
    let (home, app) = world(published(1));
    ask(&app).await;
    let (mut late, mut rows) = (published(1), published(2));
    home.answer_with(
        move |request| if request.uri().path() == "/extensions.json" { rows(request) } else { late(request) },
    );
    home.pass(5);
    assert_eq!(ask(&app).await, Some(worker(2)));
}

#[tokio::test]
async fn while_twilio_is_down_the_last_good_directory_answers_and_twilio_is_not_pestered() {
    let (home, app) = world(published(1));
    ask(&app).await;
    for trouble in [|| Answer::Refused, || Answer::Silence, || Answer::Status(500, None, String::new())] {
        home.answer_with(move |_| trouble());
        home.pass(5);
        assert_eq!(ask(&app).await, Some(worker(1)));
        home.count_sent();
        assert_eq!(ask(&app).await, Some(worker(1)));
        assert_eq!(home.count_sent(), 0);
    }
    home.answer_with(published(2));
    home.pass(5);
    assert_eq!(ask(&app).await, Some(worker(2)));
}

#[tokio::test]
async fn an_asset_that_is_no_directory_does_not_replace_the_last_good_one() {
    let (home, app) = world(published(1));
    ask(&app).await;
    let mut others = published(2);
    home.answer_with(move |request| {
        if request.uri().path() == "/extensions.json" {
            Answer::Status(200, None, "{half".into())
        } else {
            others(request)
        }
    });
    home.pass(5);
    assert_eq!(ask(&app).await, Some(worker(1)));
}

#[tokio::test]
async fn a_restart_while_twilio_is_down_answers_from_the_disk() {
    let (home, app) = world(published(1));
    ask(&app).await;
    let disk = home.disk.lock().unwrap().clone();
    let (home, app) = world(|_| Answer::Refused);
    *home.disk.lock().unwrap() = disk;
    assert_eq!(ask(&app).await, Some(worker(1)));
}

#[tokio::test]
async fn without_any_last_good_directory_the_lookup_says_so() {
    let (_, app) = world(|_| Answer::Refused);
    assert!(matches!(app.lookup.find(&app.base, "7777").await, Err(NothingToAnswerFrom)));
}
