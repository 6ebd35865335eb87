//! Carrying a plan out.
//!
//! Call [`make`]. Nothing is created that is there already, so that an interrupted setup is continued by the next one;
//! the filters of a Workflow and another definition of a Flow are written as they were planned.
//!
//! It does not know why a change is needed, and makes nothing that is not in the plan.

mod first_publish;

use serde_json::Value;

use self::first_publish::publish_first;
use super::change::Change;
use super::choices::Choices;
use super::flow_definition::flow_definition;
use super::plan::Plan;
use super::settings::{Setting, settings};
use super::strings;
use super::survey::serverless::{self, ServerlessPlace};
use super::survey::{call_flow, survey};
use crate::base::Base;
use crate::commands::CommandError;
use crate::commands::workspace::find_workspace;

/// Makes what a plan says is missing and returns the settings of the server. `tell` hears each change before it is
/// begun, with its position from 1.
///
/// # Errors
///
/// [`CommandError`] at the first change that fails; what was made before it stays, and the next setup goes on from there.
pub async fn make(
    base: &Base,
    choices: &Choices,
    plan: &Plan,
    tell: &mut (dyn FnMut(usize, &Change) + Send),
) -> Result<Vec<Setting>, CommandError> {
    for (index, change) in plan.changes.iter().enumerate() {
        tell(index + 1, change);
        make_one(base, choices, change).await.map_err(|error| CommandError::new(strings::go_on(&error.to_string())))?;
    }
    Ok(settings(&survey(base, choices).await?))
}

/// Makes one change. Nothing is created a second time if somebody made it since it was planned; filters and another
/// definition of a Flow are written as planned, over what somebody edited since.
async fn make_one(base: &Base, choices: &Choices, change: &Change) -> Result<(), CommandError> {
    match change {
        Change::CreateMap { name } => Ok(base.twilio.create_map(name).await?),
        Change::CreateService { name } => create_service(base, choices, name).await,
        Change::CreateEnvironment { name, suffix } => create_environment(base, choices, name, suffix).await,
        Change::PublishFirst { .. } => match serverless::find(base, choices).await? {
            ServerlessPlace::Environment(there) => publish_first(&base.aimed_at(&there.service_sid, &there.sid)).await,
            _ => Err(CommandError::new(strings::ENVIRONMENT_GONE)),
        },
        Change::AddFilters { sid, configuration, .. } => add_filters(base, sid, configuration).await,
        Change::CreateFlow { name } => create_flow(base, choices, name).await,
        Change::ReplaceFlow { name, sid, definition } => replace_flow(base, name, sid, definition).await,
    }
}

async fn create_service(base: &Base, choices: &Choices, name: &str) -> Result<(), CommandError> {
    if let ServerlessPlace::NoService = serverless::find(base, choices).await? {
        base.twilio.create_serverless_service(name).await?;
    }
    Ok(())
}

async fn create_environment(base: &Base, choices: &Choices, name: &str, suffix: &str) -> Result<(), CommandError> {
    match serverless::find(base, choices).await? {
        ServerlessPlace::NoService => return Err(CommandError::new(strings::ENVIRONMENT_GONE)),
        ServerlessPlace::NoEnvironment { service_sid } => {
            base.twilio.create_environment(&service_sid, name, suffix).await?;
        }
        ServerlessPlace::Environment(_) => {}
    }
    Ok(())
}

async fn add_filters(base: &Base, workflow_sid: &str, configuration: &str) -> Result<(), CommandError> {
    let workspace = find_workspace(base).await?;
    Ok(base.twilio.update_workflow(&workspace, workflow_sid, configuration).await?)
}

async fn create_flow(base: &Base, choices: &Choices, name: &str) -> Result<(), CommandError> {
    let Some(choices_of_flow) = &choices.call_flow else { return Ok(()) };
    let serverless = serverless::find(base, choices).await?;
    let call_flow = call_flow::find(base, choices_of_flow).await?;
    if call_flow.flow.is_some() {
        return Ok(());
    }
    let definition = flow_definition(&base.config, &serverless, &call_flow, &choices_of_flow.prompts);
    let definition = definition.ok_or_else(|| CommandError::new(strings::ENVIRONMENT_GONE))?;
    base.twilio.validate_flow(name, &definition).await?;
    base.twilio.create_flow(name, &definition).await?;
    Ok(())
}

async fn replace_flow(base: &Base, name: &str, sid: &str, definition: &Value) -> Result<(), CommandError> {
    base.twilio.validate_flow(name, definition).await?;
    Ok(base.twilio.update_flow(sid, name, definition).await?)
}
