//! `cargo xtask test`: every test in order, stopping at the first that fails.
//!
//! Knows the steps and what to do when one fails, nothing of what they test.

use std::path::Path;
use std::process::Command;
use std::time::Instant;

use anyhow::{Context, Result, bail};
use clap::ValueEnum;

use crate::npm::Wanted;
use crate::project::Project;
use crate::{container, docs, flex_cli, flex_ui, functions, npm, playwright, prepare, run, tools, trunk, wasm};

/// Twilio refuses a plugin bundle of this many bytes or more (`MAX_BUILD_SIZE_MB` of the Flex CLI).
const BUNDLE_LIMIT: u64 = 10 * 1024 * 1024;

/// One step, in the order in which they run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Step {
    /// The sources are formatted.
    Fmt,
    /// clippy has nothing to say, natively and for wasm32.
    Clippy,
    /// Unit, property, black-box and layering tests.
    Unit,
    /// Twilio's own Sync SDKs against the emulator.
    Conformance,
    /// The host page, as `cargo xtask start` builds it.
    Page,
    /// The bundle of the Flex CLI, with its size.
    Bundle,
    /// The server inside a Twilio Function, and its deploy with the Serverless Toolkit.
    Functions,
    /// The journeys in the real Flex UI.
    E2e,
    /// The official Twilio CLI deploys and releases the plugin, the Flex UI runs that, and it deploys the Functions.
    FlexCli,
    /// The static binary of the container, and the image where an engine is.
    Container,
    /// The shell blocks and links of README and docs/.
    Docs,
}

/// Runs all steps, or `only` one.
///
/// # Errors
///
/// When a step fails, with what to do.
pub(crate) fn test(project: &Project, only: Option<Step>) -> Result<()> {
    npm::check_node()?;
    tools::wasm_target()?;
    let started = Instant::now();
    let steps: Vec<_> = Step::value_variants().iter().filter(|step| only.is_none_or(|only| only == **step)).collect();
    for (index, step) in steps.iter().enumerate() {
        let name = step.to_possible_value().map_or_else(String::new, |value| value.get_name().to_owned());
        eprintln!("== [{}/{}] {name}", index + 1, steps.len());
        let begun = Instant::now();
        step.run(project).with_context(|| format!("The step `{name}` failed. {}", step.advice()))?;
        eprintln!(
            "== {name}: passed in {:.0} s, {:.0} s in all",
            begun.elapsed().as_secs_f32(),
            started.elapsed().as_secs_f32()
        );
    }
    Ok(())
}

impl Step {
    fn run(self, project: &Project) -> Result<()> {
        match self {
            Self::Fmt => cargo(project, &["fmt", "--all", "--check"]),
            Self::Clippy => clippy(project),
            Self::Unit => cargo(project, &["test", "--locked", "--workspace"]),
            Self::Conformance => conformance(project),
            Self::Page => page(project).and_then(|()| settings(project)),
            Self::Bundle => bundle(project),
            Self::Functions => functions::test(project),
            Self::E2e => e2e(project),
            Self::FlexCli => flex_cli(project),
            Self::Container => container::check(project),
            Self::Docs => documents(project),
        }
    }

    fn advice(self) -> &'static str {
        match self {
            Self::Fmt => "Run `cargo fmt --all`.",
            Self::Clippy => "Mend what clippy names; an exception is an #[expect] with its reason.",
            Self::Unit => "Run the failing test alone with `cargo test -p CRATE NAME`.",
            Self::Conformance => "Run it alone with `cargo xtask test --only conformance`.",
            Self::Page => "Run it alone with `cargo xtask test --only page`.",
            Self::Bundle => "Run it alone with `npm run build` in plugin/.",
            Self::Functions => "Run it alone with `cargo xtask test --only functions`.",
            Self::E2e => "See the screenshots and traces in target/e2e/; `cargo xtask test --only e2e` runs it again.",
            Self::FlexCli => {
                "See the traces in target/e2e/flex-cli/; `cargo xtask test --only flex-cli` runs it again."
            }
            Self::Container => "Run it alone with `cargo xtask test --only container`.",
            Self::Docs => "Mend the document or what it describes; `cargo xtask test --only docs` runs it again.",
        }
    }
}

fn cargo(project: &Project, arguments: &[&str]) -> Result<()> {
    run::loudly(Command::new("cargo").args(arguments).current_dir(&project.root))
}

fn clippy(project: &Project) -> Result<()> {
    let all = ["clippy", "--locked", "--workspace", "--all-targets", "--features", "server/toolkit"];
    cargo(project, &[&all[..], &["--", "-D", "warnings"]].concat())?;
    let wasm = ["clippy", "--locked", "-p", "plugin", "-p", "shared", "-p", "server", "-p", "functions", "--lib"];
    cargo(project, &[&wasm[..], &["--target", "wasm32-unknown-unknown", "--", "-D", "warnings"]].concat())
}

fn conformance(project: &Project) -> Result<()> {
    prepare::binaries_of_the_world(project)?;
    let folder = project.root.join("emulator/conformance");
    npm::install(&folder, Wanted::All)?;
    run::loudly(npm_script(&folder, "test").env("EMULATOR_BIN", project.binary("emulator")))
}

fn page(project: &Project) -> Result<()> {
    npm::install(&project.root.join("public/flex-ui"), Wanted::All)?;
    npm::install(&project.root.join("plugin"), Wanted::All)?;
    flex_ui::bundle(project)?;
    trunk::build(project)
}

/// How the plugin reads its settings.
fn settings(project: &Project) -> Result<()> {
    run::loudly(&mut npm_script(&project.root.join("plugin"), "test"))
}

fn bundle(project: &Project) -> Result<()> {
    let folder = project.root.join("plugin");
    npm::install(&folder, Wanted::All)?;
    // A journey proves that the service configuration goes before what was built in; nobody answers there.
    run::loudly(npm_script(&folder, "build").env("FLEX_APP_FUNCTIONS_BASE", "https://built-in.example.com"))?;
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
    prepare::binaries_of_the_world(project)?;
    page(project)
}

fn e2e(project: &Project) -> Result<()> {
    world(project)?;
    let flex_cli_bundle = project.root.join("plugin/build/agent-did-extensions.js");
    if !flex_cli_bundle.is_file() {
        bundle(project)?;
    }
    run::loudly(playwright::command(project)?.env("PLUGIN_BUNDLE", flex_cli_bundle))
}

fn flex_cli(project: &Project) -> Result<()> {
    world(project)?;
    flex_cli::check(project)
}

fn documents(project: &Project) -> Result<()> {
    world(project)?;
    docs::check(project)
}

fn npm_script(folder: &Path, script: &str) -> Command {
    let mut command = Command::new("npm");
    command.args(["run", "--silent", script]).current_dir(folder);
    command
}
