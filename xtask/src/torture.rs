//! `cargo xtask torture`: the real server as a process under faults, kills, races and strangers, and a table of what came
//! of it.
//!
//! Knows which programs there must be, nothing of what is done to them.

use std::path::PathBuf;
use std::process::Command;

use anyhow::Result;
use clap::Args;

use crate::project::Project;
use crate::{functions, prepare, run};

/// The kind that needs the server inside a Function.
const IN_FUNCTIONS: &str = "calls-in-functions";

/// What runs the cases, and what they happen to.
const PROGRAMS: [&str; 2] = ["torture", "agent-extensions"];

/// Which cases.
#[derive(Args)]
pub(crate) struct TortureOptions {
    /// One kind only: calls, calls-in-functions, kills, races, load, outages, assets, strangers or pages.
    #[arg(long, value_name = "KIND")]
    only: Option<String>,
    /// One case of that kind only, by its seed.
    #[arg(long, requires = "only")]
    seed: Option<u64>,
    /// A sample of the cases that takes less than three minutes.
    #[arg(long)]
    short: bool,
}

impl TortureOptions {
    /// A sample of all kinds.
    pub(crate) fn short() -> Self {
        Self { only: None, seed: None, short: true }
    }
}

/// Builds what is missing, runs the cases, and prints the table.
///
/// # Errors
///
/// When a case is lost.
pub(crate) fn torture(project: &Project, options: &TortureOptions) -> Result<()> {
    let [torture, server] = programs(project, options)?;
    if options.only.as_deref().is_none_or(|kind| kind == IN_FUNCTIONS) {
        functions::make_ready(project)?;
    }
    let mut command = Command::new(torture);
    command.arg("--server").arg(server);
    command.arg("--functions").arg(functions::folder(project));
    command.arg("--files").arg(project.target.join("torture"));
    if let Some(kind) = &options.only {
        command.args(["--only", kind]);
    }
    if let Some(seed) = options.seed {
        command.args(["--seed", &seed.to_string()]);
    }
    if options.short {
        command.arg("--short");
    }
    run::with_output(command.current_dir(&project.root))
}

/// Builds the programs and says where they are: optimized where so many cases run that it is worth the time.
fn programs(project: &Project, options: &TortureOptions) -> Result<[PathBuf; 2]> {
    if options.short || options.seed.is_some() {
        prepare::binaries(project, &PROGRAMS)?;
        return Ok(PROGRAMS.map(|name| project.binary(name)));
    }
    eprintln!("Building optimized programs: about five minutes the first time ...");
    prepare::optimized_binaries(project, &PROGRAMS)?;
    Ok(PROGRAMS.map(|name| project.optimized_binary(name)))
}
