//! Builds what later steps need while earlier ones leave a processor idle.
//!
//! Where a step comes to what is still being built here, Cargo's own locks let it wait; what failed here, it builds itself.
//!
//! Knows what is built, nothing of the steps.

use std::fs::File;
use std::process::{Child, Command, Stdio};

use anyhow::{Context, Result};

use crate::project::Project;
use crate::{container, simulate, tools};

/// Another process that builds. Dropping it lets Cargo end what it is building, and nothing more is begun.
pub(super) struct Ahead(Child);

impl Ahead {
    /// Starts it, at the lowest priority: tests that wait for each other must not wait for it.
    ///
    /// # Errors
    ///
    /// When it cannot be started.
    pub(super) fn start(project: &Project) -> Result<Self> {
        std::fs::create_dir_all(&project.target)?;
        let log = File::create(project.target.join("build-ahead.log"))?;
        let mut command = Command::new("nice");
        command.args(["-n", "19"]).arg(&project.xtask).arg("build-ahead").current_dir(&project.root);
        command.stdin(Stdio::null()).stdout(log.try_clone()?).stderr(log);
        command.spawn().map(Self).context("`nice` could not be started")
    }
}

impl Drop for Ahead {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _killed = self.0.kill();
        let _ended = self.0.wait();
    }
}

/// Builds, in the order in which it is needed.
///
/// # Errors
///
/// When something cannot be built.
pub(crate) fn build(project: &Project) -> Result<()> {
    tools::cargo_deny().find_or_install(project)?;
    simulate::build(project)?;
    tools::trunk().find_or_install(project)?;
    tools::wasm_bindgen(project)?.find_or_install(project)?;
    if cfg!(target_os = "linux") {
        container::build(project)?;
    }
    Ok(())
}
