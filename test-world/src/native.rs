//! The server as a process of its own.
//!
//! Knows how the program is started and what it says first, nothing of what it answers.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result};

use crate::server::{Env, SETTINGS, Server};

/// The server's program with these variables and the settings of tests, and no others.
#[must_use]
pub fn command(program: &Path, env: &Env) -> Command {
    with_settings(Command::new(program), env)
}

/// The same for a process that may have no more descriptors than `most`.
#[must_use]
pub fn command_with_descriptors(program: &Path, env: &Env, most: usize) -> Command {
    let mut shell = Command::new("/bin/sh");
    shell.args(["-c", &format!("ulimit -n {most} && exec \"$0\"")]).arg(program);
    with_settings(shell, env)
}

fn with_settings(mut command: Command, env: &Env) -> Command {
    command.env_clear().envs(SETTINGS).envs(env.iter().filter(|(name, _)| !name.starts_with("DEMO_")));
    command
}

/// Starts a server and waits for the line that says where it listens.
///
/// # Errors
///
/// When it does not start, with its log.
pub fn start(mut command: Command, log: PathBuf) -> Result<Server> {
    File::create(&log)?;
    let stderr = File::options().append(true).open(&log)?;
    let process = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(stderr).spawn();
    let mut server = Server { url: String::new(), log, process: process.context("the server can not be started")? };
    server.url = server.wait_for(|line| Some(line.trim().strip_prefix("server: ")?.to_owned()))?;
    Ok(server)
}
