//! The way of a call: the Flows that look extensions up, the Workflows that ring agents, and the queues in between.
//!
//! What a Flow and a Workflow must keep is `call_flow`'s; here is what only the account knows.

use std::collections::HashSet;

use call_flow::{LintContext, lint_flow, lint_workflow};
use serde_json::Value;

use super::directory::Directories;
use super::workers::{first_few, number_and_name};
use super::{Finding, strings};
use crate::base::Base;
use crate::commands::CommandError;
use crate::commands::workspace::find_workspace;
use crate::twilio::{StudioFlow, Workflow};

/// Part of every Flow that looks extensions up.
const LOOKUP: &str = "agentExtensions";
/// Part of every Workflow that rings agents by their SID.
const KNOWN_WORKER: &str = "known_worker_sid";

/// Looks at all of it.
pub(super) async fn check(base: &Base, directories: &Directories) -> Result<Vec<Finding>, CommandError> {
    let workspace = find_workspace(base).await?;
    let workflows = base.twilio.list_workflows(&workspace).await?;
    let flows = flows(base).await?;
    let mut findings = Vec::new();
    if flows.is_empty() {
        findings.push(Finding::error("flow-missing", "Studio", strings::no_flow()));
    }
    for flow in &flows {
        findings.extend(check_flow(base, flow, &workflows, directories));
    }
    let used = |workflow: &&Workflow| {
        workflow.configuration.contains(KNOWN_WORKER) || flows.iter().any(|flow| hands_to(flow, workflow))
    };
    for workflow in workflows.iter().filter(used) {
        let found = lint_workflow(&workflow.configuration, &LintContext::default());
        let resource = format!("Workflow {}", workflow.friendly_name);
        findings.extend(found.iter().map(|finding| Finding::of_call_flow(&resource, finding)));
        findings.extend(outside_the_queue(base, &workspace, workflow, directories).await?);
    }
    Ok(findings)
}

/// The Flows that look extensions up.
async fn flows(base: &Base) -> Result<Vec<StudioFlow>, CommandError> {
    let mut flows = Vec::new();
    for row in base.twilio.list_flows().await? {
        let flow = base.twilio.fetch_flow(&row.sid).await?;
        if flow.definition.to_string().contains(LOOKUP) {
            flows.push(flow);
        }
    }
    Ok(flows)
}

fn hands_to(flow: &StudioFlow, workflow: &Workflow) -> bool {
    flow.definition.to_string().contains(&workflow.sid)
}

fn check_flow(base: &Base, flow: &StudioFlow, workflows: &[Workflow], directories: &Directories) -> Vec<Finding> {
    let workflow = workflows.iter().find(|workflow| hands_to(flow, workflow));
    let numbers = directories.live().into_iter().flat_map(shared::Directory::iter);
    let context = LintContext {
        rules: Some(base.config.rules.clone()),
        numbers: numbers.map(|extension| extension.extension_number.as_str().to_owned()).collect(),
        workflow: workflow.map(|workflow| workflow.configuration.clone()),
        flow: None,
    };
    let resource = format!("Flow {}", flow.friendly_name);
    let found = lint_flow(&flow.definition, &context);
    let mut findings: Vec<_> = found.iter().map(|finding| Finding::of_call_flow(&resource, finding)).collect();
    if workflow.is_none() {
        findings.push(Finding::error("flow-without-workflow", resource, strings::no_workflow()));
    }
    findings
}

/// The agents whom TaskRouter refuses to ring (40152), because they are not in the queue that known agent routing uses.
async fn outside_the_queue(
    base: &Base,
    workspace: &str,
    workflow: &Workflow,
    directories: &Directories,
) -> Result<Vec<Finding>, CommandError> {
    let Some(directory) = directories.live() else { return Ok(Vec::new()) };
    let there: HashSet<_> = sids(&base.twilio.list_workers(workspace).await?);
    let mut findings = Vec::new();
    for queue in known_agent_queues(&workflow.configuration) {
        let inside = sids(&base.twilio.list_workers_of_queue(workspace, &queue).await?);
        let outside: Vec<_> = directory
            .iter()
            .filter(|extension| there.contains(extension.worker_sid.as_str()))
            .filter(|extension| !inside.contains(extension.worker_sid.as_str()))
            .map(number_and_name)
            .collect();
        if !outside.is_empty() {
            let words = strings::outside_queue(outside.len(), &queue, &workflow.friendly_name);
            findings.push(Finding::error("worker-not-in-queue", first_few(&outside), words));
        }
    }
    Ok(findings)
}

fn sids(workers: &[crate::twilio::Worker]) -> HashSet<String> {
    workers.iter().map(|worker| worker.sid.clone()).collect()
}

/// The queues of the steps that ring a known agent. A step without a queue has that of the step before.
fn known_agent_queues(configuration: &str) -> Vec<String> {
    let configuration: Value = serde_json::from_str(configuration).unwrap_or_default();
    let filters = configuration["task_routing"]["filters"].as_array().cloned().unwrap_or_default();
    let mut queues = Vec::new();
    for filter in &filters {
        let mut queue = None;
        for target in filter["targets"].as_array().into_iter().flatten() {
            queue = target["queue"].as_str().or(queue);
            let rings = target.get(KNOWN_WORKER).is_some();
            queues.extend(queue.filter(|queue| rings && !queues.iter().any(|known| known == queue)).map(str::to_owned));
        }
    }
    queues
}
