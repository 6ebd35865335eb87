//! What has to be made so that the account is as it was chosen.
//!
//! Call [`plan`] with what the survey found and what was chosen: the [`Plan`] is shown, confirmed and carried out.
//!
//! It is pure, and does not know how anything is made.

use call_flow::{WorkflowSettings, merge_filter};
use serde_json::Value;
use shared::publishing_map_name;

use super::change::Change;
use super::choices::{CallFlowChoices, Choices};
use super::flow_definition::flow_definition;
use super::settings::{Setting, settings};
use super::strings;
use super::survey::Survey;
use super::survey::call_flow::CallFlowResources;
use super::survey::serverless::ServerlessPlace;
use crate::commands::CommandError;

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

/// Says what is missing in the account.
///
/// # Errors
///
/// [`CommandError`] when the Workflow's configuration is not what TaskRouter writes, so that nothing can be added to it.
pub fn plan(survey: &Survey, choices: &Choices) -> Result<Plan, CommandError> {
    let mut plan = Plan { settings: settings(survey), ..Plan::default() };
    plan.changes.extend(missing_maps(survey));
    plan.changes.extend(missing_serverless(survey, choices));
    if let (Some(found), Some(choices)) = (&survey.call_flow, &choices.call_flow) {
        plan.changes.extend(missing_filters(found)?);
        plan.add_flow(survey, found, choices);
    }
    Ok(plan)
}

fn missing_maps(survey: &Survey) -> impl Iterator<Item = Change> {
    let name = &survey.config.sync_map_name;
    let draft = survey.draft_map_sid.is_none().then(|| name.clone());
    let publishing = (!survey.has_publishing_map).then(|| publishing_map_name(name));
    draft.into_iter().chain(publishing).map(|name| Change::CreateMap { name })
}

fn missing_serverless(survey: &Survey, choices: &Choices) -> Vec<Change> {
    let service = || Change::CreateService { name: choices.service.clone() };
    let environment =
        || Change::CreateEnvironment { name: choices.environment_unique_name(), suffix: choices.environment.clone() };
    let asset = || Change::PublishFirst { path: survey.config.asset_name.clone() };
    match &survey.serverless {
        ServerlessPlace::NoService => vec![service(), environment(), asset()],
        ServerlessPlace::NoEnvironment { .. } => vec![environment(), asset()],
        ServerlessPlace::Environment(found) if !found.has_asset => vec![asset()],
        ServerlessPlace::Environment(_) => Vec::new(),
    }
}

fn missing_filters(found: &CallFlowResources) -> Result<Option<Change>, CommandError> {
    let workflow = &found.workflow;
    let fallback = found.fallback_queue_sid.clone().or_else(|| default_queue(&workflow.configuration));
    let fallback = fallback.unwrap_or_else(|| found.agents_queue_sid.clone());
    let settings = WorkflowSettings::new(&found.agents_queue_sid, &fallback);
    let configuration = merge_filter(&workflow.configuration, &settings).map_err(|error| {
        CommandError::new(strings::workflow_unreadable(&workflow.friendly_name, &error.to_string()))
    })?;
    Ok((configuration != workflow.configuration).then(|| Change::AddFilters {
        workflow: workflow.friendly_name.clone(),
        sid: workflow.sid.clone(),
        configuration,
    }))
}

/// Where the Workflow sends what no filter takes.
fn default_queue(configuration: &str) -> Option<String> {
    let configuration: Value = serde_json::from_str(configuration).ok()?;
    configuration["task_routing"]["default_filter"]["queue"].as_str().map(str::to_owned)
}

impl Plan {
    /// Adds the Flow if there is none of its name. One that somebody changed is theirs, unless it is to be replaced.
    fn add_flow(&mut self, survey: &Survey, found: &CallFlowResources, choices: &CallFlowChoices) {
        let name = choices.flow.clone();
        let Some(flow) = &found.flow else {
            self.changes.push(Change::CreateFlow { name });
            return;
        };
        match flow_definition(&survey.config, &survey.serverless, found, &choices.prompts) {
            None => {}
            Some(definition) if definition == flow.definition => {}
            Some(definition) if choices.replace_flow => {
                self.changes.push(Change::ReplaceFlow { name, sid: flow.sid.clone(), definition });
            }
            Some(_) => self.notes.push(strings::flow_left_alone(&name)),
        }
    }
}

#[cfg(test)]
mod tests;
