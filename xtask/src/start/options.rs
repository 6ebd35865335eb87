//! What `cargo xtask start` can be told, and what it does when it is told nothing.

use std::path::PathBuf;

use clap::Args;

/// What `cargo xtask start` can be told.
#[derive(Args, Clone, Debug)]
pub(crate) struct StartOptions {
    /// The port of the host page; 0 takes a free one.
    #[arg(long, default_value_t = 3000)]
    pub(super) page_port: u16,
    /// The port of the server; 0 takes a free one.
    #[arg(long, default_value_t = 8787)]
    pub(super) server_port: u16,
    /// The port of the emulator; 0 takes a free one.
    #[arg(long, default_value_t = 4010)]
    pub(super) emulator_port: u16,
    /// The port of a proxy through which the Flex CLI and the Serverless Toolkit reach the emulator; 0 takes a free one.
    #[arg(long)]
    pub(super) proxy_port: Option<u16>,
    /// The folder that keeps the state, the logs and `env`.
    #[arg(long, default_value = ".local")]
    pub(super) data: PathBuf,
    /// How many extensions a new state starts with.
    #[arg(long, default_value_t = 120)]
    pub(super) demo: usize,
    /// Forget the state kept in the data folder first.
    #[arg(long)]
    pub(super) reset: bool,
    /// How long a Build stays `building`, in milliseconds.
    #[arg(long, default_value_t = 1500)]
    pub(super) build_delay_ms: u64,
    /// How long a Flex token is valid, in seconds.
    #[arg(long, default_value_t = 3600)]
    pub(super) token_lifetime_s: u64,
    /// Serve this file (a Flex CLI bundle) as the plugin.
    #[arg(long, value_name = "FILE")]
    pub(super) plugin_bundle: Option<PathBuf>,
    /// Use what is built already.
    #[arg(long)]
    pub(super) no_build: bool,
    /// Rebuild the page whenever a source of the page or the plugin changes.
    #[arg(long, conflicts_with = "no_build")]
    pub(super) watch: bool,
}
