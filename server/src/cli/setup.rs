//! `agent-extensions setup`: shows the plan, asks, makes what it says, writes the settings.
//!
//! Does not know Twilio: what is read and made there is in `server::commands::setup`.

use std::io::{IsTerminal, Write};
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, bail};
use clap::Args;
use server::Base;
use server::commands::setup::{CallFlowChoices, Choices, Plan, Setting, make, plan, survey};

use super::env_file::set_variables;
use super::spoken_options::SpokenOptions;
use super::strings;
use crate::native::{FileReaders, replace_file};

/// The options of `setup`.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Shows what would be made, and changes nothing.
    #[arg(long)]
    dry_run: bool,
    /// Does not ask: for scripts.
    #[arg(long, short)]
    yes: bool,
    /// The unique name of the Serverless Service, unless TWILIO_SERVERLESS_SERVICE_SID is set. A deploy of the Functions
    /// goes to the Service with the name of its package, which is this one.
    #[arg(long, value_name = "NAME", default_value = "serverless")]
    service: String,
    /// The Environment, as `twilio serverless:deploy --environment` names it.
    #[arg(long, value_name = "NAME", default_value = "dev")]
    environment: String,
    /// Leaves Studio and TaskRouter alone.
    #[arg(long)]
    no_call_flow: bool,
    /// The Workflow that the filters are added to, by its name or its SID.
    #[arg(long, value_name = "WORKFLOW", default_value = "Assign to Anyone")]
    workflow: String,
    /// The Task Queue with every agent in it, by its name or its SID.
    #[arg(long, value_name = "QUEUE", default_value = "Everyone")]
    agents_queue: String,
    /// The Task Queue for callers without an agent; without this it is the Workflow's default.
    #[arg(long, value_name = "QUEUE")]
    fallback_queue: Option<String>,
    /// The name of the Studio Flow.
    #[arg(long, value_name = "NAME", default_value = "Agent extensions")]
    flow: String,
    /// Replaces a Studio Flow of that name that is not the one that would be made.
    #[arg(long)]
    replace_flow: bool,
    #[command(flatten)]
    spoken: SpokenOptions,
}

impl Arguments {
    fn choices(&self) -> anyhow::Result<Choices> {
        let call_flow = CallFlowChoices {
            workflow: self.workflow.clone(),
            agents_queue: self.agents_queue.clone(),
            fallback_queue: self.fallback_queue.clone(),
            flow: self.flow.clone(),
            replace_flow: self.replace_flow,
            prompts: self.spoken.prompts()?,
        };
        Ok(Choices {
            service: self.service.clone(),
            environment: self.environment.clone(),
            call_flow: (!self.no_call_flow).then_some(call_flow),
        })
    }
}

/// Reads, shows, asks, makes, writes: in this order.
pub(super) async fn run(base: &Base, arguments: &Arguments, file: &Path) -> anyhow::Result<ExitCode> {
    let choices = arguments.choices()?;
    println!("{}", strings::LOOKING);
    let plan = plan(&survey(base, &choices).await?, &choices)?;
    let unset = unset(file, &plan.settings)?;
    show(&plan, &unset, file);
    if plan.changes.is_empty() && unset.is_empty() {
        println!("{}", strings::NOTHING_TO_DO);
    } else if arguments.dry_run {
        println!("{}", strings::DRY_RUN);
    } else if arguments.yes || confirmed(plan.changes.len() + usize::from(!unset.is_empty()))? {
        make_and_write(base, &choices, &plan, file).await?;
    } else {
        println!("{}", strings::NOTHING_CHANGED);
    }
    Ok(ExitCode::SUCCESS)
}

fn show(plan: &Plan, unset: &[String], file: &Path) {
    for change in &plan.changes {
        println!("  + {change}");
    }
    if !unset.is_empty() {
        println!("  + write {}: {}", file.display(), unset.join(", "));
    }
    for note in &plan.notes {
        println!("  note: {note}");
    }
}

async fn make_and_write(base: &Base, choices: &Choices, plan: &Plan, file: &Path) -> anyhow::Result<()> {
    let total = plan.changes.len();
    let tell = |position: usize, change: &dyn std::fmt::Display| println!("[{position}/{total}] {change} ...");
    let settings = make(base, choices, plan, &mut |position, change| tell(position, change)).await?;
    let known: Vec<_> = settings.iter().filter_map(|one| Some((one.name, one.value.as_deref()?))).collect();
    let updated = set_variables(&text_of(file)?, &known);
    if !updated.changed.is_empty() {
        let written = replace_file(file, updated.text.as_bytes(), FileReaders::OwnerOnly);
        written.with_context(|| strings::unwritten(file))?;
        println!("wrote {}", file.display());
    }
    println!("{}", strings::DONE);
    Ok(())
}

/// The names of the settings that the file does not have, or has otherwise. What is not known yet counts as one.
fn unset(file: &Path, settings: &[Setting]) -> anyhow::Result<Vec<String>> {
    let text = text_of(file)?;
    let values: Vec<_> = settings.iter().map(|one| (one.name, one.value.as_deref().unwrap_or_default())).collect();
    Ok(set_variables(&text, &values).changed)
}

fn text_of(file: &Path) -> anyhow::Result<String> {
    if !file.exists() {
        return Ok(String::new());
    }
    std::fs::read_to_string(file).with_context(|| strings::unreadable(file))
}

/// Asks the person at the terminal.
fn confirmed(count: usize) -> anyhow::Result<bool> {
    if !std::io::stdin().is_terminal() {
        bail!(strings::NOBODY_TO_ASK);
    }
    print!("{}", strings::confirm(count));
    std::io::stdout().flush()?;
    let mut answer = String::new();
    std::io::stdin().read_line(&mut answer)?;
    Ok(["y", "yes"].contains(&answer.trim().to_lowercase().as_str()))
}
