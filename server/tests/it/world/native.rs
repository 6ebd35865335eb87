//! The server as a process of its own.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Command, Stdio};

use super::{SETTINGS, Server};

pub(crate) fn command(env: &BTreeMap<String, String>) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_agent-extensions"));
    command.env_clear().envs(SETTINGS).envs(env.iter().filter(|(name, _)| !name.starts_with("DEMO_")));
    command
}

/// Starts a server and waits for the line that says where it listens.
pub(super) fn start(env: &BTreeMap<String, String>, log: PathBuf) -> Server {
    let stderr = std::fs::File::create(&log).unwrap();
    let mut process = command(env).stdout(Stdio::piped()).stderr(stderr).spawn().unwrap();
    let mut line = String::new();
    BufReader::new(process.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let url = line.trim().strip_prefix("server: ");
    let url = url.unwrap_or_else(|| panic!("{line}{}", std::fs::read_to_string(&log).unwrap())).to_owned();
    Server { url, log, process }
}
