//! Servers as processes: started, looked at, killed.
//!
//! Knows nothing of what they answer.

use std::process::Command;

use anyhow::{Context, Result, bail};
use test_world::{Env, Server, functions, native};

use super::{Home, World};
use crate::bench::Case;

impl World {
    /// Starts a server and waits until it listens; `name` is that of its log.
    ///
    /// # Errors
    ///
    /// When it does not start.
    pub(crate) async fn start(&self, name: &str) -> Result<Server> {
        match self.home {
            Home::Native => start_native(&self.case, &self.env, name).await,
            Home::Functions => {
                let (env, log) = (self.env.clone(), self.file(name));
                let (project, folder) = (self.case.bench.functions.clone(), self.case.folder.clone());
                tokio::task::spawn_blocking(move || functions::start(&project, &folder, &env, &log)).await?
            }
        }
    }

    /// The same for a native server that may have no more descriptors than `most`.
    ///
    /// # Errors
    ///
    /// When it does not start.
    pub(crate) async fn start_with_descriptors(&self, name: &str, most: usize) -> Result<Server> {
        let command = native::command_with_descriptors(&self.case.bench.server, &self.env, most);
        start_command(&self.case, command, name).await
    }
}

/// Starts a native server, whether or not there is anything for it to reach.
///
/// # Errors
///
/// When it does not start.
pub(crate) async fn start_native(case: &Case, env: &Env, name: &str) -> Result<Server> {
    start_command(case, native::command(&case.bench.server, env), name).await
}

async fn start_command(case: &Case, command: Command, name: &str) -> Result<Server> {
    let log = case.folder.join(name);
    tokio::task::spawn_blocking(move || native::start(command, log)).await?
}

/// The most memory that a process has had so far, in MB (`VmHWM`).
///
/// # Errors
///
/// When the process is gone.
pub(crate) fn memory(server: &Server) -> Result<usize> {
    let id = server.process.id();
    let status = std::fs::read_to_string(format!("/proc/{id}/status")).context("the server is gone")?;
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    // A process that has ended and that nobody has waited for still has a status, but no memory.
    let Some(peak) = peak else { bail!("the server has ended; see {}", server.log.display()) };
    Ok(peak.trim().trim_end_matches(" kB").parse::<usize>()? / 1024)
}
