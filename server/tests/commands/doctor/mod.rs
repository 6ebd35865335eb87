//! `doctor`: once for a healthy account, and once for each finding, with the account broken in exactly one way.

mod account;
mod call_flow;
mod directory;
mod documented;
mod files;
mod running_server;
mod workers;

use serde_json::{Value, json};

use crate::world::{Ran, World};

/// An account that was set up and published, so that nothing is to be found.
async fn healthy() -> World {
    let world = World::new(30).await;
    let ran = world.run(&["setup", "--yes"]).await;
    assert_eq!(ran.code, 0, "{ran:?}");
    world
}

async fn doctor(world: &World) -> Value {
    let ran = world.run(&["doctor", "--json"]).await;
    let report: Value = serde_json::from_str(&ran.stdout).unwrap_or_else(|_| panic!("{ran:?}"));
    assert_eq!(report["unchecked"], json!([]), "{report:#}");
    assert_eq!(ran.code, 1, "{report:#}");
    assert_eq!(report["healthy"], false, "{report:#}");
    report
}

/// Exactly these are found, each with a sentence and with what to do.
async fn finds(world: &World, codes: &[&str]) -> Value {
    let report = doctor(world).await;
    let findings = report["findings"].as_array().unwrap();
    let found: Vec<_> = findings.iter().map(|finding| finding["code"].as_str().unwrap()).collect();
    assert_eq!(found, codes, "{report:#}");
    for finding in findings {
        for part in ["message", "advice"] {
            assert!(finding[part].as_str().unwrap().ends_with('.'), "{finding:#}");
        }
    }
    findings[0].clone()
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap()
}

impl World {
    /// The path of the Flow that setup made.
    async fn flow_path(&self) -> String {
        let flow = self.named("/studio/v2/Flows", "flows", "Agent extensions").await;
        format!("/studio/v2/Flows/{}", text(&flow["sid"]))
    }

    /// The Workflow that setup added to.
    async fn workflow(&self) -> Value {
        self.named(&self.workspace("/Workflows"), "workflows", "Assign to Anyone").await
    }

    /// Writes another text for a part of the Flow's definition, which must be there.
    async fn change_flow(&self, from: &str, to: &str) {
        let path = self.flow_path().await;
        let definition = self.fetch(&path).await["definition"].to_string();
        assert!(definition.contains(from), "{from}: {definition}");
        self.write(&path, &[("Status", "published"), ("Definition", &definition.replace(from, to))]).await;
    }

    async fn change_workflow(&self, from: &str, to: &str) {
        let workflow = self.workflow().await;
        let configuration = text(&workflow["configuration"]);
        assert!(configuration.contains(from), "{from}: {configuration}");
        let path = self.workspace(&format!("/Workflows/{}", text(&workflow["sid"])));
        self.write(&path, &[("Configuration", &configuration.replacen(from, to, 1))]).await;
    }

    /// The published rows, which are the draft's too.
    async fn rows(&self) -> Vec<Value> {
        let items = self.fetch(&self.items("?PageSize=100")).await["items"].clone();
        items.as_array().unwrap().iter().map(|item| item["data"].clone()).collect()
    }

    async fn add_to_draft(&self, row: &Value) {
        self.write(&self.items(""), &[("Key", text(&row["extensionNumber"])), ("Data", &row.to_string())]).await;
    }

    /// A sound row for an agent that there is.
    async fn row(&self, number: &str) -> Value {
        let mut row = self.rows().await[0].clone();
        row["extensionNumber"] = json!(number);
        row
    }

    fn set(&mut self, name: &str, value: &str) {
        self.env.insert(name.to_owned(), value.to_owned());
    }
}

#[tokio::test]
async fn a_healthy_account_has_no_findings() {
    let world = healthy().await;
    let ran = world.run(&["doctor"]).await;
    assert!(ran.code == 0 && ran.stdout.starts_with("healthy: credentials"), "{ran:?}");
    let ran = world.run(&["doctor", "--json"]).await;
    let report: Value = serde_json::from_str(&ran.stdout).unwrap();
    assert_eq!(ran.code, 0, "{report:#}");
    assert_eq!(report["healthy"], true);
    let reads = world.writes().await.len();
    world.run(&["doctor"]).await;
    assert_eq!(world.writes().await.len(), reads, "the doctor only reads");
}

#[tokio::test]
async fn what_is_found_is_printed_with_how_to_mend_it() {
    let mut world = healthy().await;
    world.set("FLEX_ORIGINS", "https://flex.example.com");
    let Ran { code, stdout, .. } = world.run(&["doctor"]).await;
    assert_eq!(code, 1);
    assert!(
        stdout.contains("error: FLEX_ORIGINS [cors-origin]\n") && stdout.contains("\n  -> Add https://flex"),
        "{stdout}"
    );
    assert!(stdout.ends_with("1 finding\n"), "{stdout}");
    finds(&world, &["cors-origin"]).await;
}

#[tokio::test]
async fn what_can_not_be_checked_is_exit_code_2() {
    let mut world = healthy().await;
    world.control("fail", json!({"path": "/studio/v2/Flows", "times": 2, "status": 503})).await;
    let ran = world.run(&["doctor"]).await;
    assert!(ran.code == 2 && ran.stdout.contains("not checked: call flow\n  Twilio did not"), "{ran:?}");
    world.set("TWILIO_BASE_URL", "http://127.0.0.1:9");
    let ran = world.run(&["doctor"]).await;
    assert!(ran.code == 2 && ran.stdout.contains("not checked: credentials"), "{ran:?}");
    std::fs::remove_file(world.file(".env")).unwrap();
    let ran = world.without(&["TWILIO_ACCOUNT_SID"]).run(&["doctor"]).await;
    assert!(ran.code == 2 && !ran.stderr.is_empty(), "{ran:?}");
}
