//! Published assets of as little JSON and as much memory as can be: nobody loses an agent, and the server stays small.

use std::time::Duration;

use serde_json::json;

use crate::strangers::peak;
use crate::world::World;

/// How large they are, in bytes: nearly what an asset may have.
const SIZE: usize = 24_000_000;

/// An array of as many of these as make an asset of [`SIZE`].
fn rows(row: &str) -> String {
    format!("[{}1]", format!("{row},").repeat(SIZE / (row.len() + 1)))
}

/// A world whose lookup looks for a newer directory all the time, and in which somebody is reached.
async fn watchful() -> World {
    let world = World::with(5, Duration::ZERO, &[("LOOKUP_REFRESH_SECONDS", "1")]).await;
    world.list().await;
    assert_eq!(world.dial("2000").await.body["found"], true);
    world
}

#[tokio::test]
async fn more_rows_than_anybody_ever_published_take_no_agent_and_hardly_more_memory_than_they_are_long() {
    for row in ["[]", "1", "{}", r#"{"":0}"#] {
        let world = watchful().await;
        let before = peak(&world.server);
        let version = world.deploy_asset(rows(row)).await;
        let list = world.list().await;
        assert_eq!((&list["data"], &list["version"]), (&json!([]), &json!(version)), "{row}");
        assert!(list["unreadable"]["problem"].as_str().unwrap().contains("more than 200000 rows"), "{list}");
        let said = "more rows than any directory";
        while !world.get("/health").await.body["problem"].as_str().is_some_and(|problem| problem.contains(said)) {}
        assert_eq!(world.dial("2000").await.body["found"], true, "{row}");
        let grown = (peak(&world.server) - before) * 1024;
        assert!(grown < 5 * SIZE, "{row}: {grown} bytes more");
    }
}
