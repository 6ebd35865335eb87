//! The three mistakes in the set-up that the original showed: each is found, and says how to mend it.

use call_flow::{LintContext, Severity, lint_flow, lint_workflow};
use serde_json::Value;

use crate::findings::{found_at, only, parts};

/// The Flow of the original's pictures: gather, ask the Function, send to Flex.
fn pictured_flow() -> Value {
    serde_json::from_str(include_str!("../pictured/flow.json")).unwrap()
}

/// The Workflow of the original's pictures: one step, with a timeout.
fn pictured_workflow() -> String {
    include_str!("../pictured/workflow.json").to_owned()
}

#[test]
fn the_pictured_flow_sets_another_spelling_than_the_pictured_workflow_reads() {
    let context = LintContext { workflow: Some(pictured_workflow()), ..LintContext::default() };
    let findings = lint_flow(&pictured_flow(), &context);
    let finding = findings.iter().find(|finding| finding.code() == "attribute-spelling").unwrap();
    assert_eq!(finding.place, "flex");
    assert_eq!(
        finding.sentence(),
        "flex: The Flow sets workerSid, but the Workflow reads workerSID: no agent is ever rung."
    );
    assert!(finding.advice().starts_with("Set workerSID in the attributes"));
    let context = LintContext { flow: Some(pictured_flow()), ..LintContext::default() };
    let codes: Vec<_> = lint_workflow(&pictured_workflow(), &context).iter().map(call_flow::Finding::code).collect();
    assert!(codes.contains(&"attribute-spelling".to_owned()), "{codes:?}");
}

#[test]
fn the_pictured_workflow_cancels_the_call_when_its_only_step_times_out() {
    let findings = lint_workflow(&pictured_workflow(), &LintContext::default());
    assert_eq!(parts(&findings), only("last-step-times-out", "Extension"));
    assert!(findings.iter().all(|finding| finding.severity() == Severity::Error));
}

#[test]
fn the_pictured_flow_writes_an_unknown_extension_as_an_empty_text() {
    let findings = lint_flow(&pictured_flow(), &LintContext::default());
    assert_eq!(parts(&findings), [found_at("enqueue-failure-drops-caller", "flex"), found_at("quoted-null", "flex")]);
}
