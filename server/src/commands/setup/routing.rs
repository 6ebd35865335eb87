//! TaskRouter: the Workspace of Flex, and the filters in a Workflow.
//!
//! Knows nothing of Studio. What the filters are is `call_flow`'s.

use call_flow::{WorkflowSettings, merge_filter};
use serde_json::Value;

use super::{CallFlowChoices, Change, Plan};
use crate::app::App;
use crate::commands::workspace::find_workspace;
use crate::commands::{Stopped, strings};
use crate::twilio::{Named, Workflow};

/// What the Flow hands calls to.
#[derive(Debug)]
pub(super) struct Routing {
    pub(super) workspace: String,
    pub(super) workflow_sid: String,
    pub(super) task_channel_sid: String,
}

/// Plans the filters if the Workflow does not have them.
pub(super) async fn survey(app: &App, choices: &CallFlowChoices, plan: &mut Plan) -> Result<Routing, Stopped> {
    let workspace = find_workspace(app).await?;
    let workflow = find_workflow(app, &workspace, &choices.workflow).await?;
    let configuration = merged(app, &workspace, choices, &workflow).await?;
    let routing =
        Routing { task_channel_sid: voice(app, &workspace).await?, workflow_sid: workflow.sid.clone(), workspace };
    if configuration != workflow.configuration {
        let Workflow { sid, friendly_name, .. } = workflow;
        plan.changes.push(Change::AddFilters { workflow: friendly_name, sid, configuration });
    }
    Ok(routing)
}

async fn find_workflow(app: &App, workspace: &str, name: &str) -> Result<Workflow, Stopped> {
    let workflows = app.base.twilio.list_workflows(workspace).await?;
    let named = |workflow: &Workflow| workflow.sid == name || workflow.friendly_name == name;
    let names: Vec<_> = workflows.iter().map(|workflow| workflow.friendly_name.clone()).collect();
    let found = workflows.into_iter().find(named);
    found.ok_or_else(|| Stopped::new(strings::no_such("Workflow", name, "--workflow", &names)))
}

async fn merged(app: &App, workspace: &str, choices: &CallFlowChoices, workflow: &Workflow) -> Result<String, Stopped> {
    let queues = app.base.twilio.list_task_queues(workspace).await?;
    let agents = queue(&queues, &choices.agents_queue, "--agents-queue")?;
    let fallback = match &choices.fallback_queue {
        Some(name) => queue(&queues, name, "--fallback-queue")?,
        None => default_queue(&workflow.configuration).unwrap_or_else(|| agents.clone()),
    };
    merge_filter(&workflow.configuration, &WorkflowSettings::new(&agents, &fallback))
        .map_err(|error| Stopped::new(strings::workflow_unreadable(&workflow.friendly_name, &error.to_string())))
}

fn queue(queues: &[Named], name: &str, option: &str) -> Result<String, Stopped> {
    let found = queues.iter().find(|queue| queue.sid == name || queue.friendly_name == name);
    let names: Vec<_> = queues.iter().map(|queue| queue.friendly_name.clone()).collect();
    let missing = || Stopped::new(strings::no_such("Task Queue", name, option, &names));
    found.map(|queue| queue.sid.clone()).ok_or_else(missing)
}

/// Where the Workflow sends what no filter takes.
fn default_queue(configuration: &str) -> Option<String> {
    let configuration: Value = serde_json::from_str(configuration).ok()?;
    configuration["task_routing"]["default_filter"]["queue"].as_str().map(str::to_owned)
}

async fn voice(app: &App, workspace: &str) -> Result<String, Stopped> {
    let channels = app.base.twilio.list_task_channels(workspace).await?;
    let voice = channels.into_iter().find(|channel| channel.unique_name == "voice").map(|channel| channel.sid);
    voice.ok_or_else(|| Stopped::new(strings::NO_VOICE_CHANNEL))
}

pub(super) async fn update(app: &App, sid: &str, configuration: &str) -> Result<(), Stopped> {
    let workspace = find_workspace(app).await?;
    app.base.twilio.update_workflow(&workspace, sid, configuration).await.map_err(Stopped::from)
}
