//! Starts the server with the settings of the environment.

use std::collections::BTreeMap;
use std::io::IsTerminal;
use std::path::Path;
use std::sync::Arc;

use anyhow::Context;
use server::{App, Config};
use tracing_subscriber::EnvFilter;

use super::{NativeHome, serve};

/// Answers until somebody asks the process to stop. What the environment does not set is taken from `settings`, which
/// were read from `file`.
///
/// # Errors
///
/// When a setting is not usable or the port is taken.
pub(crate) async fn serve_from_environment(
    settings: &BTreeMap<String, String>,
    file: Option<&Path>,
) -> anyhow::Result<()> {
    let config = Config::from_env_or(settings)?;
    log_to_stderr(&config.native.log)?;
    if let Some(file) = file {
        tracing::info!(file = %file.display(), "settings that the environment does not have are taken from a file");
    }
    let settings = config.native.clone();
    let home = NativeHome::open(settings.last_good_file.clone())?;
    serve(&settings, Arc::new(App::new(config, Arc::new(home)))).await
}

/// Writes the log to stderr, coloured where a person reads it.
///
/// # Errors
///
/// When `what` is no filter.
pub(crate) fn log_to_stderr(what: &str) -> anyhow::Result<()> {
    let filter = EnvFilter::try_new(what).context("LOG is not usable: expected info or server=debug")?;
    let colours = std::io::stderr().is_terminal();
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).with_ansi(colours).init();
    Ok(())
}
