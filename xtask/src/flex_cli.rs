//! The official Twilio CLI against the emulator: it builds, deploys and releases the plugin, the Flex UI runs what it
//! released, and it deploys the Functions.
//!
//! Knows what must be there before, nothing of what the CLI is asked to do.

use std::time::Instant;

use anyhow::Result;

use crate::npm::Packages;
use crate::project::Project;
use crate::{functions, npm, openapi, playwright, wasm};

/// The settings of Playwright for these tests, in `e2e/`.
const CONFIG: &str = "flex-cli.config.mjs";

/// Installs the CLI, builds the WASM modules that it bundles and deploys, and runs the tests. The world must be built
/// already.
///
/// # Errors
///
/// When something cannot be installed or built, or a test fails.
pub(crate) fn check(project: &Project) -> Result<()> {
    install(project)?;
    npm::install(&project.root.join("plugin"), Packages::All)?;
    wasm::build(project)?;
    functions::build(project)?;
    let server = project.binary("agent-extensions");
    let mut tests = playwright::command(project)?;
    openapi::sampled(project, "flex-cli", tests.args(["--config", CONFIG]).env("AGENT_EXTENSIONS", server))
}

/// Installs twilio-cli with its Flex and Serverless plugins, and says what that cost.
fn install(project: &Project) -> Result<()> {
    let folder = project.root.join("e2e/flex-cli");
    if npm::is_installed(&folder, Packages::All) {
        eprintln!("flex-cli: twilio-cli is installed already");
        return Ok(());
    }
    eprintln!("flex-cli: installing twilio-cli, about 2200 packages, in about 3 minutes ...");
    let begun = Instant::now();
    npm::install(&folder, Packages::All)?;
    eprintln!("flex-cli: twilio-cli is installed, in {:.0} s", begun.elapsed().as_secs_f32());
    Ok(())
}
