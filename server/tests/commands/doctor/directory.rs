//! The published asset and the draft.

use serde_json::{Value, json};

use super::{finds, healthy, text};

#[tokio::test]
async fn nothing_published() {
    let mut world = healthy().await;
    world.set("TWILIO_ASSET_NAME", "/elsewhere.json");
    finds(&world, &["nothing-published"]).await;
}

#[tokio::test]
async fn a_private_asset_outside_of_functions() {
    let mut world = healthy().await;
    let rows = Value::from(world.rows().await).to_string();
    world.deploy_asset("private", &rows).await;
    finds(&world, &["asset-private"]).await;
    // The Functions of the same Environment read it.
    let environment = world.service(&format!("/Environments/{}", world.env["TWILIO_SERVERLESS_ENVIRONMENT_SID"]));
    let environment = world.fetch(&environment).await;
    world.set("FLEX_APP_FUNCTIONS_BASE", &format!("https://{}", text(&environment["domain_name"])));
    assert_eq!(world.run(&["doctor"]).await.code, 0);
}

#[tokio::test]
async fn a_public_asset() {
    let world = healthy().await;
    let rows = Value::from(world.rows().await).to_string();
    world.deploy_asset("public", &rows).await;
    finds(&world, &["asset-public"]).await;
}

#[tokio::test]
async fn an_asset_that_is_no_directory() {
    let world = healthy().await;
    world.deploy_asset("protected", "[{},]").await;
    let finding = finds(&world, &["asset-malformed"]).await;
    assert!(text(&finding["message"]).contains("trailing comma"), "{finding:#}");
    // What is advised never takes callers their agents.
    let advice = text(&finding["advice"]);
    assert!(advice.contains("pull --from draft") && !advice.contains("[]"), "{advice}");
    assert_eq!(world.run(&["pull", "--from", "draft", "--out", "extensions.json"]).await.code, 0);
    assert_eq!(world.read("extensions.json").matches("extensionNumber").count(), world.rows().await.len());
}

#[tokio::test]
async fn malformed_rows() {
    let world = healthy().await;
    let mut rows = world.rows().await;
    rows.push(json!({"extensionNumber": "12a"}));
    world.deploy_asset("protected", &Value::from(rows).to_string()).await;
    finds(&world, &["rows-malformed"]).await;
}

#[tokio::test]
async fn odd_rows() {
    let world = healthy().await;
    let mut rows = world.rows().await;
    rows[0]["updatedAt"] = json!(5);
    world.deploy_asset("protected", &Value::from(rows).to_string()).await;
    let finding = finds(&world, &["rows-odd"]).await;
    assert!(text(&finding["message"]).contains("updatedAt is not text"), "{finding:#}");
}

#[tokio::test]
async fn a_draft_that_differs_from_what_is_published() {
    let world = healthy().await;
    let row = world.row("7777").await;
    world.add_to_draft(&row).await;
    world.delete(&world.items("/2001")).await;
    let finding = finds(&world, &["drift"]).await;
    assert!(text(&finding["message"]).contains("1 added, 0 changed, 1 removed"), "{finding:#}");
}

#[tokio::test]
async fn a_publish_that_was_left_with_its_lock() {
    let world = healthy().await;
    let left = json!({"startedBy": "ann@example.com", "startedAt": jiff::Timestamp::now().to_string()});
    let path = world.items("").replace("/Items", ".publishing/Items");
    world.write(&path, &[("Key", "publishing"), ("Data", &left.to_string())]).await;
    let finding = finds(&world, &["publish-in-progress"]).await;
    assert!(text(&finding["message"]).starts_with("ann@example.com began"), "{finding:#}");
}

#[tokio::test]
async fn a_newer_build_that_is_not_deployed() {
    let world = healthy().await;
    let build = world.deployed_build().await;
    let versions = build["asset_versions"].as_array().unwrap();
    let form: Vec<_> = versions.iter().map(|version| ("AssetVersions", text(&version["sid"]))).collect();
    world.write(&world.service("/Builds"), &form).await;
    finds(&world, &["version-not-deployed"]).await;
}
