//! The account itself: credentials, Maps, the Environment.

use super::{finds, healthy};

#[tokio::test]
async fn refused_credentials() {
    let mut world = healthy().await;
    world.set("TWILIO_AUTH_TOKEN", "0123456789abcdef0123456789abcdef");
    finds(&world, &["credentials"]).await;
}

#[tokio::test]
async fn a_missing_map() {
    let world = healthy().await;
    world.delete("/sync/v1/Services/default/Maps/AgentExtensionMaps").await;
    finds(&world, &["map-missing"]).await;
}

#[tokio::test]
async fn a_missing_map_of_who_publishes() {
    let world = healthy().await;
    world.delete("/sync/v1/Services/default/Maps/AgentExtensionMaps.publishing").await;
    finds(&world, &["publishing-map-missing"]).await;
}

#[tokio::test]
async fn an_environment_that_is_not_there_or_not_named() {
    let mut world = healthy().await;
    world.set("TWILIO_SERVERLESS_ENVIRONMENT_SID", &format!("ZE{}", "0".repeat(32)));
    finds(&world, &["environment-missing"]).await;
    std::fs::remove_file(world.file(".env")).unwrap();
    finds(&world.without(&["TWILIO_SERVERLESS_SERVICE_SID"]), &["environment-missing"]).await;
}
