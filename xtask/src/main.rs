//! Every habit of the project in one place: `cargo xtask start`, `test`, `simulate`, `torture`, `dial`, `wasm`, `functions`.
//!
//! Knows which commands there are, nothing of how they are done.

mod chromium;
mod container;
mod debian;
mod dial;
mod docs;
mod env_file;
mod flex_cli;
mod flex_ui;
mod functions;
mod licences;
mod npm;
mod openapi;
mod page;
mod playwright;
mod prepare;
mod process;
mod project;
mod run;
mod shutdown;
mod simulate;
mod start;
mod test;
mod tools;
mod torture;
mod trunk;
mod wasm;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use project::Project;
use simulate::SimulateOptions;
use start::StartOptions;
use torture::TortureOptions;

#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", about)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Start the emulator, the server and the real Flex UI with the plugin in it.
    Start(StartOptions),
    /// Run every test, stopping at the first that fails.
    Test {
        /// Run one step only.
        #[arg(long, value_name = "STEP")]
        only: Option<test::Step>,
    },
    /// Build what the tests need, as `test` does beside its first steps.
    #[command(hide = true)]
    BuildAhead,
    /// Run the server against the emulator in virtual time, with faults that come from a seed.
    Simulate(SimulateOptions),
    /// Run the server as a process, natively and in a Function, under faults, kills, races and strangers.
    Torture(TortureOptions),
    /// Dial an extension: sign and send the request that the Studio Flow would send, print the answer.
    Dial {
        /// The digits the caller enters.
        digits: String,
        /// The folder of a running `cargo xtask start`.
        #[arg(long, default_value = ".local")]
        data: PathBuf,
    },
    /// Compile the plugin to WASM and put it where the Flex CLI bundle picks it up.
    Wasm,
    /// Compile the server to WASM and put it where the Serverless Toolkit deploys it from.
    Functions,
}

fn main() -> ExitCode {
    // A second provider cannot be installed, and there is only this one call.
    let _ = rustls::crypto::ring::default_provider().install_default();
    match run_command(Cli::parse().command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // The sentences only: a person who starts a program has no use for its stack.
            eprintln!("error: {}", error.chain().map(ToString::to_string).collect::<Vec<_>>().join("\n  "));
            ExitCode::FAILURE
        }
    }
}

fn run_command(command: Command) -> anyhow::Result<()> {
    match command {
        Command::Start(options) => start::start(&Project::find()?, &options),
        Command::Test { only } => test::test(&Project::find()?, only),
        Command::BuildAhead => test::build_ahead(&Project::find()?),
        Command::Simulate(options) => simulate::simulate(&Project::find()?, &options),
        Command::Torture(options) => torture::torture(&Project::find()?, &options),
        Command::Dial { digits, data } => dial::dial(&data, &digits),
        Command::Wasm => wasm::build(&Project::find()?),
        Command::Functions => functions::build(&Project::find()?),
    }
}
