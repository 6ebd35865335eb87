//! `agent-extensions health`: what a container's engine asks, black-box.

use std::io::{Read, Write};
use std::net::TcpListener;
use std::thread::JoinHandle;

use crate::world::World;

/// A world whose commands ask `listener`.
async fn world_beside(listener: &TcpListener) -> World {
    let mut world = World::new(0).await;
    world.env.insert("PORT".to_owned(), listener.local_addr().unwrap().port().to_string());
    world
}

/// Answers one request with `answer`, and tells its first line.
fn answer_once(listener: TcpListener, answer: &'static str) -> JoinHandle<String> {
    std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        // It is short enough to come at once.
        let mut request = [0; 1024];
        let length = stream.read(&mut request).unwrap();
        stream.write_all(answer.as_bytes()).unwrap();
        String::from_utf8_lossy(&request[..length]).lines().next().unwrap_or_default().to_owned()
    })
}

#[tokio::test]
async fn where_nothing_listens_it_fails_and_says_what_to_look_at() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let world = world_beside(&listener).await;
    drop(listener);
    let ran = world.run(&["health"]).await;
    assert_ne!(ran.code, 0);
    assert!(ran.stderr.contains("is the server running, with the same BIND and PORT?"), "{ran:?}");
}

#[tokio::test]
async fn a_server_that_is_ready_is_healthy_and_needs_no_account_to_be_asked() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let world = world_beside(&listener).await.without(&["TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN"]);
    let asked = answer_once(listener, "HTTP/1.1 200 OK\r\ncontent-length: 15\r\n\r\n{\"status\":\"ok\"}");
    let ran = world.run(&["health"]).await;
    assert_eq!(ran.code, 0, "{ran:?}");
    assert_eq!(ran.stdout, "{\"status\":\"ok\"}\n");
    assert_eq!(asked.join().unwrap(), "GET /health/ready HTTP/1.1");
}

#[tokio::test]
async fn a_server_that_answers_otherwise_is_not_healthy() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let world = world_beside(&listener).await;
    answer_once(
        listener,
        "HTTP/1.1 503 Service Unavailable\r\n\r\n{\"code\":\"twilio-failed\",\"message\":\"Try again in a moment.\"}",
    );
    let ran = world.run(&["health"]).await;
    assert_ne!(ran.code, 0);
    assert!(ran.stderr.contains("503") && ran.stderr.contains("Try again in a moment."), "{ran:?}");
}
