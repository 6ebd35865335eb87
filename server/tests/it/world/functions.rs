//! The server inside a Twilio Function: Twilio's own `twilio-run` serves the project in `server/functions`.
//!
//! `cargo xtask functions` makes what is served here.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Sender, channel};

use emulator::Emulator;
use emulator::records::{newest_first, put};
use emulator::serverless::{Build, Visibility, signature};
use emulator::store::StoreError;
use reqwest::Client;

use super::{SETTINGS, Server};

const ASSET: &str = "/extensions.json";

/// Makes the published asset a private one, as a deploy of the project leaves it, and answers its content.
pub(super) async fn make_private(emulator: &Emulator, http: &Client) -> String {
    let store = &emulator.app.store;
    let domain = emulator.app.account.domain();
    let signature = signature::sign(emulator.app.account.auth_token(), &format!("https://{domain}{ASSET}"));
    let request = http.get(format!("{}/twil.io/{domain}{ASSET}", emulator.base()));
    let response = request.header("X-Twilio-Signature", signature).send().await.unwrap();
    let content = response.error_for_status().unwrap().text().await.unwrap();
    let builds = newest_first::<Build>(store, |_| true).unwrap();
    store
        .write(|tx| {
            for mut build in builds {
                for version in build.asset_versions.iter_mut().filter(|version| version.path == ASSET) {
                    version.visibility = Visibility::Private;
                    put(tx, version)?;
                }
                put(tx, &build)?;
            }
            Ok::<_, StoreError>(())
        })
        .unwrap();
    content
}

/// Puts the project together in `folder`, with `directory` in the place of the published asset.
pub(super) fn put_together(folder: &Path, directory: &str) {
    let project = project();
    let assets = folder.join("assets");
    std::fs::create_dir_all(&assets).unwrap();
    std::fs::write(assets.join("extensions.private.json"), directory).unwrap();
    std::fs::copy(project.join("assets/server.private.wasm"), assets.join("server.private.wasm"))
        .expect("`cargo xtask functions` makes the module");
    for own in ["package.json", ".twilioserverlessrc"] {
        std::fs::copy(project.join(own), folder.join(own)).unwrap();
    }
    for shared in ["functions", "node_modules", "scripts"] {
        std::os::unix::fs::symlink(project.join(shared), folder.join(shared)).unwrap();
    }
}

/// Starts `twilio-run` in `folder` and waits until it has said what it serves.
pub(super) fn start(folder: &Path, env: &BTreeMap<String, String>, log: PathBuf) -> Server {
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let file = log.with_extension("env");
    write_env(&file, env);
    let mut command = Command::new("node");
    command.arg(project().join("node_modules/twilio-run/bin/twilio-run.js")).current_dir(folder).arg("start");
    command.args(["--no-live", "--no-fork-process", "--no-logs", "--port", &port.to_string(), "--env"]).arg(file);
    let mut process = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let (sender, lines) = channel();
    follow(&mut process, &log, &sender);
    drop(sender);
    let served = lines.iter().any(|line| line.contains("agentExtensions"));
    assert!(served, "{}", std::fs::read_to_string(&log).unwrap());
    Server { url: format!("http://127.0.0.1:{port}"), log, process }
}

/// `NAME="value"` lines. What Twilio tells a deployed Function by itself is told here by the variables.
fn write_env(file: &Path, env: &BTreeMap<String, String>) {
    let mut text = String::new();
    for (name, value) in SETTINGS {
        text.push_str(&format!("{name}=\"{value}\"\n"));
    }
    for (name, value) in env.iter().filter(|(name, _)| !name.starts_with("DEMO_")) {
        text.push_str(&format!("{name}=\"{value}\"\n"));
    }
    std::fs::write(file, text).unwrap();
}

/// Copies what the process says into its log, and line by line to `sender` until nobody listens there.
fn follow(process: &mut Child, log: &Path, sender: &Sender<String>) {
    std::fs::File::create(log).unwrap();
    let streams: [Box<dyn std::io::Read + Send>; 2] =
        [Box::new(process.stdout.take().unwrap()), Box::new(process.stderr.take().unwrap())];
    for stream in streams {
        let (sender, mut log) = (sender.clone(), std::fs::OpenOptions::new().append(true).open(log).unwrap());
        std::thread::spawn(move || {
            for line in BufReader::new(stream).lines().map_while(Result::ok) {
                writeln!(log, "{line}").unwrap();
                // Nobody listens any more once the server is started.
                let _ = sender.send(line);
            }
        });
    }
}

fn project() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("functions")
}
