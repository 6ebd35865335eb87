//! Whether the filters of a Workflow ring the agent, and lead on where that fails.
//!
//! Does not know which Workers are in a queue. <https://www.twilio.com/docs/taskrouter/workflow-configuration>

use serde_json::Value;

use super::finding::Finding;
use crate::problem::Problem;

/// The keys of a step that give the known Worker.
const KNOWN: [&str; 2] = ["known_worker_sid", "known_worker_friendly_name"];

pub(super) fn check(configuration: &str) -> Vec<Finding> {
    let routing = match serde_json::from_str::<Value>(configuration) {
        Ok(mut top) => top.get_mut("task_routing").map(Value::take).unwrap_or_default(),
        Err(error) => return vec![Finding::new("", Problem::NotAWorkflow { reason: error.to_string() })],
    };
    if !routing.is_object() {
        return vec![Finding::new("", Problem::NotAWorkflow { reason: "it has no task_routing".to_owned() })];
    }
    let filters = filters(&routing);
    let mut findings: Vec<Finding> = filters.iter().flat_map(of_filter).collect();
    findings.extend(hidden(&filters));
    if !filters.iter().any(|filter| !known(filter).is_empty()) {
        findings.push(Finding::new("", Problem::NoKnownAgentRouting));
    }
    if routing["default_filter"]["queue"].as_str().is_none() {
        findings.push(Finding::new("", Problem::NoDefaultFilter));
    }
    findings
}

/// A step that routes to a known Worker's SID.
pub(super) struct KnownWorker {
    /// The name of its filter.
    pub(super) filter: String,
    /// The attribute that the SID is read from.
    pub(super) attribute: String,
}

/// The attributes that name the known Worker, each once.
pub(super) fn attributes_read(configuration: &str) -> Vec<String> {
    let mut read: Vec<String> = known_workers(configuration).into_iter().map(|known| known.attribute).collect();
    read.sort_unstable();
    read.dedup();
    read
}

/// The steps that route to a known Worker's SID.
pub(super) fn known_workers(configuration: &str) -> Vec<KnownWorker> {
    let top: Value = serde_json::from_str(configuration).unwrap_or_default();
    let filters = filters(&top["task_routing"]);
    let by_sid = |target: &Value| Some(target["known_worker_sid"].as_str()?.strip_prefix("task.")?.to_owned());
    let of_filter = |filter: Filter| {
        let attributes: Vec<String> = filter.targets.iter().filter_map(by_sid).collect();
        attributes.into_iter().map(move |attribute| KnownWorker { filter: filter.name.clone(), attribute })
    };
    filters.into_iter().flat_map(of_filter).collect()
}

/// What is looked at of a filter.
struct Filter {
    name: String,
    expression: String,
    targets: Vec<Value>,
}

fn filters(routing: &Value) -> Vec<Filter> {
    let filters = routing["filters"].as_array().into_iter().flatten().zip(1..);
    filters
        .map(|(filter, number)| {
            let name = filter["filter_friendly_name"].as_str().or_else(|| filter["friendly_name"].as_str());
            Filter {
                name: name.map_or_else(|| format!("filter {number}"), str::to_owned),
                expression: filter["expression"].as_str().unwrap_or_default().to_owned(),
                targets: filter["targets"].as_array().cloned().unwrap_or_default(),
            }
        })
        .collect()
}

fn of_filter(filter: &Filter) -> Vec<Finding> {
    let mut problems = Vec::new();
    let is_part = |letter: char| letter.is_ascii_alphanumeric() || "_.".contains(letter);
    if filter.expression.split(|letter| !is_part(letter)).any(|word| word.starts_with("task.")) {
        problems.push(Problem::FilterWithTaskPrefix { expression: filter.expression.clone() });
    }
    for value in known(filter) {
        let attribute = value.as_str().and_then(|value| value.strip_prefix("task."));
        if !attribute.is_some_and(|name| !name.is_empty() && name.chars().all(is_part)) {
            let value = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
            problems.push(Problem::KnownWorkerNotAReference { value });
        }
    }
    let timeout = filter.targets.last().map(|last| &last["timeout"]).filter(|timeout| !timeout.is_null());
    problems.extend(timeout.map(|timeout| Problem::LastStepTimesOut { timeout: timeout.to_string().replace('"', "") }));
    problems.into_iter().map(|problem| Finding::new(&filter.name, problem)).collect()
}

/// What a filter's steps give as the known Worker.
fn known(filter: &Filter) -> Vec<&Value> {
    let given = filter.targets.iter().flat_map(|target| KNOWN.iter().map(|key| &target[*key]));
    given.filter(|value| !value.is_null()).collect()
}

/// Filters that ring an agent behind one that takes every Task: TaskRouter takes the first that matches.
fn hidden(filters: &[Filter]) -> Vec<Finding> {
    let takes_all = |filter: &&Filter| {
        let expression: String = filter.expression.split_whitespace().collect();
        ["1==1", "true", "TRUE"].contains(&expression.as_str())
    };
    let Some((position, behind)) = filters.iter().enumerate().find(|(_, filter)| takes_all(filter)) else {
        return Vec::new();
    };
    let ringing = filters[position + 1..].iter().filter(|filter| !known(filter).is_empty());
    ringing.map(|filter| Finding::new(&filter.name, Problem::HiddenFilter { behind: behind.name.clone() })).collect()
}
