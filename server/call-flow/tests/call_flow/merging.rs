//! Our filters come into a customer's configuration, and nothing else of it changes by a byte.

use call_flow::{LintContext, lint_workflow, merge_filter, workflow};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::arbitrary_json::any_json;
use crate::settings::{agent_step, queues};

/// What was inserted, given what was there; the rest must be the same bytes.
#[track_caller]
fn inserted(existing: &str) -> String {
    let merged = merge_filter(existing, &queues()).unwrap();
    let kept_before = existing.bytes().zip(merged.bytes()).take_while(|(old, new)| old == new).count();
    let kept_after = existing.len() - kept_before;
    assert_eq!(existing[kept_before..], merged[merged.len() - kept_after..], "{merged}");
    assert_eq!(merge_filter(&merged, &queues()).unwrap(), merged, "a second merge changes something");
    merged[kept_before..merged.len() - kept_after].to_owned()
}

fn names(configuration: &str) -> Vec<String> {
    let top: Value = serde_json::from_str(configuration).unwrap();
    let filters = top["task_routing"]["filters"].as_array().unwrap();
    filters.iter().map(|filter| filter["filter_friendly_name"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn the_filters_come_before_those_that_are_there() {
    let existing = "{ \"task_routing\" :\n\t{\"default_filter\": {\"queue\":\"WQ\\u0041\"},  \"filters\" : [ \n \
                    {\"filter_friendly_name\":\"Sales ä\", \"expression\":\"1==1\", \"targets\":[{\"queue\":\"WQ1\",\
                    \"priority\": 1.0}]} ] } , \"other\":[1,2 ]}\n";
    inserted(existing);
    let merged = merge_filter(existing, &queues()).unwrap();
    assert_eq!(names(&merged), ["Agent extension", "Agent extension, no agent", "Sales ä"]);
    assert_eq!(lint_workflow(&merged, &LintContext::default()), []);
}

#[test]
fn a_configuration_without_filters_gets_them() {
    for existing in [
        "{}",
        " { } ",
        r#"{"task_routing":{}}"#,
        r#"{"task_routing":{"filters":[]}}"#,
        r#"{"task_routing":{"filters":[ ],"default_filter":{"queue":"WQ1"}}}"#,
        r#"{"task_routing":{"default_filter":{"queue":"WQ1"}}}"#,
        r#"{"a":1}"#,
    ] {
        inserted(existing);
        let merged = merge_filter(existing, &queues()).unwrap();
        assert_eq!(names(&merged), ["Agent extension", "Agent extension, no agent"], "{existing}");
    }
}

#[test]
fn nothing_at_all_becomes_a_whole_configuration() {
    for nothing in ["", "  \n"] {
        let merged: Value = serde_json::from_str(&merge_filter(nothing, &queues()).unwrap()).unwrap();
        assert_eq!(merged, workflow(&queues()));
    }
}

#[test]
fn a_filter_of_ours_that_somebody_adapted_stays_as_it_is() {
    let mut adapted = workflow(&queues());
    agent_step(&mut adapted["task_routing"])["timeout"] = json!(45);
    let text = format!("{adapted:#}");
    assert_eq!(merge_filter(&text, &queues()).unwrap(), text);
}

#[test]
fn a_missing_one_of_the_two_filters_comes_to_where_it_is_asked_in_time() {
    for missing in [0, 1] {
        let mut one = workflow(&queues());
        one["task_routing"]["filters"].as_array_mut().unwrap().remove(missing);
        inserted(&one.to_string());
        let merged = merge_filter(&one.to_string(), &queues()).unwrap();
        assert_eq!(names(&merged), ["Agent extension", "Agent extension, no agent"]);
    }
}

#[test]
fn what_is_no_configuration_is_refused_with_a_next_step() {
    for wrong in [
        "{",
        "[]",
        "\"x\"",
        r#"{"task_routing":[]}"#,
        r#"{"task_routing":null}x"#,
        r#"{"task_routing":{"filters":{}}}"#,
        r#"{"task_routing":{"filters":[],"filters":[]}}"#,
        r#"{"task_routing":{"filters":"x"}}"#,
    ] {
        let error = merge_filter(wrong, &queues()).unwrap_err().to_string();
        assert!(error.contains("mend it in TaskRouter"), "{wrong}: {error}");
    }
}

proptest! {
    #[test]
    fn every_other_byte_stays(
        others in prop::collection::vec(any_json(), 0..4),
        default_filter in any_json(),
        unknown in any_json(),
        is_pretty in any::<bool>(),
        has_filters in any::<bool>(),
    ) {
        let mut configuration = json!({"a": unknown, "task_routing": {"default_filter": default_filter}, "z": unknown});
        if has_filters {
            configuration["task_routing"]["filters"] = Value::from(others.clone());
        }
        let text = if is_pretty { format!("{configuration:#}") } else { configuration.to_string() };
        inserted(&text);
        let merged: Value = serde_json::from_str(&merge_filter(&text, &queues()).unwrap()).unwrap();
        let filters = merged["task_routing"]["filters"].as_array().unwrap();
        let kept = if has_filters { others.as_slice() } else { &[] };
        prop_assert_eq!(&filters[2..], kept);
        prop_assert_eq!(&merged["z"], &configuration["z"]);
    }
}
