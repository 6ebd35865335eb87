//! `cargo xtask simulate`: the real server against the real emulator in virtual time, with faults that come from a seed.
//!
//! From outside: [`simulate`], by hand and as a step of the tests. With `--defects` it proves that seeds find mistakes.
//!
//! Knows nothing of what is simulated, only how the program is started.

mod defect;
mod mirror;
mod trial;

use std::process::Command;

use anyhow::Result;
use clap::Args;

use crate::project::Project;
use crate::run;

/// How many seeds are run where nobody says it.
const SEEDS: u64 = 1_000;
/// From so many seeds on, it takes less time to link the program as a whole: a seed then takes 0.7 of the time.
const LINKED_AS_A_WHOLE_FROM: u64 = 30_000;
/// How many seeds may pass at most until a defect is found.
const SEEDS_FOR_A_DEFECT: u64 = 4_000;

/// Which runs.
#[derive(Args)]
pub(crate) struct SimulateOptions {
    /// How many seeds to run; with `--defects`, how many of them each defect gets [default: 1000; 4000 for defects].
    #[arg(long)]
    seeds: Option<u64>,
    /// The first of them.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Show everything that happens in the run of the seed, and run no other.
    #[arg(long)]
    trace: bool,
    /// Put each defect of simulation/defects back into a copy of the sources, or only this one, and see that it is found.
    #[arg(long, value_name = "NAME", num_args = 0..=1, default_missing_value = "", conflicts_with = "trace")]
    defects: Option<String>,
}

impl SimulateOptions {
    /// The first seeds, as many of them.
    pub(crate) fn first(seeds: u64) -> Self {
        Self { seeds: Some(seeds), seed: 1, trace: false, defects: None }
    }
}

/// Runs the seeds, optimized, and prints which rules they broke, or which defects they found.
///
/// # Errors
///
/// When a rule was broken, or a defect was not found.
pub(crate) fn simulate(project: &Project, options: &SimulateOptions) -> Result<()> {
    if let Some(name) = &options.defects {
        let seeds = options.seeds.unwrap_or(SEEDS_FOR_A_DEFECT);
        return trial::find_all(project, name, options.seed..options.seed.saturating_add(seeds));
    }
    let seeds = options.seeds.unwrap_or(SEEDS);
    let mut command = cargo("run");
    if seeds >= LINKED_AS_A_WHOLE_FROM && !options.trace {
        command.env("CARGO_PROFILE_SIMULATION_LTO", "fat").env("CARGO_PROFILE_SIMULATION_CODEGEN_UNITS", "1");
    }
    command.args(["--quiet", "--", "--seeds", &seeds.to_string()]);
    command.args(["--seed", &options.seed.to_string()]);
    if options.trace {
        command.arg("--trace");
    }
    run::with_output(command.current_dir(&project.root))
}

/// Builds what runs the seeds.
///
/// # Errors
///
/// When it cannot be built.
pub(crate) fn build(project: &Project) -> Result<()> {
    run::quietly(cargo("build").current_dir(&project.root))
}

fn cargo(subcommand: &str) -> Command {
    let mut command = Command::new("cargo");
    command.args([subcommand, "--locked", "--profile", "simulation", "--package", "simulation"]);
    command
}
