//! The native home of the server: one process that listens on a socket.
//!
//! Knows nothing of what the endpoints do; that is the library.

mod native;

use std::io::IsTerminal;
use std::sync::Arc;

use anyhow::Context;
use server::{App, Config};
use tracing_subscriber::EnvFilter;

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let config = Config::from_env()?;
    let filter = EnvFilter::try_new(&config.native.log).context("LOG is not usable: expected info or server=debug")?;
    let colours = std::io::stderr().is_terminal();
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).with_ansi(colours).init();
    let settings = config.native.clone();
    let home = native::NativeHome::open(settings.last_good_file.clone())?;
    let app = Arc::new(App::new(config, Arc::new(home)));
    native::serve(&settings, app).await
}
