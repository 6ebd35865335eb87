//! What the steps run that have no file of their own.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::npm::Packages;
use crate::project::Project;
use crate::{docs, flex_cli, flex_ui, npm, openapi, playwright, prepare, run, trunk, wasm};

/// Twilio refuses a plugin bundle of this many bytes or more (`MAX_BUILD_SIZE_MB` of the Flex CLI).
const BUNDLE_LIMIT: u64 = 10 * 1024 * 1024;

pub(super) fn cargo(project: &Project, arguments: &[&str]) -> Result<()> {
    run::with_output(Command::new("cargo").args(arguments).current_dir(&project.root))
}

pub(super) fn unit(project: &Project) -> Result<()> {
    let mut tests = Command::new("cargo");
    tests.args(["test", "--locked", "--workspace"]).current_dir(&project.root);
    // The black-box tests wait for servers more than they work.
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    tests.env("RUST_TEST_THREADS", (3 * cores).to_string());
    openapi::sampled(project, "unit", &mut tests)
}

pub(super) fn clippy(project: &Project) -> Result<()> {
    let all = ["clippy", "--locked", "--workspace", "--all-targets", "--features", "server/toolkit"];
    cargo(project, &[&all[..], &["--", "-D", "warnings"]].concat())?;
    let wasm = ["clippy", "--locked", "-p", "plugin", "-p", "shared", "-p", "server", "-p", "functions", "--lib"];
    cargo(project, &[&wasm[..], &["--target", "wasm32-unknown-unknown", "--", "-D", "warnings"]].concat())
}

pub(super) fn conformance(project: &Project) -> Result<()> {
    prepare::emulator_and_server(project)?;
    let folder = project.root.join("emulator/conformance");
    npm::install(&folder, Packages::All)?;
    let mut tests = npm_script(&folder, "test");
    tests.env("EMULATOR_BIN", project.binary("emulator"));
    openapi::sampled(project, "conformance", &mut tests)
}

fn page(project: &Project) -> Result<()> {
    npm::install(&project.root.join("public/flex-ui"), Packages::All)?;
    npm::install(&project.root.join("plugin"), Packages::All)?;
    flex_ui::bundle(project)?;
    trunk::build(project)
}

/// Builds the host page, and tests how the plugin reads its settings.
pub(super) fn page_and_settings(project: &Project) -> Result<()> {
    page(project)?;
    run::with_output(&mut npm_script(&project.root.join("plugin"), "test"))
}

pub(super) fn bundle(project: &Project) -> Result<()> {
    let folder = project.root.join("plugin");
    npm::install(&folder, Packages::All)?;
    // A journey proves that the service configuration goes before what was built in; nobody answers there.
    run::with_output(npm_script(&folder, "build").env("FLEX_APP_FUNCTIONS_BASE", "https://built-in.example.com"))?;
    let file = folder.join("build/agent-did-extensions.js");
    let size = wasm::size_of(&file)?;
    println!("bundle: {size} B, {} B with gzip -9", gzip_size(&file)?);
    if size < BUNDLE_LIMIT { Ok(()) } else { bail!("Twilio takes plugin bundles under {BUNDLE_LIMIT} B only.") }
}

fn gzip_size(file: &Path) -> Result<u64> {
    let program =
        "console.log(require('zlib').gzipSync(require('fs').readFileSync(process.argv[1]), {level: 9}).length)";
    let size = run::output_of(Command::new("node").args(["-e", program]).arg(file));
    size.and_then(|text| text.parse().ok()).context("the gzipped size could not be measured")
}

/// Everything that `cargo xtask start --no-build` runs.
fn world(project: &Project) -> Result<()> {
    prepare::emulator_and_server(project)?;
    page(project)
}

pub(super) fn e2e(project: &Project) -> Result<()> {
    world(project)?;
    let flex_cli_bundle = project.root.join("plugin/build/agent-did-extensions.js");
    if !flex_cli_bundle.is_file() {
        bundle(project)?;
    }
    openapi::sampled(project, "e2e", playwright::command(project)?.env("PLUGIN_BUNDLE", flex_cli_bundle))
}

pub(super) fn flex_cli(project: &Project) -> Result<()> {
    world(project)?;
    flex_cli::check(project)
}

pub(super) fn documents(project: &Project) -> Result<()> {
    world(project)?;
    docs::check(project)
}

fn npm_script(folder: &Path, script: &str) -> Command {
    let mut command = Command::new("npm");
    command.args(["run", "--silent", script]).current_dir(folder);
    command
}
