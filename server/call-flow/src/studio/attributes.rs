//! The attributes that the call's Task gets: Liquid that renders to a JSON object.
//!
//! Of the widgets it knows only the names of those it reads from.
//! <https://www.twilio.com/docs/studio/widget-library/send-flex>

/// The attribute with the Worker's SID, or null: the one that the Workflow reads.
pub(crate) const WORKER: &str = "workerSID";
/// The other spelling of the same, for Workflows that were written for it.
const WORKER_OTHER_SPELLING: &str = "workerSid";
/// The attribute, and the Flow's variable, that says how the lookup ended.
pub(crate) const OUTCOME: &str = "extensionOutcome";
/// What the caller keyed in.
const EXTENSION: &str = "agentExtension";
/// As Flex's own Flows set them.
const CALLER: &str = r#""type": "inbound", "name": {{trigger.call.From | to_json}}"#;

/// The attributes of a call for the agent whom `lookup` found. No value stands in quotation marks, so that a missing one is null.
pub(super) fn agent(lookup: &str) -> String {
    let parsed = |key: &str| format!("{{{{widgets.{lookup}.parsed.{key} | to_json}}}}");
    let (worker, extension) = (parsed("workerSID"), parsed("extension"));
    format!(
        r#"{{{CALLER}, "{WORKER}": {worker}, "{WORKER_OTHER_SPELLING}": {worker}, "{EXTENSION}": {extension}, "{OUTCOME}": "found"}}"#
    )
}

/// The attributes of a call that has no agent.
pub(super) fn fallback(gather: &str) -> String {
    let extension = format!("{{{{widgets.{gather}.Digits | to_json}}}}");
    let outcome = format!("{{{{flow.variables.{OUTCOME} | to_json}}}}");
    format!(
        r#"{{{CALLER}, "{WORKER}": null, "{WORKER_OTHER_SPELLING}": null, "{EXTENSION}": {extension}, "{OUTCOME}": {outcome}}}"#
    )
}
