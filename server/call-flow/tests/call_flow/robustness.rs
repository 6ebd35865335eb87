//! Whatever somebody gives to be checked, the answer is findings, each with a sentence and advice.

use call_flow::{Finding, LintContext, lint_flow, lint_workflow, merge_filter, workflow};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::arbitrary_json::any_json;
use crate::settings::{context, flow, queues, widget};

fn is_worded(findings: &[Finding]) -> bool {
    findings
        .iter()
        .all(|finding| !finding.code().is_empty() && finding.sentence().len() > 20 && finding.advice().len() > 20)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn any_value_may_be_given_for_a_flow(value in any_json()) {
        prop_assert!(is_worded(&lint_flow(&value, &context())));
    }

    #[test]
    fn any_text_may_be_given_for_a_workflow(text in ".{0,80}", value in any_json()) {
        let context = LintContext { flow: Some(value.clone()), ..context() };
        for text in [text, value.to_string(), json!({"task_routing": value}).to_string()] {
            prop_assert!(is_worded(&lint_workflow(&text, &context)));
            if let Ok(merged) = merge_filter(&text, &queues()) {
                prop_assert!(merged.len() >= text.len());
            }
        }
    }

    #[test]
    fn any_value_may_stand_in_a_workflow(key in "[a-z_]{1,20}", value in any_json(), place in 0..4_usize) {
        let mut configuration = workflow(&queues());
        let keys = ["filter_friendly_name", "expression", "targets", "filters", "default_filter", &key];
        for key in keys {
            let filters = &mut configuration["task_routing"];
            let target = match place {
                0 => filters,
                1 if filters["filters"].is_array() => &mut filters["filters"][0],
                _ => filters,
            };
            if target.is_object() {
                target[key] = value.clone();
            }
        }
        prop_assert!(is_worded(&lint_workflow(&configuration.to_string(), &context())));
    }

    #[test]
    fn any_template_and_any_property_may_stand_in_a_flow(
        template in "[{}%|.a-z \"0-9-]{0,40}",
        value in any_json(),
        property in prop::sample::select(vec!["attributes", "input", "parameters", "finish_on_key", "number_of_digits"]),
    ) {
        for name in ["gather_extension", "find_agent", "is_found", "send_to_agent", "count_unknown"] {
            for value in [json!(template), value.clone(), json!([{"key": "agentExt", "value": template}])] {
                let mut flow: Value = flow();
                widget(&mut flow, name)["properties"][property] = value;
                prop_assert!(is_worded(&lint_flow(&flow, &context())));
            }
        }
    }
}
