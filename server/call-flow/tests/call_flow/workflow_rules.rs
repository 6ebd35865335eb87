//! Each rule for a Workflow, with a configuration that is broken in exactly that way.

use call_flow::{LintContext, Severity, lint_workflow, workflow};
use serde_json::{Value, json};

use crate::findings::{Found, only, parts};
use crate::settings::{agent_step, fallback_step, flow, queues, widget};

#[track_caller]
fn found(configuration: &Value, context: &LintContext) -> Vec<Found> {
    let findings = lint_workflow(&configuration.to_string(), context);
    assert!(findings.iter().all(|finding| finding.sentence().ends_with('.')), "{findings:?}");
    parts(&findings)
}

/// Breaks the generated configuration and tells what is found.
#[track_caller]
fn broken(how: impl FnOnce(&mut Value)) -> Vec<Found> {
    let mut configuration = workflow(&queues());
    how(&mut configuration["task_routing"]);
    found(&configuration, &LintContext::default())
}

#[test]
fn a_timeout_on_the_last_step_is_found() {
    for timeout in [json!(20), json!("20")] {
        let found = broken(|routing| fallback_step(routing)["timeout"] = timeout);
        assert_eq!(found, only("last-step-times-out", "Agent extension"));
    }
}

#[test]
fn a_known_worker_that_is_no_attribute_of_the_task_is_found() {
    for value in ["WK1", "workerSID", "{{task.workerSID}}", "'task.workerSID'", "task.", "task.worker SID"] {
        let found = broken(|routing| agent_step(routing)["known_worker_sid"] = json!(value));
        assert_eq!(found, only("known-worker-not-a-reference", "Agent extension"), "{value}");
    }
    let by_name = |routing: &mut Value| agent_step(routing)["known_worker_friendly_name"] = json!("Jo");
    assert_eq!(broken(by_name), only("known-worker-not-a-reference", "Agent extension"));
}

#[test]
fn a_filter_that_names_the_task_is_found() {
    let found = broken(|routing| routing["filters"][0]["expression"] = json!("task.workerSID != null"));
    assert_eq!(found, only("filter-with-task-prefix", "Agent extension"));
    assert_eq!(broken(|routing| routing["filters"][0]["expression"] = json!("subtask.a == 1")), []);
}

#[test]
fn a_filter_behind_one_that_takes_everything_is_found() {
    let catch_all = json!({"filter_friendly_name": "All", "expression": "1 == 1", "targets": [{"queue": "WQ1"}]});
    let found = broken(|routing| routing["filters"].as_array_mut().unwrap().insert(0, catch_all));
    assert_eq!(found, only("hidden-filter", "Agent extension"));
}

#[test]
fn a_configuration_without_known_agent_routing_is_found() {
    let found = broken(|routing| routing["filters"] = json!([]));
    assert_eq!(found, only("no-known-agent-routing", ""));
}

#[test]
fn a_configuration_without_a_default_filter_is_a_warning() {
    let mut configuration = workflow(&queues());
    configuration["task_routing"].as_object_mut().unwrap().remove("default_filter");
    let findings = lint_workflow(&configuration.to_string(), &LintContext::default());
    assert_eq!(parts(&findings), only("no-default-filter", ""));
    assert!(findings.iter().all(|finding| finding.severity() == Severity::Warning));
}

#[test]
fn an_attribute_that_the_flow_does_not_set_is_found_at_the_filter_that_reads_it() {
    let mut flow = flow();
    let context = |flow: &Value| LintContext { flow: Some(flow.clone()), ..LintContext::default() };
    let mut configuration = workflow(&queues());
    assert_eq!(found(&configuration, &context(&flow)), []);
    agent_step(&mut configuration["task_routing"])["known_worker_sid"] = json!("task.worker_sid");
    assert_eq!(found(&configuration, &context(&flow)), only("attribute-spelling", "Agent extension"));
    widget(&mut flow, "send_to_agent")["properties"]["attributes"] = json!("{}");
    agent_step(&mut configuration["task_routing"])["known_worker_sid"] = json!("task.agent");
    assert_eq!(found(&configuration, &context(&flow)), only("attribute-spelling", "Agent extension"));
}

#[test]
fn what_is_no_configuration_is_found() {
    for text in ["", "[", "[]", "{}", r#"{"task_routing":[]}"#] {
        let findings = lint_workflow(text, &LintContext::default());
        assert_eq!(findings.iter().map(call_flow::Finding::code).collect::<Vec<_>>(), ["not-a-workflow"], "{text}");
    }
}

#[test]
fn a_finding_is_json_with_a_code_a_severity_a_place_a_sentence_and_advice() {
    let mut configuration = workflow(&queues());
    fallback_step(&mut configuration["task_routing"])["timeout"] = json!(20);
    let findings = lint_workflow(&configuration.to_string(), &LintContext::default());
    let expected = json!([{
        "code": "last-step-times-out",
        "severity": "error",
        "where": "Agent extension",
        "problem": {"code": "last-step-times-out", "timeout": "20"},
        "message": "Agent extension: The last step times out after 20 seconds, and TaskRouter then cancels the call's Task.",
        "advice": "Add a step with the fallback queue and without a timeout.",
    }]);
    assert_eq!(serde_json::to_value(&findings).unwrap(), expected);
}
