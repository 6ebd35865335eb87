//! What must be built or installed before the world can start: numbered steps, skipping what is done.
//!
//! Knows the order and how long each step takes the first time, not how it is done.

use std::process::Command;
use std::time::Instant;

use anyhow::{Result, bail};

use crate::npm::Packages;
use crate::project::Project;
use crate::{flex_ui, npm, run, tools, trunk};

/// One thing to have before starting.
struct Step {
    title: &'static str,
    /// How many minutes it takes the first time, on two cores.
    minutes: u32,
    /// Whether a former run has done it; a build is run all the same, to see whether its sources changed.
    done: bool,
    run: fn(&Project) -> Result<()>,
}

/// Has everything built and installed, telling what is left and how long that takes.
///
/// # Errors
///
/// When a step fails, with what to do.
pub(crate) fn everything(project: &Project) -> Result<()> {
    npm::check_node()?;
    tools::ensure_wasm_target()?;
    let steps = steps(project)?;
    let left: Vec<_> = steps.iter().filter(|step| !step.done).collect();
    let minutes: u32 = left.iter().map(|step| step.minutes).sum();
    eprintln!("A first start takes at most 20 minutes on 2 cores, later ones at most 10 seconds.");
    if !left.is_empty() {
        eprintln!("Left this time: {} of {} steps, about {minutes} minutes.", left.len(), steps.len());
    }
    for (index, step) in steps.iter().enumerate() {
        let number = format!("[{}/{}]", index + 1, steps.len());
        if !step.done {
            eprintln!("{number} {} (about {} min) ...", step.title, step.minutes);
        }
        let started = Instant::now();
        (step.run)(project)?;
        if !step.done || started.elapsed().as_secs() >= 1 {
            eprintln!("{number} {}: done in {:.1} s", step.title, started.elapsed().as_secs_f32());
        }
    }
    Ok(())
}

/// Says what is missing when nothing may be built.
///
/// # Errors
///
/// When something is not built yet.
pub(crate) fn check_built(project: &Project, own_bundle: bool) -> Result<()> {
    let binaries = ["emulator", "agent-extensions"].map(|name| project.binary(name));
    let page = if own_bundle { project.dist().join("index.html").is_file() } else { trunk::is_built(project) };
    if page && flex_ui::is_bundled(project) && binaries.iter().all(|file| file.is_file()) {
        return Ok(());
    }
    let root = project.root.display();
    bail!("Something is not built yet in {root}: run `cargo xtask start` once without --no-build.")
}

fn steps(project: &Project) -> Result<Vec<Step>> {
    let wasm_bindgen = tools::wasm_bindgen(project)?.find(project).is_some();
    let binaries = ["emulator", "agent-extensions"].iter().all(|name| project.binary(name).is_file());
    let step = |title, minutes, done, run| Step { title, minutes, done, run };
    Ok(vec![
        step("Installing the npm packages of Flex UI", 2, is_installed(project, FLEX_UI), |p| install(p, FLEX_UI)),
        step("Bundling Flex UI", 1, flex_ui::is_bundled(project), flex_ui::bundle),
        step("Installing the npm packages of the plugin", 1, is_installed(project, PLUGIN), |p| install(p, PLUGIN)),
        step("Installing wasm-bindgen", 3, wasm_bindgen, |p| tools::wasm_bindgen(p)?.find_or_install(p).map(drop)),
        step("Installing Trunk", 4, tools::trunk().find(project).is_some(), |p| {
            tools::trunk().find_or_install(p).map(drop)
        }),
        step("Building the emulator and the server", 3, binaries, emulator_and_server),
        step("Building the page and the plugin", 4, trunk::is_built(project), trunk::build),
    ])
}

const FLEX_UI: &str = "public/flex-ui";
const PLUGIN: &str = "plugin";

fn is_installed(project: &Project, folder: &str) -> bool {
    npm::is_installed(&project.root.join(folder), Packages::Bundled)
}

fn install(project: &Project, folder: &str) -> Result<()> {
    npm::install(&project.root.join(folder), Packages::Bundled)
}

/// Builds the two binaries that `start` runs.
///
/// # Errors
///
/// When they do not compile.
pub(crate) fn emulator_and_server(project: &Project) -> Result<()> {
    binaries(project, &["emulator", "agent-extensions"])
}

/// Compiles binaries of the workspace. All packages are chosen, so that what these depend on has the same features
/// whatever is compiled, and is compiled once.
///
/// # Errors
///
/// When they do not compile.
pub(crate) fn binaries(project: &Project, names: &[&str]) -> Result<()> {
    run::quietly(&mut build(project, names))
}

/// The same in the `optimized` profile, which takes about five minutes the first time.
///
/// # Errors
///
/// When they do not compile.
pub(crate) fn optimized_binaries(project: &Project, names: &[&str]) -> Result<()> {
    run::quietly(build(project, names).args(["--profile", "optimized"]))
}

fn build(project: &Project, names: &[&str]) -> Command {
    let mut command = Command::new("cargo");
    command.args(["build", "--locked", "--workspace"]).args(names.iter().flat_map(|name| ["--bin", name]));
    command.current_dir(&project.root);
    command
}
