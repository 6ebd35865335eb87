//! The deployed domain over real sockets: who may read which asset.

use std::time::Duration;

use crate::fixture::{self, Answer, DomainUrl, Fixture, answer_to};
use reqwest::StatusCode;
use serde_json::json;

async fn status_with(fixture: &Fixture, address: &str, signature: &str) -> StatusCode {
    answer_to(fixture.client.get(address).header("X-Twilio-Signature", signature)).await.status
}

#[tokio::test]
async fn a_protected_asset_needs_a_valid_signature_over_its_real_url() {
    let fixture = fixture::start(5, Duration::ZERO).await;
    let DomainUrl { served_at: address, real } = fixture.domain("/extensions.json").await;
    assert_eq!(answer_to(fixture.client.get(&address)).await.status, StatusCode::FORBIDDEN);
    assert_eq!(status_with(&fixture, &address, "AAAA").await, StatusCode::FORBIDDEN);
    assert_eq!(status_with(&fixture, &address, &fixture.signature(&address)).await, StatusCode::FORBIDDEN);
    assert_eq!(status_with(&fixture, &address, &fixture.signature(&real)).await, StatusCode::OK);
    let with_query = format!("{address}?x=1");
    assert_eq!(status_with(&fixture, &with_query, &fixture.signature(&real)).await, StatusCode::FORBIDDEN);
    let signature = fixture.signature(&format!("{real}?x=1"));
    assert_eq!(status_with(&fixture, &with_query, &signature).await, StatusCode::OK);
}

#[tokio::test]
async fn the_demo_starts_published_with_the_draft_rows() {
    let fixture = fixture::start(5, Duration::ZERO).await;
    let rows = fixture.published().await;
    assert_eq!(rows.as_array().unwrap().len(), 5);
    assert_eq!(rows[0]["extensionNumber"], "2000");
    let path = format!(
        "/sync/v1/Services/{}/Maps/{}/Items/2000",
        fixture.env("FLEX_SYNC_SERVICE_SID"),
        fixture.env("FLEX_SYNC_MAP_NAME")
    );
    assert_eq!(fixture.fetch(&path).await["data"], rows[0]);
}

#[tokio::test]
async fn a_public_asset_is_anybodys_and_has_its_type_and_an_entity_tag() {
    let fixture = fixture::start(0, Duration::ZERO).await;
    let DomainUrl { served_at: address, .. } = fixture.domain("/greeting.txt").await;
    let response = fixture.client.get(&address).send().await.unwrap();
    assert_eq!(response.status(), StatusCode::OK);
    assert_eq!(response.headers()["content-type"], "text/plain; charset=utf-8");
    let tag = response.headers()["etag"].to_str().unwrap().to_owned();
    let again = fixture.client.get(&address).header("If-None-Match", tag).send().await.unwrap();
    assert_eq!(again.status(), StatusCode::NOT_MODIFIED);
}

#[tokio::test]
async fn unknown_paths_and_domains_are_not_found() {
    let fixture = fixture::start(0, Duration::ZERO).await;
    let DomainUrl { served_at: address, .. } = fixture.domain("/nothing.json").await;
    let Answer { status, body } = answer_to(fixture.client.get(address)).await;
    assert_eq!(status, StatusCode::NOT_FOUND);
    assert_eq!(body["code"], json!(20404));
    let elsewhere = fixture.url("/twil.io/other-1234-dev.twil.io/extensions.json");
    assert_eq!(answer_to(fixture.client.get(elsewhere)).await.status, StatusCode::NOT_FOUND);
}
