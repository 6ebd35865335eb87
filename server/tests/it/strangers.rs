//! What strangers can do to the server: keep it waiting, send it very much, ask it the same again and again.

use std::io::{Read, Write};

use serde_json::{Value, json};

use crate::sockets::{HALF_A_BODY, HALF_A_HEAD, NEVER, WHOLE, heard, hold, is_held};
use crate::world::{Server, World, answer, refused};

#[cfg(unix)]
#[tokio::test]
async fn callers_are_answered_while_strangers_hold_more_connections_than_there_are_descriptors() {
    let mut world = World::small().await;
    world.server = world.another_server_with_descriptors("log-of-a-small-one", 1_024);
    assert_eq!(world.dial("2000").await.body["found"], true);
    for half in [HALF_A_HEAD, HALF_A_BODY] {
        // The connection of the call before makes room too.
        world.http = reqwest::Client::new();
        let mut held: Vec<_> = (0..1_100).map(|_| hold(&world.server, half)).collect();
        let answer = tokio::time::timeout(NEVER, world.dial("2000")).await.expect("no answer");
        assert_eq!(answer.body["found"], true, "{}", answer.body);
        assert!(held.last_mut().is_some_and(is_held), "it was answered only once the others had been closed");
    }
}

#[tokio::test]
async fn who_does_not_finish_a_request_is_cut_off() {
    let world = World::small().await;
    let (head, body) = (hold(&world.server, HALF_A_HEAD), hold(&world.server, HALF_A_BODY));
    let (nothing, mut second) = (hold(&world.server, ""), hold(&world.server, WHOLE));
    let mut answered = [0; 12];
    second.read_exact(&mut answered).unwrap();
    second.write_all(HALF_A_HEAD.as_bytes()).unwrap();
    let waiting = || [head, body, nothing, second].map(heard);
    let [head, body, nothing, second] = tokio::task::spawn_blocking(waiting).await.unwrap();
    assert_eq!((head.as_str(), nothing.as_str()), ("", ""));
    assert!(answered == *b"HTTP/1.1 200" && !second.contains("HTTP/1.1"), "{second}");
    assert!(body.starts_with("HTTP/1.1 408 "), "{body}");
}

#[tokio::test]
async fn twilio_is_asked_once_however_often_a_bad_token_is_sent() {
    let world = World::small().await;
    for _ in 0..20 {
        refused(world.post("/admin/list", &json!({"Token": "garbage"})).await, 401, "not-signed-in");
    }
    let calls =
        answer(world.http.get(format!("{}/control/calls?since=0", world.emulator.base())).send().await.unwrap());
    let calls = calls.await.body["calls"].as_array().unwrap().clone();
    let asked = |call: &&Value| call["path"].as_str().unwrap().contains("/Tokens/validate");
    assert_eq!(calls.iter().filter(asked).count(), 1, "{calls:?}");
}

#[tokio::test]
async fn a_flood_of_different_bad_tokens_is_told_to_come_again_and_holds_up_no_supervisor() {
    let world = World::small().await;
    world.list().await;
    let url = format!("{}/admin/list", world.server.url);
    let mut turned_away = None;
    for n in 0..50 {
        let tokens = (0..25).map(|m| json!({"Token": format!("made-up-{n}-{m}")}));
        let sent: Vec<_> = tokens.map(|body| tokio::spawn(world.http.post(&url).json(&body).send())).collect();
        for response in sent {
            let response = response.await.unwrap().unwrap();
            if response.status() == 503 {
                turned_away = Some(response);
            } else {
                refused(answer(response).await, 401, "not-signed-in");
            }
        }
        world.list().await;
        if turned_away.is_some() {
            break;
        }
    }
    let turned_away = turned_away.expect("all of them were looked at");
    assert_eq!(turned_away.headers()["retry-after"], "5");
    refused(answer(turned_away).await, 503, "busy");
}

#[tokio::test]
async fn who_sends_a_large_body_slowly_holds_up_no_other_supervisor() {
    let world = World::small().await;
    let (most, more) = (" ".repeat(70_000), " ".repeat(30_000));
    let token = world.token("SUPERVISOR");
    let head = format!(
        "POST /admin/update HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nAuthorization: Bearer {token}\r\nContent-Length: 100000\r\n\r\n"
    );
    let mut slow = hold(&world.server, &(head + &most));
    world.list().await;
    let request = world.http.post(format!("{}/admin/update", world.server.url)).body(most + &more);
    let request = request.header("content-type", "application/json").bearer_auth(world.token("SUPERVISOR_2"));
    refused(answer(request.send().await.unwrap()).await, 400, "invalid-request");
    assert!(is_held(&mut slow));
    slow.write_all(more.as_bytes()).unwrap();
    let mut answered = [0; 12];
    slow.read_exact(&mut answered).unwrap();
    assert_eq!(&answered, b"HTTP/1.1 400");
}

/// The most memory that the process has had so far, in kB.
#[cfg(target_os = "linux")]
pub(crate) fn peak(server: &Server) -> usize {
    let status = std::fs::read_to_string(format!("/proc/{}/status", server.process.id())).unwrap();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    peak.trim().trim_end_matches(" kB").parse().unwrap()
}

/// An update of `size` bytes whose rows take as little of JSON and as much of memory as can be.
#[cfg(target_os = "linux")]
fn hostile(size: usize, token: &str) -> String {
    format!(r#"{{"Token":"{token}","data":[{}[]]}}"#, "[],".repeat(size / 3))
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn very_large_requests_of_strangers_are_refused_in_words_and_take_no_memory() {
    let world = World::small().await;
    world.list().await;
    let before = peak(&world.server);
    let body = hostile(20_000_000, "garbage");
    let post = || {
        let request = world.http.post(format!("{}/admin/update", world.server.url)).body(body.clone());
        request.header("content-type", "application/json").send()
    };
    let (first, second) = tokio::join!(post(), post());
    for response in [first, second] {
        refused(answer(response.unwrap()).await, 401, "not-signed-in");
    }
    let grown = peak(&world.server) - before;
    assert!(grown < 10_000, "{grown} kB more");
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn a_very_large_request_of_a_supervisor_takes_a_small_multiple_of_its_size() {
    let world = World::small().await;
    world.list().await;
    let before = peak(&world.server);
    let size = 20_000_000;
    let request = world.http.post(format!("{}/admin/update", world.server.url));
    let request = request.header("content-type", "application/json").body(hostile(size, world.token("SUPERVISOR")));
    refused(answer(request.send().await.unwrap()).await, 400, "invalid-request");
    let grown = (peak(&world.server) - before) * 1024;
    assert!(grown < 3 * size, "{grown} bytes more");
}
