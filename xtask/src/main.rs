//! Every habit of the project in one place: `cargo xtask start`, `test`, `dial`, `wasm`.
//!
//! Knows which commands there are and their defaults, nothing of how they are done.

mod chromium;
mod container;
mod debian;
mod dial;
mod docs;
mod env_file;
mod flex_cli;
mod flex_ui;
mod functions;
mod npm;
mod page;
mod playwright;
mod prepare;
mod project;
mod run;
mod start;
mod stop;
mod test;
mod tools;
mod trunk;
mod wasm;
mod world;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};

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

/// What `cargo xtask start` can be told.
#[derive(Args, Clone, Debug)]
struct StartOptions {
    /// The port of the host page; 0 takes a free one.
    #[arg(long, default_value_t = 3000)]
    page_port: u16,
    /// The port of the server; 0 takes a free one.
    #[arg(long, default_value_t = 8787)]
    server_port: u16,
    /// The port of the emulator; 0 takes a free one.
    #[arg(long, default_value_t = 4010)]
    emulator_port: u16,
    /// The port of a proxy through which the Flex CLI and the Serverless Toolkit reach the emulator; 0 takes a free one.
    #[arg(long)]
    proxy_port: Option<u16>,
    /// The folder that keeps the state, the logs and `env`.
    #[arg(long, default_value = ".local")]
    data: PathBuf,
    /// How many extensions a new state starts with.
    #[arg(long, default_value_t = 120)]
    demo: usize,
    /// Forget the state kept in the data folder first.
    #[arg(long)]
    reset: bool,
    /// How long a Build stays `building`, in milliseconds.
    #[arg(long, default_value_t = 1500)]
    build_delay_ms: u64,
    /// How long a Flex token is valid, in seconds.
    #[arg(long, default_value_t = 3600)]
    token_lifetime_s: u64,
    /// Serve this file (a Flex CLI bundle) as the plugin.
    #[arg(long, value_name = "FILE")]
    plugin_bundle: Option<PathBuf>,
    /// Use what is built already.
    #[arg(long)]
    no_build: bool,
    /// Rebuild the page whenever a source of the page or the plugin changes.
    #[arg(long, conflicts_with = "no_build")]
    watch: bool,
}

fn main() -> ExitCode {
    // A second provider cannot be installed, and there is only this one call.
    let _ = rustls::crypto::ring::default_provider().install_default();
    match obey(Cli::parse().command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // The sentences only: a person who starts a program has no use for its stack.
            eprintln!("error: {}", error.chain().map(ToString::to_string).collect::<Vec<_>>().join("\n  "));
            ExitCode::FAILURE
        }
    }
}

fn obey(command: Command) -> anyhow::Result<()> {
    let project = project::Project::find();
    match command {
        Command::Start(options) => start::start(&project, &options),
        Command::Test { only } => test::test(&project, only),
        Command::Dial { digits, data } => dial::dial(&data, &digits),
        Command::Wasm => wasm::build(&project),
        Command::Functions => functions::build(&project),
    }
}
