//! The proxy over real sockets: Twilio's hosts are answered here, over TLS, and no other host is.

use std::time::Duration;

use crate::fixture::{self, Answer, DomainUrl, Fixture, answer_to};
use emulator::proxy::Proxy;
use reqwest::{Certificate, Client, StatusCode};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

async fn proxied() -> (Fixture, Proxy) {
    let fixture = fixture::start(5, Duration::ZERO).await;
    let proxy = fixture.emulator.start_proxy(0).await.unwrap();
    (fixture, proxy)
}

/// A client that goes through the proxy and trusts nobody but its authority.
fn client(proxy: &Proxy) -> Client {
    let authority = Certificate::from_pem(&std::fs::read(proxy.ca_file()).unwrap()).unwrap();
    let through = reqwest::Proxy::all(proxy.url()).unwrap();
    Client::builder().proxy(through).tls_certs_only([authority]).build().unwrap()
}

/// What a CONNECT was answered with, and the connection after the empty line.
struct Connected {
    status_line: String,
    stream: TcpStream,
}

async fn connect(proxy: &Proxy, target: &str) -> Connected {
    let mut stream = TcpStream::connect(proxy.url().trim_start_matches("http://")).await.unwrap();
    stream.write_all(format!("CONNECT {target} HTTP/1.1\r\nHost: {target}\r\n\r\n").as_bytes()).await.unwrap();
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(stream.read_u8().await.unwrap());
    }
    let head = String::from_utf8(head).unwrap();
    Connected { status_line: head.lines().next().unwrap().to_owned(), stream }
}

#[tokio::test]
async fn a_host_of_twilio_is_answered_as_at_its_base_url() {
    let (fixture, proxy) = proxied().await;
    let (user, password) = (fixture.env("TWILIO_ACCOUNT_SID"), fixture.env("TWILIO_AUTH_TOKEN"));
    let request = client(&proxy).get("https://serverless.twilio.com/v1/Services").basic_auth(user, Some(password));
    let Answer { status, body } = answer_to(request).await;
    assert_eq!(status, StatusCode::OK);
    assert_eq!(body["services"][0]["sid"], fixture.env("TWILIO_SERVERLESS_SERVICE_SID"));
    assert_eq!(fixture.calls().await.last().unwrap()["path"], "/serverless/v1/Services");
}

#[tokio::test]
async fn the_next_page_of_a_list_is_at_the_host_that_was_asked() {
    let (fixture, proxy) = proxied().await;
    let (user, password) = (fixture.env("TWILIO_ACCOUNT_SID"), fixture.env("TWILIO_AUTH_TOKEN"));
    let workers = format!(
        "https://taskrouter.twilio.com/v1/Workspaces/{}/Workers?PageSize=1",
        fixture.env("TASKROUTER_WORKSPACE_SID")
    );
    let Answer { status, body } = answer_to(client(&proxy).get(&workers).basic_auth(user, Some(password))).await;
    let next = body["meta"]["next_page_url"].as_str().unwrap_or_default();
    assert!(status == StatusCode::OK && next.starts_with("https://taskrouter.twilio.com/v1/Workspaces/"), "{body}");
    let Answer { status, body } = answer_to(client(&proxy).get(next).basic_auth(user, Some(password))).await;
    assert_eq!(status, StatusCode::OK);
    assert_eq!(body["workers"].as_array().map(Vec::len), Some(1));
}

#[tokio::test]
async fn a_refusal_is_passed_on_as_it_is() {
    let (_fixture, proxy) = proxied().await;
    let Answer { status, body } = answer_to(client(&proxy).get("https://serverless.twilio.com/v1/Services")).await;
    assert_eq!(status, StatusCode::UNAUTHORIZED);
    assert_eq!(body["code"].as_u64(), Some(20003));
}

#[tokio::test]
async fn a_deployed_domain_serves_its_assets_under_its_real_url() {
    let (fixture, proxy) = proxied().await;
    let DomainUrl { real, .. } = fixture.domain("/extensions.json").await;
    let request = client(&proxy).get(&real).header("X-Twilio-Signature", fixture.signature(&real));
    let Answer { status, body: rows } = answer_to(request).await;
    assert_eq!(status, StatusCode::OK);
    assert_eq!(rows.as_array().map(Vec::len), Some(5));
}

#[tokio::test]
async fn another_host_is_reached_untouched() {
    let (_fixture, proxy) = proxied().await;
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let target = listener.local_addr().unwrap().to_string();
    let Connected { status_line, mut stream } = connect(&proxy, &target).await;
    assert_eq!(status_line, "HTTP/1.1 200 OK");
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
    let (_fixture, proxy) = proxied().await;
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let target = listener.local_addr().unwrap().to_string();
    drop(listener);
    assert_eq!(connect(&proxy, &target).await.status_line, "HTTP/1.1 502 Bad Gateway");
}

#[tokio::test]
async fn what_is_not_connect_is_not_done_and_says_so() {
    let (_fixture, proxy) = proxied().await;
    let Answer { status, body } = answer_to(client(&proxy).get("http://registry.example/")).await;
    assert_eq!(status, StatusCode::NOT_IMPLEMENTED);
    assert!(body.as_str().unwrap().contains("CONNECT"), "{body}");
}

#[tokio::test]
async fn whoever_does_not_trust_its_authority_is_told_nothing() {
    let (fixture, proxy) = proxied().await;
    let (_other_fixture, other) = proxied().await;
    let stranger = Certificate::from_pem(&std::fs::read(other.ca_file()).unwrap()).unwrap();
    let through = reqwest::Proxy::all(proxy.url()).unwrap();
    let client = Client::builder().proxy(through).tls_certs_only([stranger]).build().unwrap();
    assert!(client.get("https://serverless.twilio.com/v1/Services").send().await.is_err());
    assert!(fixture.calls().await.is_empty());
}
