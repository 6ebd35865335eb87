//! The emulator over sockets, and what a server beside it is told.
//!
//! Knows nothing of servers.

use std::path::PathBuf;
use std::time::Duration;

use anyhow::Result;
use emulator::pages::PageOrigins;
use emulator::{Emulator, StartOptions};
use reqwest::Client;

use crate::server::Env;

/// The address that Twilio is told; it signs over it.
pub const FUNCTIONS_BASE: &str = "https://did.example.com";

/// Starts an emulator on `port` (0 takes a free one) with its state in `data`; where there is none yet, with `demo`
/// published extensions. A Build takes `build_delay`.
///
/// # Errors
///
/// When the port is taken or the state can not be opened.
pub async fn start_emulator(port: u16, data: PathBuf, demo: usize, build_delay: Duration) -> Result<Emulator> {
    emulator::start(StartOptions {
        port,
        data,
        demo,
        build_delay,
        token_lifetime: Duration::from_secs(3600),
        functions_base: FUNCTIONS_BASE.to_owned(),
        page_origins: PageOrigins::default(),
    })
    .await
}

/// The variables with which a server reaches the emulator, and tokens of people under names that begin with `DEMO_`.
///
/// # Errors
///
/// When the emulator does not answer.
pub async fn environment(emulator: &Emulator, http: &Client) -> Result<Env> {
    Ok(http.get(format!("{}/control/env", emulator.base())).send().await?.error_for_status()?.json().await?)
}
