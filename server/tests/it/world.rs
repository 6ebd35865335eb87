//! One emulator and one server for one test.

mod answer;
mod functions;
mod native;
mod serverless;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::Duration;

use emulator::Emulator;
use reqwest::{Client, RequestBuilder};
use serde_json::{Value, json};
use tempfile::TempDir;

pub(crate) use answer::{Answer, answer, refused};
pub(crate) use native::command;
pub(crate) use test_world::{FUNCTIONS_BASE, Server};

pub(crate) struct World {
    pub(crate) env: BTreeMap<String, String>,
    pub(crate) http: Client,
    pub(crate) server: Server,
    pub(crate) emulator: Emulator,
    folder: TempDir,
}

/// Whether the server is to be reached inside a Twilio Function: `cargo xtask test --only functions` says so.
fn is_inside_a_function() -> bool {
    std::env::var_os("SERVER_HOME").is_some_and(|home| home == "functions")
}

fn start(folder: &TempDir, env: &BTreeMap<String, String>, log: &str) -> Server {
    let log = folder.path().join(log);
    if is_inside_a_function() { functions::start(folder.path(), env, &log) } else { native::start(env, log) }
}

fn read(log: &PathBuf) -> String {
    std::fs::read_to_string(log).unwrap()
}

impl World {
    /// A world with 120 published extensions in which a Build is completed at once.
    pub(crate) async fn new() -> Self {
        Self::with(120, Duration::ZERO, &[]).await
    }

    /// A world with 5 published extensions, for tests that publish and do not count.
    pub(crate) async fn small() -> Self {
        Self::with(5, Duration::ZERO, &[]).await
    }

    /// A world with `demo` published extensions in which a Build takes `build_delay`.
    pub(crate) async fn with(demo: usize, build_delay: Duration, settings: &[(&str, &str)]) -> Self {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let folder = tempfile::tempdir().unwrap();
        let data = folder.path().join("twilio");
        let emulator = test_world::start_emulator(0, data, demo, build_delay).await.unwrap();
        let http = Client::new();
        let mut env = test_world::environment(&emulator, &http).await.unwrap();
        env.extend(settings.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
        if is_inside_a_function() {
            functions::put_together(
                folder.path(),
                &test_world::functions::make_private(&emulator, &http).await.unwrap(),
            );
        }
        let server = start(&folder, &env, "log");
        Self { env, http, server, emulator, folder }
    }

    /// Another server for the same account.
    pub(crate) fn another_server(&self, name: &str) -> Server {
        start(&self.folder, &self.env, name)
    }

    /// Another server for the same account, as a process that may have no more descriptors than `most`.
    pub(crate) fn another_server_with_descriptors(&self, name: &str, most: usize) -> Server {
        native::start_with_descriptors(&self.env, self.folder.path().join(name), most)
    }

    /// The folder of this world's files; inside a Function, it is the project that is served.
    #[cfg(feature = "toolkit")]
    pub(crate) fn folder(&self) -> &std::path::Path {
        self.folder.path()
    }

    pub(crate) fn token(&self, who: &str) -> &str {
        &self.env[&format!("DEMO_TOKEN_{who}")]
    }

    /// What the server wrote to its log.
    pub(crate) fn log(&self) -> String {
        read(&self.server.log)
    }

    /// Asks the server with no more than a path.
    pub(crate) async fn get(&self, path: &str) -> Answer {
        answer(self.http.get(format!("{}{path}", self.server.url)).send().await.unwrap()).await
    }

    /// Posts JSON to the server.
    pub(crate) async fn post(&self, path: &str, body: &Value) -> Answer {
        answer(self.http.post(format!("{}{path}", self.server.url)).json(body).send().await.unwrap()).await
    }

    /// Posts fields together with a supervisor's token.
    pub(crate) async fn admin(&self, path: &str, fields: Value) -> Answer {
        let mut body = fields;
        body["Token"] = json!(self.token("SUPERVISOR"));
        self.post(path, &body).await
    }

    /// The same, which must succeed. Answers the body.
    async fn admin_succeeds(&self, path: &str, fields: Value) -> Value {
        let answer = self.admin(path, fields).await;
        assert_eq!(answer.status, 200, "{}\n{}", answer.body, self.log());
        answer.body
    }

    /// What is published; it must be readable.
    pub(crate) async fn list(&self) -> Value {
        self.admin_succeeds("/admin/list", json!({})).await
    }

    /// The published rows.
    pub(crate) async fn rows(&self) -> Vec<Value> {
        self.list().await["data"].as_array().unwrap().clone()
    }

    /// Requests a Build that holds `rows`; it must be accepted. Answers its SID.
    pub(crate) async fn update(&self, rows: &[Value]) -> String {
        let version = self.list().await["version"].clone();
        let reply = self.admin_succeeds("/admin/update", json!({"data": rows, "version": version})).await;
        reply["buildSid"].as_str().unwrap().to_owned()
    }

    /// Asks for a Build's status until it is no longer `building`.
    pub(crate) async fn wait_for(&self, build_sid: &str) -> String {
        loop {
            let reply = self.admin_succeeds("/admin/update-status", json!({"buildSid": build_sid})).await;
            if reply["buildStatus"] != "building" {
                return reply["buildStatus"].as_str().unwrap().to_owned();
            }
        }
    }

    /// The SID of a completed Build that holds `rows`.
    pub(crate) async fn build(&self, rows: &[Value]) -> String {
        let build_sid = self.update(rows).await;
        assert_eq!(self.wait_for(&build_sid).await, "completed");
        build_sid
    }

    /// Asks the server to deploy a Build.
    pub(crate) async fn deploy(&self, build_sid: &str) -> Answer {
        self.admin("/admin/publish", json!({"buildSid": build_sid})).await
    }

    /// The whole chain, which must succeed.
    pub(crate) async fn publish(&self, rows: &[Value]) {
        let build_sid = self.build(rows).await;
        let answer = self.deploy(&build_sid).await;
        assert_eq!(answer.status, 200, "{}\n{}", answer.body, self.log());
    }

    /// Asks the lookup with the account's credentials.
    pub(crate) async fn dial(&self, extension: &str) -> Answer {
        let request = self.http.get(format!("{}/agentExtensions", self.server.url)).query(&[("agentExt", extension)]);
        answer(self.with_credentials(request).send().await.unwrap()).await
    }

    /// A request with the account's credentials.
    pub(crate) fn with_credentials(&self, request: RequestBuilder) -> RequestBuilder {
        request.basic_auth(&self.env["TWILIO_ACCOUNT_SID"], Some(&self.env["TWILIO_AUTH_TOKEN"]))
    }

    /// Tells the emulator to do something.
    pub(crate) async fn control(&self, what: &str, body: Value) {
        let url = format!("{}/control/{what}", self.emulator.base());
        let response = self.http.post(url).json(&body).send().await.unwrap();
        assert!(response.status().is_success(), "{what}: {}", response.text().await.unwrap());
    }

    /// The calls that reached the emulator and changed something there.
    pub(crate) async fn writes(&self) -> Vec<Write> {
        let url = format!("{}/control/calls?since=0", self.emulator.base());
        let log = answer(self.http.get(url).send().await.unwrap()).await.body;
        let calls = log["calls"].as_array().unwrap().iter();
        let written = calls.filter(|call| call["method"] != "GET" && call["status"].as_u64().unwrap() < 400);
        let written = written.filter(|call| !call["path"].as_str().unwrap().contains("/Tokens/validate"));
        written
            .map(|call| {
                let path = call["path"].as_str().unwrap();
                let resource = path.rsplit('/').next().unwrap().to_owned();
                Write { method: call["method"].as_str().unwrap().to_owned(), resource, body: call["body"].clone() }
            })
            .collect()
    }
}

/// A row as the view writes it.
pub(crate) fn row(number: &str, n: u32) -> Value {
    json!({"workerFullName": format!("Agent {n}"), "extensionNumber": number, "workerSid": worker(n)})
}

pub(crate) fn worker(n: u32) -> String {
    format!("WK{n:032x}")
}

/// A call that changed something at Twilio.
#[derive(Debug, PartialEq)]
pub(crate) struct Write {
    pub(crate) method: String,
    /// The last part of the path.
    pub(crate) resource: String,
    pub(crate) body: Value,
}
