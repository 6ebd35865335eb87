//! What callers go through: the Workspace of Flex with the Workflow and its queues, and the Studio Flow.
//!
//! Does not know what the filters and the widgets are to be; the crate `call_flow` does.

use serde_json::Value;

use crate::base::Base;
use crate::commands::CommandError;
use crate::commands::setup::choices::CallFlowChoices;
use crate::commands::setup::strings;
use crate::commands::workspace::find_workspace;
use crate::twilio::{NamedResource, Workflow};

/// What callers go through, as far as it is there.
#[derive(Clone, Debug)]
pub(crate) struct CallFlowResources {
    /// The Workspace of Flex (`WS…`).
    pub(crate) workspace_sid: String,
    /// The Workflow that the filters are added to.
    pub(crate) workflow: Workflow,
    /// The Task Queue with all agents in it (`WQ…`).
    pub(crate) agents_queue_sid: String,
    /// The Task Queue that was chosen for callers without an agent.
    pub(crate) fallback_queue_sid: Option<String>,
    /// The Task Channel of calls (`TC…`).
    pub(crate) task_channel_sid: String,
    /// The Studio Flow of the name that was chosen.
    pub(crate) flow: Option<ExistingFlow>,
}

/// A Studio Flow that is there.
#[derive(Clone, Debug)]
pub(crate) struct ExistingFlow {
    /// `FW…`.
    pub(crate) sid: String,
    /// What it does.
    pub(crate) definition: Value,
}

/// Looks for all of it. Only the Flow may be missing.
pub(crate) async fn find(base: &Base, choices: &CallFlowChoices) -> Result<CallFlowResources, CommandError> {
    let workspace_sid = find_workspace(base).await?;
    let workflow = find_workflow(base, &workspace_sid, &choices.workflow).await?;
    let queues = base.twilio.list_task_queues(&workspace_sid).await?;
    let agents_queue_sid = queue_sid(&queues, &choices.agents_queue, "--agents-queue")?;
    let fallback_queue_sid = match &choices.fallback_queue {
        Some(name) => Some(queue_sid(&queues, name, "--fallback-queue")?),
        None => None,
    };
    let task_channel_sid = find_voice_channel(base, &workspace_sid).await?;
    let flow = find_flow(base, &choices.flow).await?;
    Ok(CallFlowResources { workspace_sid, workflow, agents_queue_sid, fallback_queue_sid, task_channel_sid, flow })
}

async fn find_workflow(base: &Base, workspace: &str, name: &str) -> Result<Workflow, CommandError> {
    let workflows = base.twilio.list_workflows(workspace).await?;
    let named = |workflow: &Workflow| workflow.sid == name || workflow.friendly_name == name;
    let names: Vec<_> = workflows.iter().map(|workflow| workflow.friendly_name.clone()).collect();
    let found = workflows.into_iter().find(named);
    found.ok_or_else(|| CommandError::new(strings::no_such("Workflow", name, "--workflow", &names)))
}

fn queue_sid(queues: &[NamedResource], name: &str, option: &str) -> Result<String, CommandError> {
    let found = queues.iter().find(|queue| queue.sid == name || queue.friendly_name == name);
    let names: Vec<_> = queues.iter().map(|queue| queue.friendly_name.clone()).collect();
    let missing = || CommandError::new(strings::no_such("Task Queue", name, option, &names));
    found.map(|queue| queue.sid.clone()).ok_or_else(missing)
}

async fn find_voice_channel(base: &Base, workspace: &str) -> Result<String, CommandError> {
    let channels = base.twilio.list_task_channels(workspace).await?;
    let voice = channels.into_iter().find(|channel| channel.unique_name == "voice").map(|channel| channel.sid);
    voice.ok_or_else(|| CommandError::new(strings::NO_VOICE_CHANNEL))
}

async fn find_flow(base: &Base, name: &str) -> Result<Option<ExistingFlow>, CommandError> {
    let Some(row) = base.twilio.list_flows().await?.into_iter().find(|flow| flow.friendly_name == name) else {
        return Ok(None);
    };
    let definition = base.twilio.fetch_flow(&row.sid).await?.definition;
    Ok(Some(ExistingFlow { sid: row.sid, definition }))
}
