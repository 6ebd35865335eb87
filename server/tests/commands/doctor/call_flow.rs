//! The Studio Flow and the TaskRouter Workflow.

use serde_json::{Value, json};

use super::{doctor, finds, healthy, text};

#[tokio::test]
async fn no_flow_that_looks_extensions_up() {
    let world = healthy().await;
    world.delete(&world.flow_path().await).await;
    finds(&world, &["flow-missing"]).await;
}

#[tokio::test]
async fn a_flow_that_hands_calls_to_no_workflow() {
    let world = healthy().await;
    let workflow = world.workflow().await;
    world.change_flow(text(&workflow["sid"]), &format!("WW{}", "0".repeat(32))).await;
    finds(&world, &["flow-without-workflow"]).await;
}

#[tokio::test]
async fn a_timeout_on_the_last_step() {
    let world = healthy().await;
    world.change_workflow("\"priority\":10", "\"priority\":10,\"timeout\":20").await;
    finds(&world, &["last-step-times-out"]).await;
}

#[tokio::test]
async fn an_attribute_that_is_spelled_in_two_ways() {
    let world = healthy().await;
    world.change_workflow("task.workerSID", "task.workerId").await;
    finds(&world, &["attribute-spelling"]).await;
}

/// The Worker's attribute as the Flow sets it, inside of a JSON text inside of JSON.
const WORKER: &str = r#"\"workerSID\": {{widgets.find_agent.parsed.workerSID | to_json}}"#;

#[tokio::test]
async fn a_null_in_quotation_marks() {
    let world = healthy().await;
    world.change_flow(r#"\"workerSID\": null"#, r#"\"workerSID\": \"\""#).await;
    // Both widgets that hand over a call without an agent have it.
    finds(&world, &["quoted-null", "quoted-null"]).await;
}

#[tokio::test]
async fn attributes_that_are_too_long() {
    let world = healthy().await;
    world.change_flow(WORKER, &format!("{WORKER}, \\\"note\\\": \\\"{}\\\"", "x".repeat(1024))).await;
    finds(&world, &["attributes-too-long"]).await;
}

#[tokio::test]
async fn an_old_reply_that_a_second_try_reads() {
    let world = healthy().await;
    world.change_flow("widgets.find_agent.parsed.found", "widgets.find_agent.parsed.workerSID").await;
    let report = doctor(&world).await;
    let codes: Vec<_> = report["findings"].as_array().unwrap().iter().map(|finding| finding["code"].clone()).collect();
    assert!(codes.contains(&json!("stale-parsed")), "{report:#}");
}

#[tokio::test]
async fn gathering_fewer_digits_than_extensions_may_have() {
    let mut world = healthy().await;
    world.set("EXTENSION_MAX_DIGITS", "12");
    finds(&world, &["gather-too-short"]).await;
}

#[tokio::test]
async fn gathering_by_a_pause_what_begins_with_another_extension() {
    let world = healthy().await;
    let row = world.row("20").await;
    world.add_to_draft(&row).await;
    let rows = Value::from(world.rows().await).to_string();
    world.deploy_asset("protected", &rows).await;
    assert_eq!(world.run(&["doctor"]).await.code, 0);
    world.change_flow(r##""finish_on_key":"#""##, r#""finish_on_key":"""#).await;
    finds(&world, &["gather-by-pause-only"]).await;
}
