//! One emulator and one folder for one test, and the binary run in that folder.

mod processes;
mod serverless;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::Duration;

use emulator::pages::PageOrigins;
use emulator::{Emulator, StartOptions};
use reqwest::{Client, Method, RequestBuilder};
use serde_json::Value;
use tempfile::TempDir;

/// Settings that make failures quick.
const SETTINGS: [(&str, &str); 3] =
    [("TWILIO_SERVICE_RETRY_LIMIT", "1"), ("TWILIO_SERVICE_MIN_BACKOFF", "1"), ("TWILIO_SERVICE_MAX_BACKOFF", "2")];

pub(crate) struct World {
    pub(crate) env: BTreeMap<String, String>,
    pub(crate) http: Client,
    pub(crate) emulator: Emulator,
    folder: TempDir,
}

/// What a command left behind.
#[derive(Debug)]
pub(crate) struct Ran {
    pub(crate) code: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl World {
    /// An account with `demo` published extensions.
    pub(crate) async fn new(demo: usize) -> Self {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let folder = tempfile::tempdir().unwrap();
        let emulator = emulator::start(StartOptions {
            port: 0,
            data: folder.path().join("twilio"),
            demo,
            build_delay: Duration::ZERO,
            token_lifetime: Duration::from_secs(3600),
            functions_base: "https://did.example.com".to_owned(),
            page_origins: PageOrigins::default(),
        })
        .await
        .unwrap();
        let http = Client::new();
        let env = http.get(format!("{}/control/env", emulator.base())).send().await.unwrap().json().await.unwrap();
        Self { env, http, emulator, folder }
    }

    /// A file in the folder where commands run.
    pub(crate) fn file(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.file(name)).unwrap()
    }

    /// Leaves a variable out.
    pub(crate) fn without(mut self, names: &[&str]) -> Self {
        names.iter().for_each(|name| _ = self.env.remove(*name));
        self
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_agent-extensions"));
        command.args(arguments).current_dir(self.folder.path()).env_clear().envs(SETTINGS);
        command.envs(self.env.iter().filter(|(name, _)| !name.starts_with("DEMO_")));
        command.stdin(Stdio::null());
        command
    }

    /// Runs the binary to its end. The account's token is never shown.
    pub(crate) async fn run(&self, arguments: &[&str]) -> Ran {
        let mut command = self.command(arguments);
        // The emulator lives in this very runtime, so waiting must not block it.
        let output = tokio::task::spawn_blocking(move || command.output().unwrap()).await.unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        let (stdout, stderr) = (text(output.stdout), text(output.stderr));
        let secret = emulator_token(&self.emulator);
        assert!(!stdout.contains(&secret) && !stderr.contains(&secret), "{stdout}{stderr}");
        Ran { code: output.status.code().unwrap(), stdout, stderr }
    }

    /// A request to Twilio's REST API with the account's credentials; `path` begins with the product.
    pub(crate) fn twilio(&self, method: Method, path: &str) -> RequestBuilder {
        let request = self.http.request(method, format!("{}{path}", self.emulator.base()));
        request.basic_auth(&self.env["TWILIO_ACCOUNT_SID"], Some(&self.env["TWILIO_AUTH_TOKEN"]))
    }

    pub(crate) async fn fetch(&self, path: &str) -> Value {
        answer(self.twilio(Method::GET, path)).await
    }

    /// The one resource of this name in a list; `key` is where the list is found in the answer.
    pub(crate) async fn named(&self, path: &str, key: &str, friendly_name: &str) -> Value {
        let list = self.fetch(path).await;
        let mut found = list[key].as_array().unwrap().iter().filter(|one| one["friendly_name"] == friendly_name);
        let (one, another) = (found.next().unwrap_or_else(|| panic!("{friendly_name}: {list:#}")), found.next());
        assert_eq!(another, None, "{friendly_name}");
        one.clone()
    }

    pub(crate) async fn write(&self, path: &str, form: &[(&str, &str)]) -> Value {
        answer(self.twilio(Method::POST, path).form(form)).await
    }

    pub(crate) async fn delete(&self, path: &str) {
        let response = self.twilio(Method::DELETE, path).send().await.unwrap();
        assert!(response.status().is_success(), "{path}: {}", response.status());
    }

    /// A path of the account's Serverless Service.
    pub(crate) fn service(&self, path: &str) -> String {
        format!("/serverless/v1/Services/{}{path}", self.env["TWILIO_SERVERLESS_SERVICE_SID"])
    }

    /// A path of the account's Workspace.
    pub(crate) fn workspace(&self, path: &str) -> String {
        format!("/taskrouter/v1/Workspaces/{}{path}", self.env["TASKROUTER_WORKSPACE_SID"])
    }

    /// The Map Items of the draft.
    pub(crate) fn items(&self, path: &str) -> String {
        format!("/sync/v1/Services/default/Maps/{}/Items{path}", self.env["FLEX_SYNC_MAP_NAME"])
    }

    /// What changed something at Twilio since the start: method and path.
    pub(crate) async fn writes(&self) -> Vec<String> {
        let url = format!("{}/control/calls?since=0", self.emulator.base());
        let log = answer(self.http.get(url)).await;
        let calls = log["calls"].as_array().unwrap().iter().filter(|call| call["method"] != "GET");
        let text = |call: &Value, name: &str| call[name].as_str().unwrap().to_owned();
        calls.map(|call| format!("{} {}", text(call, "method"), text(call, "path"))).collect()
    }

    /// Tells the emulator to do something.
    pub(crate) async fn control(&self, what: &str, body: Value) {
        answer(self.http.post(format!("{}/control/{what}", self.emulator.base())).json(&body)).await;
    }
}

fn emulator_token(emulator: &Emulator) -> String {
    emulator.app.account.auth_token().to_owned()
}

/// The JSON of an answer that must be a success.
async fn answer(request: RequestBuilder) -> Value {
    let response = request.send().await.unwrap();
    let (status, text) = (response.status(), response.text().await.unwrap());
    assert!(status.is_success(), "{status} {text}");
    serde_json::from_str(&text).unwrap_or_else(|_| panic!("{status} {text}"))
}
