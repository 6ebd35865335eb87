//! The process: how it starts, what it says when it can not, and how it stops.

use std::collections::BTreeMap;
use std::process::Command;
#[cfg(unix)]
use std::{io::Write, time::Duration};

#[cfg(unix)]
use serde_json::json;

#[cfg(unix)]
use crate::sockets::{HALF_A_BODY, HALF_A_HEAD, NEVER, heard, hold, is_held};
use crate::world::{World, command};

#[test]
fn a_bad_configuration_names_every_bad_variable_and_shows_no_secret() {
    let env = [("TWILIO_ACCOUNT_SID", "AC12"), ("TWILIO_AUTH_TOKEN", "do-not-show-me"), ("PORT", "many")];
    let env: BTreeMap<_, _> = env.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    let output = command(&env).output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(!output.status.success());
    for name in [
        "TWILIO_ACCOUNT_SID",
        "PORT",
        "FLEX_APP_FUNCTIONS_BASE",
        "TWILIO_SERVERLESS_SERVICE_SID",
        "TWILIO_SERVERLESS_ENVIRONMENT_SID",
    ] {
        assert!(said.contains(name), "{name}: {said}");
    }
    assert!(!said.contains("do-not-show-me"), "{said}");
}

#[tokio::test]
async fn a_public_address_with_a_password_is_refused_with_the_reason() {
    let mut world = World::small().await;
    world.env.insert("FLEX_APP_FUNCTIONS_BASE".into(), "https://user:do-not-show-me@did.example.com".into());
    let output = command(&world.env).output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(!output.status.success());
    assert!(said.contains("FLEX_APP_FUNCTIONS_BASE") && said.contains("without a user name and a password"), "{said}");
    assert!(!said.contains("do-not-show-me"), "{said}");
}

/// Asks the server to stop.
#[cfg(unix)]
fn terminate(world: &World) {
    let process = world.server.process.id().to_string();
    assert!(Command::new("kill").args(["-TERM", &process]).status().unwrap().success());
}

#[cfg(unix)]
#[tokio::test]
async fn asked_to_stop_it_stops_cleanly() {
    let mut world = World::small().await;
    terminate(&world);
    assert!(world.server.process.wait().unwrap().success(), "{}", world.log());
}

#[cfg(unix)]
#[tokio::test]
async fn asked_to_stop_it_finishes_what_was_asked_and_waits_for_nothing_else() {
    let mut world = World::small().await;
    let mut asked = hold(&world.server, HALF_A_BODY);
    let unasked = [hold(&world.server, ""), hold(&world.server, HALF_A_HEAD)];
    // What was sent before this has been heard.
    world.list().await;
    terminate(&world);
    let closed = tokio::task::spawn_blocking(move || unasked.map(heard)).await.unwrap();
    assert_eq!(closed, ["", ""]);
    assert!(is_held(&mut asked), "it was waited for the others");
    asked.write_all(b"Ext=").unwrap();
    let answer = tokio::task::spawn_blocking(move || heard(asked)).await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 403 "), "{answer}");
    assert!(world.server.process.wait().unwrap().success(), "{}", world.log());
}

#[cfg(unix)]
#[tokio::test]
async fn a_disk_that_hangs_holds_up_neither_callers_nor_publishing_nor_the_end() {
    let folder = tempfile::tempdir().unwrap();
    // The server opens this to write to it, and nobody ever reads.
    let pipe = folder.path().join(".last-good.json.new");
    assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let file = folder.path().join("last-good.json");
    let mut world = World::with(5, Duration::ZERO, &[("LAST_GOOD_FILE", file.to_str().unwrap())]).await;
    let mut rows = world.rows().await;
    for name in ["One", "Two"] {
        rows[0]["workerFullName"] = json!(name);
        tokio::time::timeout(NEVER, world.publish(&rows)).await.expect("the publish does not end");
        let answer = world.dial(rows[0]["extensionNumber"].as_str().unwrap()).await;
        assert_eq!(answer.body["workerFullName"], name);
    }
    assert!(world.log().contains("LAST_GOOD_FILE can not be written"), "{}", world.log());
    terminate(&world);
    let ends = async {
        while world.server.process.try_wait().unwrap().is_none() {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(NEVER, ends).await.expect("the process does not end");
}
