//! Bundles the published Flex UI into one browser file, once per version.

use std::process::Command;

use anyhow::{Context, Result};

use crate::project::Project;
use crate::run;

/// Whether the bundle of this version is there.
pub(crate) fn is_bundled(project: &Project) -> bool {
    project.flex_ui().is_file()
}

/// Bundles it unless that is done already; the packages must be installed.
///
/// # Errors
///
/// When the bundler fails.
pub(crate) fn bundle(project: &Project) -> Result<()> {
    if is_bundled(project) {
        return Ok(());
    }
    let file = project.flex_ui();
    let folder = file.parent().context("the bundle has no folder")?;
    std::fs::create_dir_all(folder).with_context(|| format!("{} cannot be made", folder.display()))?;
    run::quietly(Command::new("node").arg("bundle.mjs").arg(&file).current_dir(project.root.join("public/flex-ui")))
}
