//! The server as a process of its own.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::Server;

const PROGRAM: &str = env!("CARGO_BIN_EXE_agent-extensions");

pub(crate) fn command(env: &BTreeMap<String, String>) -> Command {
    test_world::native::command(Path::new(PROGRAM), env)
}

/// Starts a server and waits for the line that says where it listens.
pub(super) fn start(env: &BTreeMap<String, String>, log: PathBuf) -> Server {
    test_world::native::start(command(env), log).unwrap()
}

/// The same for a server that may have no more descriptors than `most`.
pub(super) fn start_with_descriptors(env: &BTreeMap<String, String>, log: PathBuf, most: usize) -> Server {
    let command = test_world::native::command_with_descriptors(Path::new(PROGRAM), env, most);
    test_world::native::start(command, log).unwrap()
}
