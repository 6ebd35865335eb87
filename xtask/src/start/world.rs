//! The running emulator and server, and what each is told of the others.

use std::net::TcpListener;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use serde_json::{Value, json};

use super::options::StartOptions;
use crate::env_file::{self, Variables};
use crate::page::Page;
use crate::process::Process;
use crate::project::Project;

/// What runs, and where.
pub(super) struct World {
    pub(super) emulator: Process,
    pub(super) server: Process,
    pub(super) page: Page,
    page_url: String,
    proxy: Option<String>,
    variables: Variables,
}

impl World {
    /// Starts the emulator, asks it for its account, and starts the server with that.
    ///
    /// # Errors
    ///
    /// When one of them does not start, with the last lines of its log.
    pub(super) async fn start(
        project: &Project,
        options: &StartOptions,
        data: &Path,
        server_port: u16,
        page_listener: &TcpListener,
    ) -> Result<Self> {
        let functions_base = format!("http://localhost:{server_port}");
        let page_port = page_listener.local_addr()?.port();
        let origins = format!("http://localhost:{page_port},http://127.0.0.1:{page_port}");
        let arguments = emulator_arguments(options, data, &functions_base, &origins);
        let mut emulator =
            Process::start("emulator", &project.binary("emulator"), &arguments, &Variables::new(), data)?;
        let base = emulator.wait_for_url().await?;
        let proxy = match options.proxy_port {
            Some(_) => Some(emulator.wait_for_url_of("proxy").await?),
            None => None,
        };
        let variables = env_file::from_json(&fetch_environment(&base).await?)?;
        env_file::write(data, &variables)?;
        let environment = server_environment(&variables, data, server_port, origins);
        // Else a `.env` with a real account in this folder would have a say.
        let arguments = ["--env-file".to_owned(), env_file::path(data).display().to_string()];
        let mut server = Process::start("server", &project.binary("agent-extensions"), &arguments, &environment, data)?;
        server.wait_for_url().await?;
        let plugin_bundle = options.plugin_bundle.as_deref().map(existing).transpose()?;
        let page = Page { emulator: base, functions_base, plugin_bundle };
        Ok(Self { emulator, server, page, page_url: format!("http://localhost:{page_port}"), proxy, variables })
    }

    /// Says that everything answers, and what is kept; writes `<data>/world.json` for tests that need more.
    ///
    /// # Errors
    ///
    /// When the server does not answer as it should.
    pub(super) async fn report(&self, data: &Path, existed: bool) -> Result<()> {
        let published = self.published().await?;
        let world = json!({
            "page": self.page_url, "server": self.page.functions_base, "emulator": self.page.emulator,
            "emulatorPid": self.emulator.id(), "serverPid": self.server.id(), "proxy": self.proxy,
        });
        std::fs::write(data.join("world.json"), format!("{world:#}\n"))?;
        println!("ready: {}", self.page_url);
        let state = if existed { "kept" } else { "new" };
        println!("state: {state}, {published} agent extensions are published; all of it is in {}", data.display());
        println!("people: add ?as=supervisor, supervisor2, admin or agent; ?theme=dark for the dark theme");
        println!("call: cargo xtask dial 2000 --data {}", data.display());
        if let Some(proxy) = &self.proxy {
            let authority = data.join("proxy-ca.pem");
            println!("proxy: HTTP_PROXY={proxy} NODE_EXTRA_CA_CERTS={}", authority.display());
        }
        Ok(())
    }

    /// How many agent extensions the server finds published: the whole chain answers.
    async fn published(&self) -> Result<usize> {
        let url = format!("{}/admin/list", self.page.functions_base);
        let token = self.variables.get("DEMO_TOKEN_SUPERVISOR").context("the emulator gave no demo token")?;
        let response = reqwest::Client::new().post(&url).form(&[("Token", token)]).send().await?;
        let status = response.status();
        let reply: Value = response.json().await.with_context(|| format!("{url} did not answer JSON ({status})"))?;
        let rows = reply["data"].as_array();
        rows.map(Vec::len).with_context(|| format!("{url} answered {status}: {}", reply["message"]))
    }

    /// Stops `watching` and then the world, from the page's side on.
    pub(super) async fn stop(self, watching: Option<Process>) {
        eprintln!("stopping ...");
        if let Some(watching) = watching {
            watching.stop().await;
        }
        self.server.stop().await;
        self.emulator.stop().await;
    }
}

fn emulator_arguments(options: &StartOptions, data: &Path, functions_base: &str, page_origins: &str) -> Vec<String> {
    [
        ("--port", options.emulator_port.to_string()),
        ("--data", data.display().to_string()),
        ("--demo", options.demo.to_string()),
        ("--build-delay-ms", options.build_delay_ms.to_string()),
        ("--token-lifetime-s", options.token_lifetime_s.to_string()),
        ("--functions-base", functions_base.to_owned()),
        ("--page-origins", page_origins.to_owned()),
    ]
    .into_iter()
    .chain(options.proxy_port.map(|port| ("--proxy-port", port.to_string())))
    .flat_map(|(name, value)| [name.to_owned(), value])
    .collect()
}

fn server_environment(variables: &Variables, data: &Path, server_port: u16, origins: String) -> Variables {
    let mut environment: Variables =
        variables.iter().filter(|(name, _)| !name.starts_with("DEMO_")).map(|(n, v)| (n.clone(), v.clone())).collect();
    let last_good = data.join("last-good.json").display().to_string();
    for (name, value) in [
        ("FLEX_ORIGINS", origins),
        ("LAST_GOOD_FILE", last_good),
        ("BIND", "127.0.0.1".to_owned()),
        ("PORT", server_port.to_string()),
    ] {
        environment.insert(name.to_owned(), value);
    }
    environment
}

async fn fetch_environment(emulator: &str) -> Result<Value> {
    let url = format!("{emulator}/control/env");
    let response = reqwest::get(&url).await.with_context(|| format!("{url} does not answer"))?;
    response.error_for_status()?.json().await.with_context(|| format!("{url} did not answer JSON"))
}

fn existing(file: &Path) -> Result<PathBuf> {
    file.canonicalize().with_context(|| format!("{} is missing: run `npm run build` in plugin/ first", file.display()))
}
