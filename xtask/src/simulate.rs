//! `cargo xtask simulate`: the real server against the real emulator in virtual time, with faults that come from a seed.
//!
//! Knows how the program is started, nothing of what it simulates.

use std::process::Command;

use anyhow::Result;
use clap::Args;

use crate::project::Project;
use crate::run;

/// Which runs.
#[derive(Args)]
pub(crate) struct SimulateOptions {
    /// How many seeds to run.
    #[arg(long, default_value_t = 1_000)]
    seeds: u64,
    /// The first of them.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Show everything that happens in the run of the seed, and run no other.
    #[arg(long)]
    trace: bool,
}

impl SimulateOptions {
    /// The first seeds, as many of them.
    pub(crate) fn first(seeds: u64) -> Self {
        Self { seeds, seed: 1, trace: false }
    }
}

/// Runs the seeds, optimized, and prints which rules they broke.
///
/// # Errors
///
/// When a rule was broken.
pub(crate) fn simulate(project: &Project, options: &SimulateOptions) -> Result<()> {
    let mut command = Command::new("cargo");
    command.args(["run", "--locked", "--profile", "simulation", "--quiet", "--package", "simulation", "--"]);
    command.args(["--seeds", &options.seeds.to_string(), "--seed", &options.seed.to_string()]);
    if options.trace {
        command.arg("--trace");
    }
    run::with_output(command.current_dir(&project.root))
}
