//! The files in `docs/import`: the same Flow and Workflow with placeholders, for whoever imports them by hand.
//!
//! Knows what is in them, not where they are written.

use serde_json::Value;
use shared::NumberRules;

use crate::settings::{Lookup, Settings, WorkflowSettings};
use crate::studio::studio_flow;
use crate::workflow::workflow;

/// Each file's name and its text, which ends with a line break.
#[must_use]
pub fn import_files() -> Vec<(&'static str, String)> {
    let function = Lookup::RunFunction {
        service_sid: placeholder("ZS"),
        environment_sid: placeholder("ZE"),
        function_sid: placeholder("ZH"),
        url: "https://your-domain-1234.twil.io/agentExtensions".to_owned(),
    };
    let request = Lookup::MakeHttpRequest { url: "https://your-server.example.com/agentExtensions".to_owned() };
    let flow =
        |lookup| studio_flow(&Settings::new(lookup, &placeholder("WW"), &placeholder("TC"), &NumberRules::default()));
    let queues = WorkflowSettings::new("WQ-queue-with-every-agent", "WQ-queue-of-the-fallback");
    vec![
        ("studio-flow-run-function.json", pretty(&flow(function))),
        ("studio-flow-http-request.json", pretty(&flow(request))),
        ("taskrouter-workflow.json", pretty(&workflow(&queues))),
    ]
}

/// A SID that nobody takes for a real one.
fn placeholder(prefix: &str) -> String {
    format!("{prefix}{}", "x".repeat(32))
}

fn pretty(value: &Value) -> String {
    format!("{value:#}\n")
}
