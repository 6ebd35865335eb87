//! Builds the host page and the plugin in it, with Trunk.
//!
//! Knows how Trunk is called; what it builds is said in `Trunk.toml`.

use std::process::Command;

use anyhow::{Result, bail};

use crate::project::Project;
use crate::{run, tools};

/// Whether the page was built at least once.
pub(crate) fn is_built(project: &Project) -> bool {
    let dist = project.dist();
    dist.join("index.html").is_file() && dist.join("plugins/agent-did-extensions.js").is_file()
}

/// Builds the page.
///
/// # Errors
///
/// When Trunk fails, with its last lines.
pub(crate) fn build(project: &Project) -> Result<()> {
    run::quietly(&mut command(project, "build")?)?;
    if is_built(project) { Ok(()) } else { bail!("Trunk succeeded, but dist/ lacks the page or the plugin's bundle.") }
}

/// The command that rebuilds the page on every change, until it is stopped.
///
/// # Errors
///
/// When Trunk is not installed.
pub(crate) fn watch(project: &Project) -> Result<Command> {
    let mut command = command(project, "watch")?;
    run::clear_cargo_env(&mut command);
    Ok(command)
}

fn command(project: &Project, verb: &str) -> Result<Command> {
    let trunk = tools::trunk().find_or_install(project)?;
    let wasm_bindgen = tools::wasm_bindgen(project)?.find_or_install(project)?;
    let mut command = Command::new(&trunk);
    command.arg(verb).current_dir(&project.root);
    command.env("PATH", tools::path_with(&[wasm_bindgen])?).env("TRUNK_SKIP_VERSION_CHECK", "true");
    // Trunk reads NO_COLOR as `true` or `false`, everyone else as set or not (https://no-color.org).
    command.env_remove("NO_COLOR");
    Ok(command)
}
