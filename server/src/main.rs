//! The native home of the server, and the commands of its administrator.
//!
//! Does not know what the endpoints and the commands do; that is the library.

mod cli;
mod native;

use std::process::ExitCode;

#[tokio::main]
async fn main() -> anyhow::Result<ExitCode> {
    cli::run().await
}
