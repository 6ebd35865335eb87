//! The command line: which subcommands there are, and what each needs from the terminal and the disk.
//!
//! Call [`run`]; each subcommand has a file.
//!
//! It does not know Twilio: what the commands do is in the library, in `server::commands`.

mod doctor;
mod env_file;
mod flow;
mod print;
mod pull;
mod setup;
mod spoken_options;
mod strings;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::Context;
use clap::{Parser, Subcommand};
use server::{Base, Config};

use crate::native;

/// Agent extensions for Twilio Flex: the server, and the commands of its administrator.
#[derive(Debug, Parser)]
#[command(name = "agent-extensions", version)]
pub(crate) struct Cli {
    /// A file with settings; `.env` in this folder if none is named. What the environment sets wins.
    #[arg(long, global = true, value_name = "FILE")]
    env_file: Option<PathBuf>,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Answers lookups and the Flex plugin; this is what runs without any subcommand.
    Serve,
    /// Asks the server on this machine whether it can answer callers, and exits with 0 if it can.
    Health,
    /// Writes the live directory to the asset file that a deploy of the Functions brings along.
    Pull(pull::Arguments),
    /// Finds or creates what the account needs, from the Sync Map to the Studio Flow, and writes the settings.
    Setup(setup::Arguments),
    /// Checks the account and says how to mend what it finds; 0 = healthy, 1 = findings, 2 = could not check.
    Doctor(doctor::Arguments),
    /// Prints the Studio Flow or the TaskRouter Workflow that `setup` would make.
    Flow(flow::Arguments),
}

/// Runs what the arguments ask for.
///
/// # Errors
///
/// What stopped it, as a sentence with a next step.
pub(crate) async fn run() -> anyhow::Result<ExitCode> {
    let cli = Cli::parse();
    match cli.command {
        None | Some(Command::Serve) => {
            let (settings, file) = settings(cli.env_file.as_deref())?;
            native::serve_from_environment(&settings, file).await?;
            Ok(ExitCode::SUCCESS)
        }
        Some(Command::Health) => {
            native::health(&settings(cli.env_file.as_deref())?.0)?;
            Ok(ExitCode::SUCCESS)
        }
        Some(Command::Pull(arguments)) => pull::run(&base(&config(cli.env_file.as_deref())?)?, &arguments).await,
        Some(Command::Setup(arguments)) => {
            let file = cli.env_file.unwrap_or_else(|| PathBuf::from(ENV_FILE));
            let config = Config::for_commands(&env_file::read_if_there(&file)?)?;
            setup::run(&base(&config)?, &arguments, &file).await
        }
        Some(Command::Doctor(arguments)) => {
            Ok(doctor::run(&arguments, || base(&config(cli.env_file.as_deref())?)).await)
        }
        Some(Command::Flow(arguments)) => flow::run(&arguments),
    }
}

/// The variables in the file that counts, and which one that is: `.env` in this folder if there is one, unless another
/// file is named. A folder of that name is somebody else's.
fn settings(named: Option<&Path>) -> anyhow::Result<(Variables, Option<&Path>)> {
    let file = named.or(Some(Path::new(ENV_FILE)).filter(|file| file.exists() && !file.is_dir()));
    Ok((env_file::read_if_named(file)?, file))
}

/// The settings for a command.
fn config(file: Option<&Path>) -> anyhow::Result<Config> {
    Ok(Config::for_commands(&settings(file)?.0)?)
}

/// Everything that a command needs to reach Twilio.
fn base(config: &Config) -> anyhow::Result<Base> {
    native::log_to_stderr("warn").context("the log can not be set up")?;
    let home = native::NativeHome::open(None)?;
    Ok(Base::new(config.clone(), Arc::new(home)))
}

/// The file with the settings of this folder.
const ENV_FILE: &str = ".env";

/// Variables by name.
type Variables = BTreeMap<String, String>;
