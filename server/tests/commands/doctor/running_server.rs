//! The running server, asked as Flex and Studio ask it.

use serde_json::Value;

use super::healthy;
use crate::world::World;

/// What the running server adds to the findings.
async fn finds_live(world: &World, code: &str) {
    let ran = world.run(&["doctor", "--live", "--json"]).await;
    let report: Value = serde_json::from_str(&ran.stdout).unwrap_or_else(|_| panic!("{ran:?}"));
    let found = report["findings"].as_array().unwrap();
    assert_eq!(ran.code, 1, "{report:#}");
    assert_eq!(found.last().unwrap()["code"], code, "{report:#}");
}

#[tokio::test]
async fn a_server_that_answers_as_flex_and_studio_need_it_or_not_at_all() {
    let mut world = healthy().await;
    let server = world.serve_at_its_own_address().await;
    let ran = world.run(&["doctor", "--live"]).await;
    assert!(ran.code == 0 && ran.stdout.contains(", server"), "{ran:?}");
    drop(server);
    finds_live(&world, "server-unreachable").await;
}

#[tokio::test]
async fn a_server_that_lets_no_page_of_flex_in() {
    let mut world = healthy().await;
    world.set("FLEX_ORIGINS", "https://elsewhere.example.com");
    let _server = world.serve_at_its_own_address().await;
    world.env.remove("FLEX_ORIGINS");
    finds_live(&world, "cors-preflight").await;
}

#[tokio::test]
async fn a_server_that_takes_another_address_for_its_own() {
    let mut world = healthy().await;
    let _server = world.serve_at_its_own_address().await;
    let address = world.env["FLEX_APP_FUNCTIONS_BASE"].replace("127.0.0.1", "localhost");
    world.set("FLEX_APP_FUNCTIONS_BASE", &address);
    finds_live(&world, "lookup-refused").await;
}

#[tokio::test]
async fn a_server_that_answers_otherwise_than_what_is_published() {
    let mut world = healthy().await;
    world.set("LOOKUP_REFRESH_SECONDS", "3600");
    let server = world.serve_at_its_own_address().await;
    server.dial(&world, "2000").await;
    let mut rows = world.rows().await;
    let [first, second, ..] = rows.as_mut_slice() else { panic!("{rows:?}") };
    first["workerSid"] = second["workerSid"].clone();
    first["workerFullName"] = second["workerFullName"].clone();
    world.deploy_asset("protected", &Value::from(rows).to_string()).await;
    finds_live(&world, "lookup-differs").await;
}
