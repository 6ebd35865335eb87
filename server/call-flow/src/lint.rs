//! The rules that a Flow and a Workflow must keep so that a caller reaches the agent or the fallback.
//!
//! Call [`lint_flow`] and [`lint_workflow`]; each rule has a file, and a customer's own Flow is held to it as ours is.
//!
//! It does not know the account: which Workers are in a queue, for example, is for the caller to check.

mod attribute_spelling;
mod attributes;
mod finding;
mod gathering;
mod graph;
mod retries;
mod samples;
mod stale_replies;
mod structure;
mod workflow_filters;

use serde_json::Value;
use shared::NumberRules;

use self::graph::Graph;
use crate::definition::Flow;
use crate::problem::Problem;

pub use finding::Finding;

/// What else is known about the account. Each part may be left out, and then the rules that need it find nothing.
#[derive(Clone, Debug, Default)]
pub struct LintContext {
    /// Which extension numbers are allowed.
    pub rules: Option<NumberRules>,
    /// The extension numbers that are in use, to be told apart by the gathering.
    pub numbers: Vec<String>,
    /// For `lint_flow`: the configuration of the Workflow that the Flow hands calls to, as text.
    pub workflow: Option<String>,
    /// For `lint_workflow`: the definition of the Flow that hands calls to it.
    ///
    /// What the two disagree on is found from either side, so give only one of them the other.
    pub flow: Option<Value>,
}

/// Checks a Studio Flow definition, given as its JSON. Nothing found means that no rule is broken.
#[must_use]
pub fn lint_flow(definition: &Value, context: &LintContext) -> Vec<Finding> {
    let flow = match Flow::parse(definition) {
        Ok(flow) if !flow.states.is_empty() => flow,
        Ok(_) => return vec![Finding::new("", Problem::NotAFlow { reason: "it has no states".to_owned() })],
        Err(error) => return vec![Finding::new("", Problem::NotAFlow { reason: error.to_string() })],
    };
    let graph = Graph::new(&flow);
    let mut findings = structure::check(&flow, &graph);
    findings.extend(retries::check(&graph));
    findings.extend(stale_replies::check(&graph));
    findings.extend(attributes::check(&graph));
    findings.extend(gathering::check(&flow, context));
    let read = context.workflow.as_deref().map(workflow_filters::attributes_read).unwrap_or_default();
    findings.extend(attribute_spelling::of_flow(&flow, &read));
    findings
}

/// Checks the configuration of a TaskRouter Workflow, given as its text. Nothing found means that no rule is broken.
#[must_use]
pub fn lint_workflow(configuration: &str, context: &LintContext) -> Vec<Finding> {
    let mut findings = workflow_filters::check(configuration);
    let flow = context.flow.as_ref().and_then(|definition| Flow::parse(definition).ok());
    findings.extend(flow.iter().flat_map(|flow| attribute_spelling::of_workflow(flow, configuration)));
    findings
}
