//! `agent-extensions flow`: the call flow as JSON, without an account.

use serde_json::Value;

use crate::world::{Ran, World};

const STUDIO: [&str; 8] = [
    "flow",
    "studio",
    "--url",
    "https://did.example.com/agentExtensions",
    "--workflow",
    "WW1",
    "--task-channel",
    "TC1",
];

async fn studio(world: &World, options: &[&str]) -> Ran {
    world.run(&[&STUDIO[..], options].concat()).await
}

#[tokio::test]
async fn what_callers_hear_and_how_often_they_may_try_can_be_chosen() {
    let world = World::new(0).await;
    std::fs::write(world.file("sentences.json"), r#"{"unknown": "Das kennen wir nicht."}"#).unwrap();
    let options = ["--language", "de-DE", "--greeting", "Guten Tag.", "--tries", "2", "--sentences", "sentences.json"];
    let ran = studio(&world, &options).await;
    assert_eq!(ran.code, 0, "{ran:?}");
    let flow: Value = serde_json::from_str(&ran.stdout).unwrap();
    let greeting = flow["states"].as_array().unwrap().iter().find(|state| state["name"] == "greeting").unwrap();
    assert_eq!(greeting["properties"]["say"], "Guten Tag.");
    assert_eq!(greeting["properties"]["language"], "de-DE");
    assert!(ran.stdout.contains("Das kennen wir nicht."), "{ran:?}");
    assert!(ran.stdout.contains(r#""value": "2""#) && !ran.stdout.contains(r#""value": "3""#), "{ran:?}");
}

#[tokio::test]
async fn a_fourth_try_and_a_sentence_that_nothing_says_are_refused() {
    let world = World::new(0).await;
    let ran = studio(&world, &["--tries", "4"]).await;
    assert!(ran.code != 0 && ran.stderr.contains("1..=3"), "{ran:?}");
    std::fs::write(world.file("sentences.json"), r#"{"hello": "Hi"}"#).unwrap();
    let ran = studio(&world, &["--sentences", "sentences.json"]).await;
    assert!(ran.code != 0 && ran.stderr.contains("unknown field `hello`"), "{ran:?}");
}
