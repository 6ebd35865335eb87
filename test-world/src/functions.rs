//! The server inside a Twilio Function: Twilio's own `twilio-run` serves the project in `server/functions`.
//!
//! `cargo xtask functions` makes what is served here. Knows nothing of what it answers.

use std::io::Write;
use std::net::TcpListener;
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context, Result};
use emulator::Emulator;
use emulator::records::{newest_first, put};
use emulator::serverless::{Build, Visibility, signature};
use emulator::store::StoreError;
use reqwest::Client;

use crate::server::{Env, SETTINGS, Server};

const ASSET: &str = "/extensions.json";

/// Makes the published asset a private one, as a deploy of the project leaves it, and answers its content.
///
/// # Errors
///
/// When nothing is published.
pub async fn make_private(emulator: &Emulator, http: &Client) -> Result<String> {
    let store = &emulator.app.store;
    let domain = emulator.app.account.domain();
    let signature = signature::sign(emulator.app.account.auth_token(), &format!("https://{domain}{ASSET}"));
    let request = http.get(format!("{}/twil.io/{domain}{ASSET}", emulator.base()));
    let response = request.header("X-Twilio-Signature", signature).send().await?;
    let content = response.error_for_status()?.text().await?;
    let builds = newest_first::<Build>(store, |_| true)?;
    store.write(|tx| {
        for mut build in builds {
            for version in build.asset_versions.iter_mut().filter(|version| version.path == ASSET) {
                version.visibility = Visibility::Private;
                put(tx, version)?;
            }
            put(tx, &build)?;
        }
        Ok::<_, StoreError>(())
    })?;
    Ok(content)
}

/// Puts `project` together in `folder`, with `directory` in the place of the published asset.
///
/// # Errors
///
/// When something of the project is not there.
pub fn put_together(project: &Path, folder: &Path, directory: &str) -> Result<()> {
    let assets = folder.join("assets");
    std::fs::create_dir_all(&assets)?;
    std::fs::write(assets.join("extensions.private.json"), directory)?;
    std::fs::copy(project.join("assets/server.private.wasm"), assets.join("server.private.wasm"))
        .context("`cargo xtask functions` makes the module")?;
    for own in ["package.json", ".twilioserverlessrc"] {
        std::fs::copy(project.join(own), folder.join(own))?;
    }
    for shared in ["functions", "node_modules", "scripts"] {
        std::os::unix::fs::symlink(project.join(shared), folder.join(shared))?;
    }
    Ok(())
}

/// Starts the `twilio-run` of `project` in `folder` and waits until it has said what it serves.
///
/// # Errors
///
/// When it does not start, with its log.
pub fn start(project: &Path, folder: &Path, env: &Env, log: &Path) -> Result<Server> {
    let file = log.with_extension("env");
    write_env(&file, env)?;
    let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
    let mut command = Command::new("node");
    command.arg(project.join("node_modules/twilio-run/bin/twilio-run.js")).current_dir(folder).arg("start");
    command.args(["--no-live", "--no-fork-process", "--no-logs", "--port", &port.to_string(), "--env"]).arg(&file);
    let process = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn();
    let mut process = process.context("node can not be started")?;
    // Where somebody has taken the port by then, it asks for another one; an empty line takes the one that it offers.
    process.stdin.as_mut().context("it has an input")?.write_all(b"\n")?;
    let mut server = Server { url: String::new(), log: log.to_path_buf(), process };
    let port = server.wait_for(|line| {
        Some(line.trim().strip_prefix("http://localhost:")?.strip_suffix("/agentExtensions")?.to_owned())
    })?;
    server.url = format!("http://127.0.0.1:{port}");
    Ok(server)
}

/// `NAME="value"` lines. What Twilio tells a deployed Function by itself is told here by the variables.
fn write_env(file: &Path, env: &Env) -> Result<()> {
    let settings = SETTINGS.iter().filter(|(name, _)| !env.contains_key(*name)).copied();
    let own = env.iter().filter(|(name, _)| !name.starts_with("DEMO_")).map(|(name, value)| (&**name, &**value));
    let lines = settings.chain(own).map(|(name, value)| format!("{name}=\"{value}\"\n"));
    std::fs::write(file, lines.collect::<String>())?;
    Ok(())
}
