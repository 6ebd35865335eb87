//! The step `licences` of `cargo xtask test`: what the workspace depends on is as `deny.toml` allows, by licence, version
//! and source.
//!
//! Knows which of cargo-deny's checks need nothing but crates.io, not what is allowed.

use std::process::Command;

use anyhow::Result;

use crate::project::Project;
use crate::{run, tools};

/// Advisories would be fetched from elsewhere.
const CHECKS: [&str; 3] = ["bans", "licenses", "sources"];

/// Installs cargo-deny if need be, and runs it.
///
/// # Errors
///
/// When it cannot be installed, or finds what is not allowed.
pub(crate) fn check(project: &Project) -> Result<()> {
    let mut deny = Command::new(tools::cargo_deny().find_or_install(project)?);
    // Who depends on each crate would be a thousand lines.
    deny.args(["--locked", "check", "--hide-inclusion-graph"]).args(CHECKS);
    run::with_output(deny.current_dir(&project.root))
}
