//! The proxy over real sockets: Twilio's hosts are answered here, over TLS, and no other host is.

use std::time::Duration;

use crate::world::{self, World, json_of};
use emulator::proxy::Proxy;
use reqwest::{Certificate, Client, StatusCode};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

async fn proxied() -> (World, Proxy) {
    let world = world::start(5, Duration::ZERO).await;
    let proxy = world.emulator.start_proxy(0).await.unwrap();
    (world, proxy)
}

/// A client that goes through the proxy and trusts nobody but its authority.
fn client(proxy: &Proxy) -> Client {
    let authority = Certificate::from_pem(&std::fs::read(proxy.ca_file()).unwrap()).unwrap();
    let through = reqwest::Proxy::all(proxy.url()).unwrap();
    Client::builder().proxy(through).tls_certs_only([authority]).build().unwrap()
}

/// Says CONNECT, and returns the status line and the connection after the empty line.
async fn connect(proxy: &Proxy, target: &str) -> (String, TcpStream) {
    let mut stream = TcpStream::connect(proxy.url().trim_start_matches("http://")).await.unwrap();
    stream.write_all(format!("CONNECT {target} HTTP/1.1\r\nHost: {target}\r\n\r\n").as_bytes()).await.unwrap();
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(stream.read_u8().await.unwrap());
    }
    let head = String::from_utf8(head).unwrap();
    (head.lines().next().unwrap().to_owned(), stream)
}

#[tokio::test]
async fn a_host_of_twilio_is_answered_as_at_its_base_url() {
    let (world, proxy) = proxied().await;
    let (user, password) = (world.env("TWILIO_ACCOUNT_SID"), world.env("TWILIO_AUTH_TOKEN"));
    let request = client(&proxy).get("https://serverless.twilio.com/v1/Services").basic_auth(user, Some(password));
    let (status, body) = json_of(request).await;
    assert_eq!(status, StatusCode::OK);
    assert_eq!(body["services"][0]["sid"], world.env("TWILIO_SERVERLESS_SERVICE_SID"));
    assert_eq!(world.calls().await.last().unwrap()["path"], "/serverless/v1/Services");
}

#[tokio::test]
async fn the_next_page_of_a_list_is_at_the_host_that_was_asked() {
    let (world, proxy) = proxied().await;
    let (user, password) = (world.env("TWILIO_ACCOUNT_SID"), world.env("TWILIO_AUTH_TOKEN"));
    let workers = format!(
        "https://taskrouter.twilio.com/v1/Workspaces/{}/Workers?PageSize=1",
        world.env("TASKROUTER_WORKSPACE_SID")
    );
    let (status, body) = json_of(client(&proxy).get(&workers).basic_auth(user, Some(password))).await;
    let next = body["meta"]["next_page_url"].as_str().unwrap_or_default();
    assert!(status == StatusCode::OK && next.starts_with("https://taskrouter.twilio.com/v1/Workspaces/"), "{body}");
    let (status, body) = json_of(client(&proxy).get(next).basic_auth(user, Some(password))).await;
    assert_eq!((status, body["workers"].as_array().map(Vec::len)), (StatusCode::OK, Some(1)));
}

#[tokio::test]
async fn a_refusal_is_passed_on_as_it_is() {
    let (_world, proxy) = proxied().await;
    let (status, body) = json_of(client(&proxy).get("https://serverless.twilio.com/v1/Services")).await;
    assert_eq!((status, body["code"].as_u64()), (StatusCode::UNAUTHORIZED, Some(20003)));
}

#[tokio::test]
async fn a_deployed_domain_serves_its_assets_under_its_real_url() {
    let (world, proxy) = proxied().await;
    let (_, real) = world.domain("/extensions.json").await;
    let request = client(&proxy).get(&real).header("X-Twilio-Signature", world.signature(&real));
    let (status, rows) = json_of(request).await;
    assert_eq!((status, rows.as_array().map(Vec::len)), (StatusCode::OK, Some(5)));
}

#[tokio::test]
async fn another_host_is_reached_untouched() {
    let (_world, proxy) = proxied().await;
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let target = listener.local_addr().unwrap().to_string();
    let (status, mut stream) = connect(&proxy, &target).await;
    assert_eq!(status, "HTTP/1.1 200 OK");
    let (mut server, _) = listener.accept().await.unwrap();
    let mut heard = [0; 6];
    stream.write_all(b"\x16hello").await.unwrap();
    server.read_exact(&mut heard).await.unwrap();
    assert_eq!(&heard, b"\x16hello");
    server.write_all(b"answer").await.unwrap();
    stream.read_exact(&mut heard).await.unwrap();
    assert_eq!(&heard, b"answer");
}

#[tokio::test]
async fn a_host_that_can_not_be_reached_is_told_before_anything_is_sent() {
    let (_world, proxy) = proxied().await;
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let target = listener.local_addr().unwrap().to_string();
    drop(listener);
    assert_eq!(connect(&proxy, &target).await.0, "HTTP/1.1 502 Bad Gateway");
}

#[tokio::test]
async fn what_is_not_connect_is_not_done_and_says_so() {
    let (_world, proxy) = proxied().await;
    let (status, body) = json_of(client(&proxy).get("http://registry.example/")).await;
    assert_eq!(status, StatusCode::NOT_IMPLEMENTED);
    assert!(body.as_str().unwrap().contains("CONNECT"), "{body}");
}

#[tokio::test]
async fn whoever_does_not_trust_its_authority_is_told_nothing() {
    let (world, proxy) = proxied().await;
    let (_other_world, other) = proxied().await;
    let stranger = Certificate::from_pem(&std::fs::read(other.ca_file()).unwrap()).unwrap();
    let through = reqwest::Proxy::all(proxy.url()).unwrap();
    let client = Client::builder().proxy(through).tls_certs_only([stranger]).build().unwrap();
    assert!(client.get("https://serverless.twilio.com/v1/Services").send().await.is_err());
    assert!(world.calls().await.is_empty());
}
