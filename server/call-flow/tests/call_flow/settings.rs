//! Settings, and the definitions made from them, that the tests start from.

use call_flow::{LintContext, Lookup, Settings, WorkflowSettings, studio_flow, workflow};
use serde_json::Value;
use shared::NumberRules;

pub(crate) fn run_function() -> Lookup {
    Lookup::RunFunction {
        service_sid: "ZS1".into(),
        environment_sid: "ZE1".into(),
        function_sid: "ZH1".into(),
        url: "https://did-1234.twil.io/agentExtensions".into(),
    }
}

pub(crate) fn http_request() -> Lookup {
    Lookup::MakeHttpRequest { url: "https://did.example.com/agentExtensions".into() }
}

pub(crate) fn rules(min_digits: usize, max_digits: usize) -> NumberRules {
    NumberRules { min_digits, max_digits, reserved: Vec::new() }
}

pub(crate) fn queues() -> WorkflowSettings {
    WorkflowSettings::new("WQagents", "WQfallback")
}

/// The Flow that is generated with a Run Function for numbers of 2 to 10 digits.
pub(crate) fn flow() -> Value {
    studio_flow(&Settings::new(run_function(), "WW1", "TC1", &rules(2, 10)))
}

pub(crate) fn context() -> LintContext {
    LintContext {
        rules: Some(rules(2, 10)),
        numbers: vec!["12".into(), "123".into(), "7777".into()],
        workflow: Some(workflow(&queues()).to_string()),
        flow: None,
    }
}

/// A widget of a definition, to be broken.
pub(crate) fn widget<'f>(flow: &'f mut Value, name: &str) -> &'f mut Value {
    flow["states"].as_array_mut().unwrap().iter_mut().find(|widget| widget["name"] == name).unwrap()
}

/// Leads an event of a widget elsewhere, or nowhere.
pub(crate) fn lead(flow: &mut Value, name: &str, event: &str, next: Option<&str>) {
    let transitions = widget(flow, name)["transitions"].as_array_mut().unwrap();
    let transition = transitions.iter_mut().find(|transition| transition["event"] == event).unwrap();
    match next {
        Some(next) => transition["next"] = next.into(),
        None => _ = transition.as_object_mut().unwrap().remove("next"),
    }
}

/// The step of the generated routing that rings the agent.
pub(crate) fn agent_step(task_routing: &mut Value) -> &mut Value {
    &mut task_routing["filters"][0]["targets"][0]
}

/// The step after it, for callers whom no agent answered.
pub(crate) fn fallback_step(task_routing: &mut Value) -> &mut Value {
    &mut task_routing["filters"][0]["targets"][1]
}
