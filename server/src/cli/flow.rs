//! `agent-extensions flow`: prints the call flow as JSON, for importing by hand or for keeping under version control.
//!
//! Needs no account.

use std::process::ExitCode;

use call_flow::{Lookup, Settings, WorkflowSettings, studio_flow, workflow};
use clap::{Args, Subcommand};
use shared::NumberRules;

use super::print::print_line;
use super::spoken_options::SpokenOptions;

/// The options of `flow`.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Prints a Studio Flow definition.
    Studio(Studio),
    /// Prints a TaskRouter Workflow configuration.
    Workflow(Routing),
}

#[derive(Debug, Args)]
struct Studio {
    /// The lookup's public address, which ends in /agentExtensions.
    #[arg(long)]
    url: String,
    /// The SIDs of a Twilio Function, to call it by Run Function instead of Make HTTP Request.
    #[arg(long, num_args = 3, value_names = ["ZS", "ZE", "ZH"])]
    function: Option<Vec<String>>,
    /// The SID of the TaskRouter Workflow.
    #[arg(long, value_name = "WW")]
    workflow: String,
    /// The SID of the Task Channel for calls.
    #[arg(long, value_name = "TC")]
    task_channel: String,
    #[command(flatten)]
    spoken: SpokenOptions,
    /// The fewest digits that an extension has.
    #[arg(long, default_value_t = NumberRules::default().min_digits)]
    min_digits: usize,
    /// The most digits that an extension has.
    #[arg(long, default_value_t = NumberRules::default().max_digits)]
    max_digits: usize,
}

#[derive(Debug, Args)]
struct Routing {
    /// The SID of the Task Queue with every agent in it.
    #[arg(long, value_name = "WQ")]
    agents_queue: String,
    /// The SID of the Task Queue for callers without an agent.
    #[arg(long, value_name = "WQ")]
    fallback_queue: String,
    /// For how many seconds the agent is rung before the fallback.
    #[arg(long, value_name = "SECONDS", default_value_t = 20)]
    ring_seconds: u32,
}

/// Prints what is asked for.
///
/// # Errors
///
/// When a file that is named can not be read.
pub(super) fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let value = match &arguments.what {
        What::Studio(studio) => studio_flow(&studio.settings()?),
        What::Workflow(routing) => {
            let settings = WorkflowSettings::new(&routing.agents_queue, &routing.fallback_queue);
            workflow(&WorkflowSettings { ring_seconds: routing.ring_seconds, ..settings })
        }
    };
    print_line(&format!("{value:#}"));
    Ok(ExitCode::SUCCESS)
}

impl Studio {
    fn settings(&self) -> anyhow::Result<Settings> {
        let url = self.url.clone();
        let lookup = match self.function.as_deref() {
            Some([service, environment, function]) => Lookup::RunFunction {
                service_sid: service.clone(),
                environment_sid: environment.clone(),
                function_sid: function.clone(),
                url,
            },
            _ => Lookup::MakeHttpRequest { url },
        };
        let rules = NumberRules { min_digits: self.min_digits, max_digits: self.max_digits, reserved: Vec::new() };
        let settings = Settings::new(lookup, &self.workflow, &self.task_channel, &rules);
        Ok(Settings { prompts: self.spoken.prompts()?, ..settings })
    }
}
