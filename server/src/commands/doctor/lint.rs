//! `doctor lint`: the rules of the call flow for files, without an account.
//!
//! Does not know how the files are read.

use call_flow::{LintContext, lint_flow, lint_workflow};
use serde_json::Value;
use shared::NumberRules;

use super::{Finding, strings};

/// A file.
#[derive(Clone, Debug)]
pub struct Document {
    /// What it is called in findings.
    pub name: String,
    /// What is in it.
    pub text: String,
}

/// A file that is neither a Studio Flow nor a TaskRouter Workflow.
#[derive(Debug, thiserror::Error)]
#[error("{}", strings::not_linted(.name, .reason))]
pub struct NeitherFlowNorWorkflow {
    name: String,
    reason: String,
}

enum Kind {
    Flow(Value),
    Workflow,
}

/// Checks Studio Flow definitions and TaskRouter Workflow configurations. A Flow is compared with the first Workflow
/// among them, and gathered digits with `rules`, if there are any.
///
/// # Errors
///
/// [`NeitherFlowNorWorkflow`] when one is neither a Flow nor a Workflow.
pub fn lint_documents(
    documents: &[Document],
    rules: Option<NumberRules>,
) -> Result<Vec<Finding>, NeitherFlowNorWorkflow> {
    let kinds = documents.iter().map(kind).collect::<Result<Vec<_>, _>>()?;
    let workflow = documents.iter().zip(&kinds).find(|(_, kind)| matches!(kind, Kind::Workflow));
    let workflow = workflow.map(|(document, _)| document.text.clone());
    let context = LintContext { rules, workflow, ..LintContext::default() };
    let mut findings = Vec::new();
    for (document, kind) in documents.iter().zip(&kinds) {
        let found = match kind {
            Kind::Flow(definition) => lint_flow(definition, &context),
            Kind::Workflow => lint_workflow(&document.text, &context),
        };
        findings.extend(found.iter().map(|finding| Finding::of_call_flow(&document.name, finding)));
    }
    Ok(findings)
}

/// A Flow has states and a Workflow has routing. A Flow as the REST API shows it has its definition inside.
fn kind(document: &Document) -> Result<Kind, NeitherFlowNorWorkflow> {
    let refused = |reason: &str| NeitherFlowNorWorkflow { name: document.name.clone(), reason: reason.to_owned() };
    let value: Value = serde_json::from_str(&document.text).map_err(|error| refused(&error.to_string()))?;
    if value.get("task_routing").is_some() {
        return Ok(Kind::Workflow);
    }
    let definition = value.get("definition").cloned().unwrap_or(value);
    if definition.get("states").is_some() { Ok(Kind::Flow(definition)) } else { Err(refused(strings::NEITHER)) }
}
