//! `pull`: what a redeploy brings along is what callers reach now.

use serde_json::{Value, json};

use crate::world::{Ran, World};

const FILE: &str = "extensions.private.json";

async fn pull(world: &World, more: &[&str]) -> Ran {
    world.run(&[&["pull", "--out", FILE], more].concat()).await
}

/// A row that leads to an agent of the test's own.
fn row_of_agent_7(number: &str) -> Value {
    json!({"workerFullName": "Agent 7", "extensionNumber": number, "workerSid": format!("WK{:032x}", 7)})
}

#[tokio::test]
async fn redeploying_after_edits_loses_nothing() {
    let world = World::new(30).await;
    let server = world.serve().await;
    let mut rows = server.admin(&world, "list", json!({})).await["data"].as_array().unwrap().clone();
    rows.retain(|row| row["extensionNumber"] != "2001");
    let row = row_of_agent_7("7777");
    rows.push(row.clone());
    server.publish(&world, &rows).await;
    let ran = pull(&world, &[]).await;
    assert!(ran.code == 0 && ran.stdout.contains("pulled 30 extensions (published)"), "{ran:?}");
    world.deploy_asset("protected", &world.read(FILE)).await;
    let after = world.serve().await;
    assert_eq!(after.dial(&world, "7777").await["workerSID"], row["workerSid"]);
    assert_eq!(after.dial(&world, "2001").await["found"], false);
    assert_eq!(after.dial(&world, "2002").await["found"], true);
    assert_eq!(after.admin(&world, "list", json!({})).await["data"].as_array().unwrap().len(), 30);
}

#[tokio::test]
async fn what_can_not_be_read_leaves_the_file_as_it_was() {
    let world = World::new(5).await;
    std::fs::write(world.file(FILE), "[1]").unwrap();
    // A server error is tried again once.
    for (status, times) in [(503, 2), (401, 1)] {
        world.control("fail", json!({"path": "/Environments", "times": times, "status": status})).await;
        let ran = pull(&world, &[]).await;
        assert_eq!(ran.code, 1, "{ran:?}");
        assert_eq!(world.read(FILE), "[1]", "{ran:?}");
        assert!(ran.stderr.contains("Try again") || ran.stderr.contains("Check TWILIO_"), "{ran:?}");
    }
    let left: Vec<_> = std::fs::read_dir(world.file(".")).unwrap().map(|file| file.unwrap().file_name()).collect();
    assert!(!left.iter().any(|name| name.to_string_lossy().ends_with(".new")), "{left:?}");
}

#[tokio::test]
async fn a_directory_that_leads_nowhere_is_not_written_while_the_other_source_has_rows() {
    let world = World::new(5).await;
    for leads_nowhere in ["[]", r#"[{}, {"extensionNumber": 7777}]"#] {
        world.deploy_asset("protected", leads_nowhere).await;
        let ran = pull(&world, &[]).await;
        assert!(ran.code == 1 && !world.file(FILE).exists(), "{ran:?}");
        assert!(ran.stderr.contains("the draft has 5 extensions") && ran.stderr.contains("--from draft"), "{ran:?}");
    }
    let ran = pull(&world, &["--from", "draft"]).await;
    assert_eq!(ran.code, 0, "{ran:?}");
    assert_eq!(world.read(FILE).matches("extensionNumber").count(), 5, "{ran:?}");
}

#[tokio::test]
async fn an_empty_directory_is_written_where_there_is_nothing_to_lose() {
    let world = World::new(0).await;
    let ran = pull(&world, &[]).await;
    assert_eq!(ran.code, 0, "{ran:?}");
    assert_eq!(world.read(FILE), "[]", "{ran:?}");
}

#[tokio::test]
async fn a_private_asset_can_not_be_read_so_the_draft_is_and_it_says_so() {
    let world = World::new(5).await;
    world.deploy_asset("private", "[]").await;
    let ran = pull(&world, &[]).await;
    assert_eq!(ran.code, 0, "{ran:?}");
    assert_eq!(world.read(FILE).matches("extensionNumber").count(), 5, "{ran:?}");
    assert!(ran.stderr.contains("is private") && ran.stderr.contains("nobody published yet"), "{ran:?}");
}

#[tokio::test]
async fn a_draft_row_without_a_name_is_refused_as_a_publish_would_and_what_else_is_odd_is_put_right() {
    let world = World::new(3).await;
    let mut odd = row_of_agent_7("7777");
    odd["updatedAt"] = json!(5);
    odd["replaces_key"] = json!("7776");
    world.write(&world.items(""), &[("Key", "7777"), ("Data", &odd.to_string())]).await;
    assert_eq!(pull(&world, &["--from", "draft"]).await.code, 0);
    let pulled: Vec<Value> = serde_json::from_str(&world.read(FILE)).unwrap();
    assert!(pulled.contains(&row_of_agent_7("7777")), "{pulled:?}");
    let nameless = json!({"extensionNumber": "7778", "workerSid": format!("WK{:032x}", 7)});
    world.write(&world.items(""), &[("Key", "7778"), ("Data", &nameless.to_string())]).await;
    let ran = pull(&world, &["--from", "draft"]).await;
    assert!(ran.code == 1 && ran.stderr.contains("7778 has no agent's name"), "{ran:?}");
}

#[tokio::test]
async fn a_draft_that_breaks_a_rule_and_a_missing_folder_are_refused() {
    let world = World::new(2).await;
    let ran = world.run(&["pull", "--out", "no/such/folder/x.json"]).await;
    assert!(ran.code == 1 && ran.stderr.contains("folder"), "{ran:?}");
    world.write(&world.items(""), &[("Key", "x"), ("Data", r#"{"extensionNumber":"12"}"#)]).await;
    let ran = pull(&world, &["--from", "draft"]).await;
    assert!(ran.code == 1 && ran.stderr.contains("1 rows of the draft"), "{ran:?}");
}

#[tokio::test]
async fn settings_come_from_env_in_the_folder_too_and_missing_ones_are_named() {
    let mut world = World::new(3).await;
    let lines: Vec<_> = world.env.iter().map(|(name, value)| format!("{name}=\"{value}\"\n")).collect();
    std::fs::write(world.file(".env"), lines.concat()).unwrap();
    world.env.clear();
    assert_eq!(pull(&world, &[]).await.code, 0);
    std::fs::remove_file(world.file(".env")).unwrap();
    let ran = pull(&world, &[]).await;
    assert!(ran.code == 1 && ran.stderr.contains("TWILIO_AUTH_TOKEN is missing"), "{ran:?}");
}
