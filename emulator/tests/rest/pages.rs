//! Pages in a browser: the one that hosts the Flex UI is answered, others neither read a login nor give an order.

use std::time::Duration;

use crate::fixture::{self, Answer, Fixture, PAGE, answer_to};
use reqwest::header::{
    ACCESS_CONTROL_ALLOW_ORIGIN, ACCESS_CONTROL_REQUEST_METHOD, CONNECTION, HOST, ORIGIN, SEC_WEBSOCKET_KEY,
    SEC_WEBSOCKET_VERSION, UPGRADE,
};
use reqwest::{Method, RequestBuilder, StatusCode};
use serde_json::json;

/// Pages of the internet, of another port here, and one that hides where it is from.
const OTHERS: [&str; 4] = ["https://elsewhere.example", "http://localhost:3001", "https://localhost:3000", "null"];

async fn started() -> Fixture {
    fixture::start(1, Duration::ZERO).await
}

fn login(fixture: &Fixture) -> RequestBuilder {
    fixture.client.get(fixture.url("/host/login?as=admin"))
}

fn reset(fixture: &Fixture) -> RequestBuilder {
    fixture.client.post(fixture.url("/control/reset")).json(&json!({"demo": 0}))
}

fn socket(fixture: &Fixture) -> RequestBuilder {
    fixture
        .client
        .get(fixture.url("/tsock.us1/v3/wsconnect"))
        .header(CONNECTION, "Upgrade")
        .header(UPGRADE, "websocket")
        .header(SEC_WEBSOCKET_VERSION, "13")
        .header(SEC_WEBSOCKET_KEY, "dGhlIHNhbXBsZSBub25jZQ==")
}

#[tokio::test]
async fn another_page_neither_reads_a_login_nor_gives_an_order_nor_opens_a_socket() {
    let fixture = started().await;
    for origin in OTHERS {
        for request in
            [login(&fixture), fixture.client.get(fixture.url("/control/env")), reset(&fixture), socket(&fixture)]
        {
            let response = request.header(ORIGIN, origin).send().await.unwrap();
            assert_eq!(response.status(), StatusCode::FORBIDDEN, "{origin}: {}", response.url());
            assert!(!response.headers().contains_key(ACCESS_CONTROL_ALLOW_ORIGIN));
            let body = response.text().await.unwrap();
            assert!(!body.contains(fixture.env("TWILIO_AUTH_TOKEN")), "{body}");
        }
    }
    assert_eq!(fixture.published().await.as_array().map(Vec::len), Some(1), "nothing was reset");
}

#[tokio::test]
async fn what_another_page_merely_embeds_is_refused_without_an_origin_too() {
    let fixture = started().await;
    for (site, status) in
        [("cross-site", StatusCode::FORBIDDEN), ("same-site", StatusCode::FORBIDDEN), ("none", StatusCode::OK)]
    {
        assert_eq!(answer_to(login(&fixture).header("Sec-Fetch-Site", site)).await.status, status, "{site}");
    }
}

#[tokio::test]
async fn the_host_page_signs_in_gives_orders_and_opens_a_socket() {
    let fixture = started().await;
    for (request, status) in [
        (login(&fixture), StatusCode::OK),
        (reset(&fixture), StatusCode::OK),
        (socket(&fixture), StatusCode::SWITCHING_PROTOCOLS),
    ] {
        let response = request.header(ORIGIN, PAGE).header("Sec-Fetch-Site", "cross-site").send().await.unwrap();
        assert_eq!(response.status(), status, "{}", response.url());
        assert_eq!(response.headers()[ACCESS_CONTROL_ALLOW_ORIGIN], PAGE);
    }
}

#[tokio::test]
async fn whoever_asks_without_a_browser_is_answered() {
    let fixture = started().await;
    assert_eq!(answer_to(login(&fixture)).await.status, StatusCode::OK);
    assert_eq!(socket(&fixture).send().await.unwrap().status(), StatusCode::SWITCHING_PROTOCOLS);
    assert_eq!(answer_to(reset(&fixture)).await.status, StatusCode::OK);
}

#[tokio::test]
async fn the_products_are_shared_with_the_host_page_and_with_no_other() {
    let fixture = started().await;
    let plugins = fixture.url("/flex/plugins");
    for (origin, shared, preflight) in [
        (PAGE, true, StatusCode::NO_CONTENT),
        (OTHERS[0], false, StatusCode::FORBIDDEN),
        ("null", false, StatusCode::FORBIDDEN),
    ] {
        let response = fixture.client.get(&plugins).header(ORIGIN, origin).send().await.unwrap();
        assert_eq!(response.headers().contains_key(ACCESS_CONTROL_ALLOW_ORIGIN), shared, "{origin}");
        let asking = fixture.client.request(Method::OPTIONS, &plugins).header(ORIGIN, origin);
        let response = asking.header(ACCESS_CONTROL_REQUEST_METHOD, "PUT").send().await.unwrap();
        assert_eq!(response.status(), preflight, "{origin}");
        assert_eq!(response.headers().contains_key(ACCESS_CONTROL_ALLOW_ORIGIN), shared, "{origin}");
    }
}

#[tokio::test]
async fn a_name_that_was_made_to_point_here_is_not_answered() {
    let fixture = started().await;
    let port = fixture.emulator.base().rsplit(':').next().unwrap();
    let hostile = [
        format!("evil.example:{port}"),
        "127.0.0.1:1".to_owned(),
        "127.0.0.1".to_owned(),
        format!("127.0.0.1.evil.example:{port}"),
        format!("sync.twilio.com:{port}"),
    ];
    for host in &hostile {
        for request in [login(&fixture), reset(&fixture), socket(&fixture)] {
            let Answer { status, body } = answer_to(request.header(HOST, host)).await;
            assert_eq!(status, StatusCode::MISDIRECTED_REQUEST, "{host}: {body}");
        }
    }
    for own in ["localhost", "LOCALHOST", "127.0.0.1", "[::1]"] {
        assert_eq!(
            answer_to(login(&fixture).header(HOST, format!("{own}:{port}"))).await.status,
            StatusCode::OK,
            "{own}"
        );
    }
}
