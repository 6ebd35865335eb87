//! The server as a process of its own.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Command, Stdio};

use super::{SETTINGS, Server};

const PROGRAM: &str = env!("CARGO_BIN_EXE_agent-extensions");

pub(crate) fn command(env: &BTreeMap<String, String>) -> Command {
    with_settings(Command::new(PROGRAM), env)
}

/// The same for a process that may have no more descriptors than `most`.
fn command_with_descriptors(env: &BTreeMap<String, String>, most: usize) -> Command {
    let mut shell = Command::new("/bin/sh");
    shell.args(["-c", &format!("ulimit -n {most} && exec {PROGRAM}")]);
    with_settings(shell, env)
}

fn with_settings(mut command: Command, env: &BTreeMap<String, String>) -> Command {
    command.env_clear().envs(SETTINGS).envs(env.iter().filter(|(name, _)| !name.starts_with("DEMO_")));
    command
}

/// Starts a server and waits for the line that says where it listens.
pub(super) fn start(env: &BTreeMap<String, String>, log: PathBuf) -> Server {
    start_command(command(env), log)
}

/// The same for a server that may have no more descriptors than `most`.
pub(super) fn start_with_descriptors(env: &BTreeMap<String, String>, log: PathBuf, most: usize) -> Server {
    start_command(command_with_descriptors(env, most), log)
}

fn start_command(mut command: Command, log: PathBuf) -> Server {
    let stderr = std::fs::File::create(&log).unwrap();
    let mut process = command.stdout(Stdio::piped()).stderr(stderr).spawn().unwrap();
    let mut line = String::new();
    BufReader::new(process.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let url = line.trim().strip_prefix("server: ");
    let url = url.unwrap_or_else(|| panic!("{line}{}", std::fs::read_to_string(&log).unwrap())).to_owned();
    Server { url, log, process }
}
