//! The deployed domain over real sockets: who may read which asset.

use std::time::Duration;

use crate::world::{self, World, json_of};
use reqwest::StatusCode;
use serde_json::json;

async fn status_with(world: &World, address: &str, signature: &str) -> StatusCode {
    json_of(world.client.get(address).header("X-Twilio-Signature", signature)).await.0
}

#[tokio::test]
async fn a_protected_asset_needs_a_valid_signature_over_its_real_url() {
    let world = world::start(5, Duration::ZERO).await;
    let (address, real) = world.domain("/extensions.json").await;
    assert_eq!(json_of(world.client.get(&address)).await.0, StatusCode::FORBIDDEN);
    assert_eq!(status_with(&world, &address, "AAAA").await, StatusCode::FORBIDDEN);
    assert_eq!(status_with(&world, &address, &world.signature(&address)).await, StatusCode::FORBIDDEN);
    assert_eq!(status_with(&world, &address, &world.signature(&real)).await, StatusCode::OK);
    let with_query = format!("{address}?x=1");
    assert_eq!(status_with(&world, &with_query, &world.signature(&real)).await, StatusCode::FORBIDDEN);
    let signature = world.signature(&format!("{real}?x=1"));
    assert_eq!(status_with(&world, &with_query, &signature).await, StatusCode::OK);
}

#[tokio::test]
async fn the_demo_starts_published_with_the_draft_rows() {
    let world = world::start(5, Duration::ZERO).await;
    let rows = world.published().await;
    assert_eq!(rows.as_array().unwrap().len(), 5);
    assert_eq!(rows[0]["extensionNumber"], "2000");
    let path = format!(
        "/sync/v1/Services/{}/Maps/{}/Items/2000",
        world.env("FLEX_SYNC_SERVICE_SID"),
        world.env("FLEX_SYNC_MAP_NAME")
    );
    assert_eq!(world.fetch(&path).await["data"], rows[0]);
}

#[tokio::test]
async fn a_public_asset_is_anybodys_and_has_its_type_and_an_entity_tag() {
    let world = world::start(0, Duration::ZERO).await;
    let (address, _) = world.domain("/greeting.txt").await;
    let response = world.client.get(&address).send().await.unwrap();
    assert_eq!(response.status(), StatusCode::OK);
    assert_eq!(response.headers()["content-type"], "text/plain; charset=utf-8");
    let tag = response.headers()["etag"].to_str().unwrap().to_owned();
    let again = world.client.get(&address).header("If-None-Match", tag).send().await.unwrap();
    assert_eq!(again.status(), StatusCode::NOT_MODIFIED);
}

#[tokio::test]
async fn unknown_paths_and_domains_are_not_found() {
    let world = world::start(0, Duration::ZERO).await;
    let (address, _) = world.domain("/nothing.json").await;
    let (status, body) = json_of(world.client.get(address)).await;
    assert_eq!((status, &body["code"]), (StatusCode::NOT_FOUND, &json!(20404)));
    let elsewhere = world.url("/twil.io/other-1234-dev.twil.io/extensions.json");
    assert_eq!(json_of(world.client.get(elsewhere)).await.0, StatusCode::NOT_FOUND);
}
