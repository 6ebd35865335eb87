//! Playwright with a browser, as the steps in the real Flex UI run it.
//!
//! Knows where the tests are and what they are told, nothing of what they prove.

use std::process::Command;

use anyhow::Result;

use crate::npm::Packages;
use crate::project::Project;
use crate::{chromium, npm};

/// `playwright test` in `e2e/`, with everything installed; what is to be run is added by who asks.
///
/// # Errors
///
/// When the packages or the browser cannot be installed.
pub(crate) fn command(project: &Project) -> Result<Command> {
    let folder = project.root.join("e2e");
    npm::install(&folder, Packages::All)?;
    let mut command = Command::new("npx");
    command.args(["playwright", "test"]).current_dir(&folder);
    if let Some(browser) = chromium::find_or_install(&folder)? {
        command.env("CHROMIUM", browser);
    }
    command.env("XTASK_BIN", &project.xtask);
    Ok(command)
}
