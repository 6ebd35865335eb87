//! The files in `docs/import`: the same Flow and Workflow with placeholders, for whoever imports them by hand.
//!
//! Knows what is in them, not where they are written.

use serde_json::Value;
use shared::NumberRules;

use crate::settings::{Lookup, Settings, WorkflowSettings};
use crate::studio::studio_flow;
use crate::workflow::workflow;

/// A file to import by hand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportFile {
    /// Its name.
    pub name: &'static str,
    /// What is in it; it ends with a line break.
    pub text: String,
}

/// Every file to import by hand.
#[must_use]
pub fn import_files() -> Vec<ImportFile> {
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
        ImportFile { name: "studio-flow-run-function.json", text: pretty(&flow(function)) },
        ImportFile { name: "studio-flow-http-request.json", text: pretty(&flow(request)) },
        ImportFile { name: "taskrouter-workflow.json", text: pretty(&workflow(&queues)) },
    ]
}

/// A SID that nobody takes for a real one.
fn placeholder(prefix: &str) -> String {
    format!("{prefix}{}", "x".repeat(32))
}

fn pretty(value: &Value) -> String {
    format!("{value:#}\n")
}
