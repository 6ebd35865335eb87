//! `setup`: finds or makes what the account needs, from the Sync Map to the Studio Flow.
//!
//! [`plan`] only reads, and says what is missing; [`carry_out`] makes that and nothing else. Each change looks again
//! before it makes something, so a setup that was interrupted is continued by the next one.
//! Knows nothing of prompts and files.

mod changes;
mod first_publish;
mod flow;
mod maps;
mod routing;
mod serverless;
mod settings;

pub use changes::Change;
pub use settings::Setting;

use call_flow::Prompts;

use super::{Stopped, strings};
use crate::app::App;

/// What the account is to be set up as.
#[derive(Clone, Debug)]
pub struct Choices {
    /// The unique name of the Serverless Service, unless the settings name one by its SID.
    pub service: String,
    /// The name of the Environment, which is also what its domain ends in, such as `dev`.
    pub environment: String,
    /// What callers go through; none leaves Studio and TaskRouter alone.
    pub call_flow: Option<CallFlowChoices>,
}

/// Which Workflow and which queues callers go through.
#[derive(Clone, Debug)]
pub struct CallFlowChoices {
    /// The name or the SID of the Workflow that the filters are added to.
    pub workflow: String,
    /// The name or the SID of the Task Queue with all agents in it.
    pub agents_queue: String,
    /// The name or the SID of the Task Queue for callers without an agent; none for the Workflow's default.
    pub fallback_queue: Option<String>,
    /// The name of the Studio Flow.
    pub flow: String,
    /// Whether a Flow of that name is replaced when it is not the one that would be made.
    pub replace_flow: bool,
    /// What callers hear, and how often they may try.
    pub prompts: Prompts,
}

/// What is missing.
#[derive(Clone, Debug, Default)]
pub struct Plan {
    /// In the order in which they are made.
    pub changes: Vec<Change>,
    /// What is there already or was left alone, one sentence each.
    pub notes: Vec<String>,
    /// The settings of the server, as far as they are known before the changes.
    pub settings: Vec<Setting>,
}

/// Looks at the account and says what is missing. Nothing is changed.
///
/// # Errors
///
/// [`Stopped`] when the account can not be read or a name that was chosen is not there.
pub async fn plan(app: &App, choices: &Choices) -> Result<Plan, Stopped> {
    let mut plan = Plan::default();
    let map_sid = maps::survey(app, &mut plan).await?;
    let place = serverless::survey(app, choices, &mut plan).await?;
    let mut workspace = app.base.config.workspace_sid.clone();
    if let Some(call_flow) = &choices.call_flow {
        let routing = routing::survey(app, call_flow, &mut plan).await?;
        flow::survey(app, call_flow, &routing, &place, &mut plan).await?;
        workspace = Some(routing.workspace);
    }
    plan.settings = settings::settings(&app.base.config, &place, map_sid, workspace);
    Ok(plan)
}

/// Makes what a plan says is missing and returns the settings of the server. `tell` hears each change before it is
/// begun, with its position from 1.
///
/// # Errors
///
/// [`Stopped`] at the first change that fails; what was made before it stays, and the next setup goes on from there.
pub async fn carry_out(
    app: &App,
    choices: &Choices,
    plan: &Plan,
    tell: &mut (dyn FnMut(usize, &Change) + Send),
) -> Result<Vec<Setting>, Stopped> {
    for (index, change) in plan.changes.iter().enumerate() {
        tell(index + 1, change);
        changes::make(app, choices, change).await.map_err(|error| Stopped::new(strings::go_on(&error)))?;
    }
    let after = self::plan(app, choices).await?;
    Ok(after.settings)
}
