//! The attributes that the call's Task gets: Liquid that renders to a JSON object.
//!
//! Knows nothing of widgets but the names of those it reads from.
//! <https://www.twilio.com/docs/studio/widget-library/send-flex>

/// The attribute with the Worker's SID, or null: the one that the Workflow reads.
pub(crate) const WORKER: &str = "workerSID";
/// The same once more, for Workflows that were written for this spelling.
const WORKER_TOO: &str = "workerSid";
/// The attribute, and the Flow's variable, that says how the lookup ended.
pub(crate) const OUTCOME: &str = "extensionOutcome";
/// What the caller keyed in.
const EXTENSION: &str = "agentExtension";
/// As Flex's own Flows set them.
const CALLER: &str = r#""type": "inbound", "name": {{trigger.call.From | to_json}}"#;

/// Of a call for the agent whom `lookup` found. No value stands in quotation marks, so that a missing one is null.
pub(super) fn agent(lookup: &str) -> String {
    let parsed = |key: &str| format!("{{{{widgets.{lookup}.parsed.{key} | to_json}}}}");
    let (worker, extension) = (parsed("workerSID"), parsed("extension"));
    format!(
        r#"{{{CALLER}, "{WORKER}": {worker}, "{WORKER_TOO}": {worker}, "{EXTENSION}": {extension}, "{OUTCOME}": "found"}}"#
    )
}

/// Of a call that has no agent.
pub(super) fn fallback(gather: &str) -> String {
    let extension = format!("{{{{widgets.{gather}.Digits | to_json}}}}");
    let outcome = format!("{{{{flow.variables.{OUTCOME} | to_json}}}}");
    format!(
        r#"{{{CALLER}, "{WORKER}": null, "{WORKER_TOO}": null, "{EXTENSION}": {extension}, "{OUTCOME}": {outcome}}}"#
    )
}
