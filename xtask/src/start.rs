//! `cargo xtask start`: emulator, server and host page, connected by base URL.
//!
//! Knows what each of them must be told, nothing of what they answer.

use std::net::TcpListener;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use serde_json::{Value, json};

use crate::env_file::Variables;
use crate::page::Page;
use crate::project::Project;
use crate::world::Process;
use crate::{StartOptions, env_file, page, prepare, stop, trunk};

/// Builds what is missing, starts everything and runs until it is told to stop.
///
/// # Errors
///
/// When something cannot be built or started, or ends by itself; each with a next step.
pub(crate) fn start(project: &Project, options: &StartOptions) -> Result<()> {
    let page_listener = claim(options.page_port, "page")?;
    let server_port = claim(options.server_port, "server")?.local_addr()?.port();
    drop(claim(options.emulator_port, "emulator")?);
    if options.no_build {
        prepare::check_built(project, options.plugin_bundle.is_some())?;
    } else {
        prepare::everything(project)?;
    }
    let existed = open_data(options)?;
    let data = options.data.canonicalize()?;
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    runtime.block_on(async {
        // Listened for from the beginning, so that an early Ctrl-C leaves no process behind.
        let stop = stop::told()?;
        tokio::pin!(stop);
        let starting = World::start(project, options, &data, server_port, &page_listener);
        let mut world = tokio::select! { world = starting => world?, () = &mut stop => return Ok(()) };
        let serving = page::serve(page_listener, project, &world.page);
        let watching = watch(project, options, &data)?;
        world.report(&data, existed).await?;
        let outcome = tokio::select! {
            () = &mut stop => Ok(()),
            served = serving => served,
            obituary = world.emulator.obituary() => Err(anyhow::anyhow!(obituary)),
            obituary = world.server.obituary() => Err(anyhow::anyhow!(obituary)),
        };
        world.stop(watching).await;
        outcome
    })
}

/// Takes a loopback port, to be sure that it is free.
fn claim(port: u16, whose: &str) -> Result<TcpListener> {
    TcpListener::bind(("127.0.0.1", port)).with_context(|| {
        format!("Port {port} is taken: stop what uses it, or choose another with --{whose}-port (0 takes a free one).")
    })
}

/// Makes the data folder; with `--reset` it is emptied first, if it is one of ours. Says whether it held a state.
fn open_data(options: &StartOptions) -> Result<bool> {
    let data = &options.data;
    let ours = data.join("emulator.redb").is_file();
    if options.reset && data.is_dir() {
        let empty = std::fs::read_dir(data)?.next().is_none();
        if !ours && !empty && !data.join("env").is_file() {
            bail!("{} does not look like a data folder of this project: nothing was removed.", data.display());
        }
        std::fs::remove_dir_all(data).with_context(|| format!("{} could not be removed", data.display()))?;
    }
    std::fs::create_dir_all(data).with_context(|| format!("{} could not be made", data.display()))?;
    Ok(ours && !options.reset)
}

/// What runs, and where.
struct World {
    emulator: Process,
    server: Process,
    page: Page,
    page_url: String,
    proxy: Option<String>,
    variables: Variables,
}

impl World {
    async fn start(
        project: &Project,
        options: &StartOptions,
        data: &Path,
        server_port: u16,
        page_listener: &TcpListener,
    ) -> Result<Self> {
        let functions_base = format!("http://localhost:{server_port}");
        let page_port = page_listener.local_addr()?.port();
        let arguments = emulator_arguments(options, data, &functions_base);
        let mut emulator =
            Process::start("emulator", &project.binary("emulator"), &arguments, &Variables::new(), data)?;
        let base = emulator.announced().await?;
        let proxy = match options.proxy_port {
            Some(_) => Some(emulator.announced_as("proxy").await?),
            None => None,
        };
        let variables = env_file::from_json(&fetch_environment(&base).await?)?;
        env_file::write(data, &variables)?;
        let environment = server_environment(&variables, data, server_port, page_port);
        let mut server = Process::start("server", &project.binary("agent-extensions"), &[], &environment, data)?;
        server.announced().await?;
        let plugin_bundle = options.plugin_bundle.as_deref().map(existing).transpose()?;
        let page = Page { emulator: base, functions_base, plugin_bundle };
        Ok(Self { emulator, server, page, page_url: format!("http://localhost:{page_port}"), proxy, variables })
    }

    /// Says that everything answers, and what is kept; writes `<data>/world.json` for tests that need more.
    async fn report(&self, data: &Path, existed: bool) -> Result<()> {
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

    async fn stop(self, watching: Option<Process>) {
        eprintln!("stopping ...");
        if let Some(watching) = watching {
            watching.stop().await;
        }
        self.server.stop().await;
        self.emulator.stop().await;
    }
}

fn emulator_arguments(options: &StartOptions, data: &Path, functions_base: &str) -> Vec<String> {
    [
        ("--port", options.emulator_port.to_string()),
        ("--data", data.display().to_string()),
        ("--demo", options.demo.to_string()),
        ("--build-delay-ms", options.build_delay_ms.to_string()),
        ("--token-lifetime-s", options.token_lifetime_s.to_string()),
        ("--functions-base", functions_base.to_owned()),
    ]
    .into_iter()
    .chain(options.proxy_port.map(|port| ("--proxy-port", port.to_string())))
    .flat_map(|(name, value)| [name.to_owned(), value])
    .collect()
}

fn server_environment(variables: &Variables, data: &Path, server_port: u16, page_port: u16) -> Variables {
    let mut environment: Variables =
        variables.iter().filter(|(name, _)| !name.starts_with("DEMO_")).map(|(n, v)| (n.clone(), v.clone())).collect();
    let origins = format!("http://localhost:{page_port},http://127.0.0.1:{page_port}");
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

fn watch(project: &Project, options: &StartOptions, data: &Path) -> Result<Option<Process>> {
    if !options.watch {
        return Ok(None);
    }
    // Trunk refuses to ignore a folder that is not there.
    std::fs::create_dir_all(project.root.join("plugin/src/wasm"))?;
    let command = trunk::watch(project)?;
    Process::start_silent("trunk", command.into(), data).map(Some)
}
