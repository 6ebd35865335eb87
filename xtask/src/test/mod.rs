//! `cargo xtask test`: every test in order, stopping at the first that fails.
//!
//! `test` with a `Step` is what others call, and `build_ahead` the process that it starts beside itself.
//!
//! Knows the steps and what to do when one fails, nothing of what they test.

mod ahead;
mod steps;

use std::time::Instant;

use anyhow::{Context, Result};
use clap::ValueEnum;

use self::ahead::Ahead;
pub(crate) use self::ahead::build as build_ahead;
use crate::project::Project;
use crate::simulate::{self, SimulateOptions};
use crate::torture::{self, TortureOptions};
use crate::{container, functions, licences, npm, openapi, tools};

/// How many seeds the simulation runs, in about a minute of two cores.
const SEEDS: u64 = 10_000;

/// One step, in the order in which they run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Step {
    /// The sources are formatted.
    Fmt,
    /// clippy has nothing to say, natively and for wasm32.
    Clippy,
    /// What is depended on is allowed: licences, versions, sources.
    Licences,
    /// Unit, property, black-box and layering tests.
    Unit,
    /// Servers, supervisors, callers and faults in virtual time.
    Simulation,
    /// Twilio's own Sync SDKs against the emulator.
    Conformance,
    /// The host page, as `cargo xtask start` builds it.
    Page,
    /// The bundle of the Flex CLI, with its size.
    Bundle,
    /// The server inside a Twilio Function, and its deploy with the Serverless Toolkit.
    Functions,
    /// The server as a process, natively and in a Function, under faults, kills, races and strangers.
    Torture,
    /// The journeys in the real Flex UI.
    E2e,
    /// The official Twilio CLI deploys and releases the plugin, the Flex UI runs that, and it deploys the Functions.
    FlexCli,
    /// What was asked and answered in all steps before is as Twilio's OpenAPI documents have it.
    Openapi,
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
    tools::ensure_wasm_target()?;
    let started = Instant::now();
    // It only saves time, so the tests go on where it cannot be started, as on Windows.
    let _ahead = only.is_none().then(|| Ahead::start(project)).and_then(Result::ok);
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
            Self::Fmt => steps::cargo(project, &["fmt", "--all", "--check"]),
            Self::Clippy => steps::clippy(project),
            Self::Licences => licences::check(project),
            Self::Unit => steps::unit(project),
            Self::Simulation => simulate::simulate(project, &SimulateOptions::first(SEEDS)),
            Self::Conformance => steps::conformance(project),
            Self::Page => steps::page_and_settings(project),
            Self::Bundle => steps::bundle(project),
            Self::Functions => functions::test(project),
            Self::Torture => torture::torture(project, &TortureOptions::short()),
            Self::E2e => steps::e2e(project),
            Self::FlexCli => steps::flex_cli(project),
            Self::Openapi => openapi::check(project),
            Self::Container => container::check(project),
            Self::Docs => steps::documents(project),
        }
    }

    fn advice(self) -> &'static str {
        match self {
            Self::Fmt => "Run `cargo fmt --all`.",
            Self::Clippy => "Mend what clippy names; an exception is an #[expect] with its reason.",
            Self::Licences => "`cargo tree -i CRATE` says what needs it; what is allowed stands in deny.toml.",
            Self::Unit => "Run the failing test alone with `cargo test -p CRATE NAME`.",
            Self::Simulation => "`cargo xtask simulate --seed SEED --trace` shows the run of a seed that broke a rule.",
            Self::Conformance => "Run it alone with `cargo xtask test --only conformance`.",
            Self::Page => "Run it alone with `cargo xtask test --only page`.",
            Self::Bundle => "Run it alone with `npm run build` in plugin/.",
            Self::Functions => "Run it alone with `cargo xtask test --only functions`.",
            Self::Torture => "The table says how to do a lost case again; its files stay in target/torture/.",
            Self::E2e => {
                "See the screenshots in target/e2e/; `TRACE=retain-on-failure cargo xtask test --only e2e` keeps traces too."
            }
            Self::FlexCli => {
                "See target/e2e/flex-cli/; `TRACE=retain-on-failure cargo xtask test --only flex-cli` keeps traces too."
            }
            Self::Openapi => "Remove the exception, or mend the request or the answer; its step makes new samples.",
            Self::Container => "Run it alone with `cargo xtask test --only container`.",
            Self::Docs => "Mend the document or what it describes; `cargo xtask test --only docs` runs it again.",
        }
    }
}
