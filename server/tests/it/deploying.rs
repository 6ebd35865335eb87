//! The Serverless Toolkit deploys the project to the emulator, through the emulator's proxy, and nothing gets lost:
//! neither what a publish from inside finds in the Build, nor what a later deploy finds published.
//!
//! `cargo xtask test --only functions` runs these; they need the toolkit and the compiled module.

use std::process::{Command, Output};

use emulator::proxy::Proxy;
use emulator::records::newest_first;
use emulator::serverless::{Build, Environment, Variable, Version, content};
use serde_json::{Value, json};

use crate::world::{World, refused, row};

/// The Functions and who may call them.
const FUNCTIONS: [(&str, &str); 8] = [
    ("/admin/discard", "public"),
    ("/admin/list", "public"),
    ("/admin/publish", "public"),
    ("/admin/update", "public"),
    ("/admin/update-status", "public"),
    ("/agentExtensions", "protected"),
    ("/server", "private"),
    ("/server-wasm", "private"),
];

/// A project to deploy from, and the way to the emulator for tools that only know Twilio's own hosts.
struct Toolkit {
    world: World,
    proxy: Proxy,
}

impl Toolkit {
    async fn new() -> Self {
        let world = World::new().await;
        let proxy = world.emulator.start_proxy(0).await.unwrap();
        let toolkit = Self { world, proxy };
        toolkit.write_settings(".env", &[]);
        toolkit
    }

    /// Settings as a person has them in the file: those of the emulator, without these.
    fn write_settings(&self, file: &str, without: &[&str]) {
        let ours = |name: &&String| !name.starts_with("DEMO_") && *name != "TWILIO_BASE_URL";
        let names = self.world.env.keys().filter(ours).filter(|name| !without.contains(&name.as_str()));
        let lines: Vec<_> = names.map(|name| format!("{name}=\"{}\"\n", self.world.env[name])).collect();
        std::fs::write(self.world.folder().join(file), lines.concat()).unwrap();
    }

    /// Runs `npm run deploy` with these options.
    async fn deploy(&self, options: &[&str]) -> Output {
        let mut command = Command::new("npm");
        command.args(["run", "--silent", "deploy", "--"]).args(options).current_dir(self.world.folder());
        command.env("HOME", self.world.folder()).env("AGENT_EXTENSIONS", env!("CARGO_BIN_EXE_agent-extensions"));
        command.env("TWILIO_BASE_URL", self.world.emulator.base()).env("NO_PROXY", "127.0.0.1");
        command.env("HTTP_PROXY", self.proxy.url()).env("NODE_EXTRA_CA_CERTS", self.proxy.ca_file());
        tokio::task::spawn_blocking(move || command.output().unwrap()).await.unwrap()
    }

    /// The same, which must succeed. Answers what is deployed then.
    async fn deployed(&self, options: &[&str], suffix: &str) -> Build {
        let output = self.deploy(options).await;
        assert!(output.status.success(), "{output:?}");
        self.build_of(suffix)
    }

    fn environment(&self, suffix: &str) -> Environment {
        let ours = |environment: &Environment| environment.domain_suffix.as_deref() == Some(suffix);
        newest_first(&self.world.emulator.app.store, ours).unwrap().pop().unwrap()
    }

    fn build_of(&self, suffix: &str) -> Build {
        let sid = self.environment(suffix).build_sid.unwrap();
        newest_first(&self.world.emulator.app.store, |build: &Build| build.sid == sid).unwrap().pop().unwrap()
    }

    /// The content of an asset of a Build.
    fn asset(&self, build: &Build, path: &str) -> Vec<u8> {
        let version = build.asset_versions.iter().find(|version| version.path == path).unwrap();
        content(&self.world.emulator.app.store, &version.sid).unwrap()
    }

    fn extensions(&self, build: &Build) -> Vec<Value> {
        serde_json::from_slice(&self.asset(build, "/extensions.json")).unwrap()
    }

    /// Adds a row to the draft, as the view does.
    async fn draft(&self, row: &Value) {
        let (base, env) = (self.world.emulator.base(), &self.world.env);
        let (service, map) = (&env["FLEX_SYNC_SERVICE_SID"], &env["FLEX_SYNC_MAP_SID"]);
        let url = format!("{base}/sync/v1/Services/{service}/Maps/{map}/Items");
        let form = [("Key", row["extensionNumber"].as_str().unwrap().to_owned()), ("Data", row.to_string())];
        let request = self.world.with_credentials(self.world.http.post(url).form(&form));
        assert_eq!(request.send().await.unwrap().status(), 201);
    }
}

fn paths(versions: &[Version]) -> Vec<(String, String)> {
    let visibility = |version: &Version| json!(version.visibility).as_str().unwrap().to_owned();
    let mut paths: Vec<_> = versions.iter().map(|version| (version.path.clone(), visibility(version))).collect();
    paths.sort();
    paths
}

fn sids(versions: &[Version]) -> Vec<&str> {
    let others = versions.iter().filter(|version| version.path != "/extensions.json");
    let mut sids: Vec<_> = others.map(|version| version.sid.as_str()).collect();
    sids.sort_unstable();
    sids
}

#[tokio::test]
async fn the_toolkit_deploys_the_project_to_the_default_environment_and_to_another_one() {
    let toolkit = Toolkit::new().await;
    toolkit.write_settings(".env.stage", &["FLEX_APP_FUNCTIONS_BASE"]);
    let dev = toolkit.deployed(&[], "dev").await;
    let staging = toolkit.deployed(&["--env", ".env.stage", "--environment=staging"], "staging").await;
    let module = std::fs::read(toolkit.world.folder().join("assets/server.private.wasm")).unwrap();
    for build in [&dev, &staging] {
        let functions = FUNCTIONS.map(|(path, visibility)| (path.to_owned(), visibility.to_owned()));
        assert_eq!(paths(&build.function_versions), functions);
        let assets = ["/extensions.json", "/server.wasm"].map(|path| (path.to_owned(), "private".to_owned()));
        assert_eq!(paths(&build.asset_versions), assets);
        assert!(toolkit.asset(build, "/server.wasm") == module, "the module arrives byte for byte");
        assert_eq!(toolkit.extensions(build).len(), 120);
        assert_eq!(build.runtime, "node22");
        assert!(json!(build.dependencies).to_string().contains("runtime-handler"));
    }
    let environment = toolkit.environment("staging").sid;
    let ours = |variable: &Variable| variable.environment_sid == environment;
    let variables = newest_first(&toolkit.world.emulator.app.store, ours).unwrap();
    assert!(variables.iter().any(|variable| variable.key == "FLEX_SYNC_SERVICE_SID"));
    assert!(!variables.iter().any(|variable| variable.key == "FLEX_APP_FUNCTIONS_BASE"));
}

#[tokio::test]
async fn a_publish_from_inside_keeps_what_the_toolkit_deployed_and_a_redeploy_keeps_what_was_published() {
    let mut toolkit = Toolkit::new().await;
    toolkit.world.dial("2000").await;
    let before = toolkit.deployed(&[], "dev").await;
    // A process that began before the deploy has the directory of an older Build; Twilio starts new ones.
    refused(toolkit.world.admin("/admin/list", json!({})).await, 503, "twilio-failed");
    toolkit.world.server = toolkit.world.another_server("log-of-the-deployed-one");
    let added = row("777701", 1);
    toolkit.draft(&added).await;
    let mut rows = toolkit.world.rows().await;
    rows.push(added.clone());
    toolkit.world.publish(&rows).await;
    let after = toolkit.build_of("dev");
    assert_ne!(before.sid, after.sid);
    assert_eq!(sids(&before.function_versions), sids(&after.function_versions));
    assert_eq!(sids(&before.asset_versions), sids(&after.asset_versions));
    assert_eq!(paths(&before.asset_versions), paths(&after.asset_versions));
    assert_eq!(before.dependencies, after.dependencies);
    assert_eq!(before.runtime, after.runtime);
    assert_eq!(toolkit.extensions(&after).len(), 121);
    // Somebody else deploys, from a fresh checkout.
    std::fs::write(toolkit.world.folder().join("assets/extensions.private.json"), "[]").unwrap();
    let redeployed = toolkit.deployed(&[], "dev").await;
    assert_ne!(after.sid, redeployed.sid);
    let mut kept = toolkit.extensions(&redeployed);
    assert_eq!(kept.len(), 121);
    kept.retain(|row| row["extensionNumber"] == added["extensionNumber"]);
    assert_eq!(kept[0]["workerSid"], added["workerSid"]);
}

#[tokio::test]
async fn what_can_not_be_pulled_is_not_deployed() {
    let toolkit = Toolkit::new().await;
    let before = toolkit.build_of("dev").sid;
    let fault = json!({"method": "GET", "path": "/Maps", "times": 1000, "status": 503});
    toolkit.world.control("fail", fault).await;
    let output = toolkit.deploy(&[]).await;
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(!output.status.success() && said.contains("Map"), "{output:?}");
    assert_eq!(toolkit.build_of("dev").sid, before);
}
