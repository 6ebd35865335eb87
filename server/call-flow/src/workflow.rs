//! The filters of a TaskRouter Workflow that ring the agent of an extension.
//!
//! Does not know an existing configuration; see `merge`.
//! <https://www.twilio.com/docs/taskrouter/workflow-configuration>

use serde_json::{Value, json};

use crate::settings::WorkflowSettings;
use crate::studio::attributes::{OUTCOME, WORKER};

/// The filter that rings the agent.
pub const ROUTING_FILTER: &str = "Agent extension";
/// The filter for callers whom the Flow could not give an agent.
pub const FALLBACK_FILTER: &str = "Agent extension, no agent";
/// Callers who did their part already go before those who just called.
const FALLBACK_PRIORITY: u32 = 10;

/// A whole configuration, for a Workflow of its own.
#[must_use]
pub fn workflow(settings: &WorkflowSettings) -> Value {
    json!({"task_routing": {
        "filters": [routing_filter(settings), fallback_filter(settings)],
        "default_filter": {"queue": settings.fallback_queue},
    }})
}

/// Rings the agent, then goes to the fallback. Its last step has no timeout, because TaskRouter cancels a Task whose
/// last step times out, and that drops the caller.
pub(crate) fn routing_filter(settings: &WorkflowSettings) -> Value {
    let mut agent = json!({
        "queue": settings.agents_queue,
        "known_worker_sid": format!("task.{WORKER}"),
        "timeout": settings.ring_seconds.max(1),
    });
    if settings.skip_when_unavailable {
        // TaskRouter asks this only if the agent could not be rung at once.
        agent["skip_if"] = json!("1==1");
    }
    json!({
        "filter_friendly_name": ROUTING_FILTER,
        "expression": format!("{WORKER} != null"),
        "targets": [agent, fallback(settings)],
    })
}

/// Takes the calls of the Flow that have no agent, which would otherwise go wherever the other filters say.
pub(crate) fn fallback_filter(settings: &WorkflowSettings) -> Value {
    json!({
        "filter_friendly_name": FALLBACK_FILTER,
        "expression": format!("{OUTCOME} != null"),
        "targets": [fallback(settings)],
    })
}

fn fallback(settings: &WorkflowSettings) -> Value {
    json!({"queue": settings.fallback_queue, "priority": FALLBACK_PRIORITY})
}
