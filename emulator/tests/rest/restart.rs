//! The program itself: it keeps its state over kill -9.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};

use crate::fixture::{self, Answer, answer_to};
use serde_json::{Value, json};

struct Process {
    child: Child,
    stdout: BufReader<ChildStdout>,
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Process {
    fn spawn(data: &Path) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_emulator"))
            .args(["--port", "0", "--demo", "120", "--build-delay-ms", "0", "--data"])
            .arg(data)
            .env("RUST_LOG", "warn")
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let stdout = BufReader::new(child.stdout.take().unwrap());
        Self { child, stdout }
    }

    fn base(&mut self) -> String {
        let mut line = String::new();
        self.stdout.read_line(&mut line).unwrap();
        line.trim().strip_prefix("emulator: ").unwrap().to_owned()
    }

    /// On Unix this is SIGKILL: nothing is flushed or closed.
    fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

async fn env(client: &reqwest::Client, base: &str) -> Value {
    answer_to(client.get(format!("{base}/control/env"))).await.body
}

async fn get(client: &reqwest::Client, env: &Value, base: &str, path: &str) -> Value {
    let (user, password) = (env["TWILIO_ACCOUNT_SID"].as_str().unwrap(), env["TWILIO_AUTH_TOKEN"].as_str());
    answer_to(client.get(format!("{base}{path}")).basic_auth(user, password)).await.body
}

fn items_path(env: &Value) -> String {
    let (service, map) = (env["FLEX_SYNC_SERVICE_SID"].as_str().unwrap(), env["FLEX_SYNC_MAP_NAME"].as_str().unwrap());
    format!("/sync/v1/Services/{service}/Maps/{map}/Items")
}

/// All of a reply but its addresses, which name the port.
fn without_addresses(mut reply: Value) -> Value {
    if let Some(fields) = reply.as_object_mut() {
        fields.retain(|name, _| !["url", "links", "meta"].contains(&name.as_str()));
        fields.values_mut().for_each(|value| *value = without_addresses(value.take()));
    } else if let Some(values) = reply.as_array_mut() {
        values.iter_mut().for_each(|value| *value = without_addresses(value.take()));
    }
    reply
}

#[tokio::test]
async fn after_kill_9_everything_is_as_it_was() {
    let data = tempfile::tempdir().unwrap();
    let client = fixture::client();
    let mut first = Process::spawn(data.path());
    let base = first.base();
    let before = env(&client, &base).await;
    let service = before["TWILIO_SERVERLESS_SERVICE_SID"].as_str().unwrap();
    let builds_path = format!("/serverless/v1/Services/{service}/Builds");
    let version = get(&client, &before, &base, &builds_path).await["builds"][0]["asset_versions"][0]["sid"].clone();
    let (user, password) = (before["TWILIO_ACCOUNT_SID"].as_str().unwrap(), before["TWILIO_AUTH_TOKEN"].as_str());
    let item = [("Key", "7777"), ("Data", r#"{"extensionNumber":"7777"}"#)];
    let create = client.post(format!("{base}{}", items_path(&before))).basic_auth(user, password).form(&item);
    assert_eq!(answer_to(create).await.status, 201);
    let build = [("AssetVersions", version.as_str().unwrap())];
    let create = client.post(format!("{base}{builds_path}")).basic_auth(user, password).form(&build);
    assert_eq!(answer_to(create).await.status, 201);
    let bye = json!({"name": "bye", "type": "say-play", "transitions": [], "properties": {"say": "Bye"}});
    let definition = json!({"states": [bye], "initial_state": "bye"}).to_string();
    let flow = [("FriendlyName", "Main line"), ("Status", "published"), ("Definition", &definition)];
    let create = client.post(format!("{base}/studio/v2/Flows")).basic_auth(user, password).form(&flow);
    assert_eq!(answer_to(create).await.status, 201);
    let workspace = format!("/taskrouter/v1/Workspaces/{}", before["TASKROUTER_WORKSPACE_SID"].as_str().unwrap());
    let queue = [("FriendlyName", "Sales"), ("TargetWorkers", "team_name == 'Sales'")];
    let create = client.post(format!("{base}{workspace}/TaskQueues")).basic_auth(user, password).form(&queue);
    assert_eq!(answer_to(create).await.status, 201);
    let paths = [
        format!("{}?PageSize=100", items_path(&before)),
        format!("{}?PageSize=100&From=7777", items_path(&before)),
        builds_path,
        "/studio/v2/Flows".to_owned(),
        format!("{workspace}/TaskQueues"),
        format!("{workspace}/Workflows"),
    ];
    let mut replies = Vec::new();
    for path in &paths {
        replies.push(without_addresses(get(&client, &before, &base, path).await));
    }
    first.kill();

    let mut second = Process::spawn(data.path());
    let base = second.base();
    let after = env(&client, &base).await;
    for name in ["TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN", "FLEX_SYNC_MAP_SID", "TWILIO_SERVERLESS_ENVIRONMENT_SID"] {
        assert_eq!(after[name], before[name]);
    }
    for (path, reply) in paths.iter().zip(replies) {
        assert_eq!(without_addresses(get(&client, &after, &base, path).await), reply, "{path}");
    }
    let validate = format!("{base}/iam/v1/Accounts/{user}/Tokens/validate");
    let token = json!({"token": before["DEMO_TOKEN_AGENT"]});
    let Answer { body: info, .. } = answer_to(client.post(validate).basic_auth(user, password).json(&token)).await;
    assert_eq!(info["valid"], true, "a token outlives a restart");
}

#[tokio::test]
async fn a_seed_that_was_cut_short_is_done_again() {
    let data = tempfile::tempdir().unwrap();
    Process::spawn(data.path()).kill();
    let client = fixture::client();
    let mut process = Process::spawn(data.path());
    let base = process.base();
    let env = env(&client, &base).await;
    let items = get(&client, &env, &base, &format!("{}?PageSize=100", items_path(&env))).await;
    assert_eq!(items["items"].as_array().map(Vec::len), Some(100));
    let workspace = env["TASKROUTER_WORKSPACE_SID"].as_str().unwrap();
    let workers =
        get(&client, &env, &base, &format!("/taskrouter/v1/Workspaces/{workspace}/Workers?PageSize=1000")).await;
    assert_eq!(workers["workers"].as_array().map(Vec::len), Some(150));
}

#[tokio::test]
async fn a_start_waits_until_the_one_before_has_let_go_of_the_state() {
    let data = tempfile::tempdir().unwrap();
    let mut first = Process::spawn(data.path());
    first.base();
    let mut second = Process::spawn(data.path());
    first.kill();
    assert!(second.base().starts_with("http://127.0.0.1:"));
}

/// The program stops on SIGTERM by itself, without an error.
#[cfg(unix)]
#[tokio::test]
async fn the_program_stops_cleanly_when_it_is_told_to() {
    let data = tempfile::tempdir().unwrap();
    let mut process = Process::spawn(data.path());
    process.base();
    let kill = Command::new("kill").args(["-TERM", &process.child.id().to_string()]).status().unwrap();
    assert!(kill.success());
    assert!(process.child.wait().unwrap().success());
}
