//! The simulation as a program: many seeds with a table of what they broke, or one with all that happened in it.

use std::io::{Write, stdout};
use std::process::ExitCode;
use std::time::Instant;

use clap::Parser;
use mimalloc::MiMalloc;
use simulation::report::{Report, run_all};

#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

/// Runs the real server against the real emulator in virtual time, with faults that come from a seed.
#[derive(Debug, Parser)]
#[command(about)]
struct Arguments {
    /// How many seeds to run.
    #[arg(long, default_value_t = 1_000)]
    seeds: u64,
    /// The first of them.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// How many threads run them.
    #[arg(long, default_value_t = 2)]
    threads: usize,
    /// Show everything that happens in the run of the seed, and run no other.
    #[arg(long)]
    trace: bool,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let is_sound = if arguments.trace { replay(arguments.seed) } else { run_many(&arguments) };
    if is_sound { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn replay(seed: u64) -> bool {
    let outcome = simulation::run(seed, true);
    // Whoever looks only at the first lines has closed the pipe by then.
    let _ = writeln!(stdout(), "{}", outcome.trace.join("\n"));
    outcome.violation.is_none()
}

fn run_many(arguments: &Arguments) -> bool {
    let started = Instant::now();
    let end = arguments.seed.saturating_add(arguments.seeds);
    let report = run_all(arguments.seed..end, arguments.threads);
    print(&report, started.elapsed().as_secs_f64());
    report.broken.is_empty()
}

fn print(report: &Report, seconds: f64) {
    println!("{} runs, {} steps, {seconds:.1} s", report.runs, report.steps);
    for (rule, broken) in &report.broken {
        println!("{rule:?}: {} seeds, first {}: {}", broken.seeds, broken.first_seed, broken.first.what);
    }
    if !report.broken.is_empty() {
        println!("`cargo xtask simulate --seed SEED --trace` shows everything that happened in the run of a seed.");
    }
}
