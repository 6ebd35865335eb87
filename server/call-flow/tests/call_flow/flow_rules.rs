//! Each rule for a Flow, with a definition that is broken in exactly that way.

use call_flow::{LintContext, Severity, lint_flow};
use serde_json::{Value, json};

use crate::findings::{Found, found_at, only, parts};
use crate::settings::{context, flow, http_request, lead, rules, widget};

#[track_caller]
fn found(flow: &Value, context: &LintContext) -> Vec<Found> {
    let findings = lint_flow(flow, context);
    assert!(findings.iter().all(|finding| finding.advice().ends_with('.')), "{findings:?}");
    parts(&findings)
}

/// Breaks the generated Flow and tells what is found.
#[track_caller]
fn broken(how: impl FnOnce(&mut Value)) -> Vec<Found> {
    let mut flow = flow();
    how(&mut flow);
    found(&flow, &context())
}

fn set(flow: &mut Value, name: &str, property: &str, value: Value) {
    widget(flow, name)["properties"][property] = value;
}

fn attributes(text: &str) -> impl FnOnce(&mut Value) + use<> {
    let value = json!(text);
    move |flow| set(flow, "send_to_agent", "attributes", value)
}

/// The agent's attributes with another value for both spellings of the Worker's SID.
fn worker(value: &str) -> impl FnOnce(&mut Value) + use<> {
    attributes(&format!(r#"{{"workerSID": {value}, "workerSid": {value}}}"#))
}

/// Sends every answer of the lookup to the agent's widget, as a Flow does that has no branches.
fn without_branches(flow: &mut Value) {
    lead(flow, "find_agent", "success", Some("send_to_agent"));
    lead(flow, "find_agent", "fail", Some("send_to_agent"));
}

#[test]
fn a_transition_to_a_widget_that_is_not_there_is_found() {
    let found = broken(|flow| lead(flow, "say_no_more_tries", "audioComplete", Some("nowhere")));
    assert_eq!(found, only("missing-widget", "say_no_more_tries"));
    assert_eq!(broken(|flow| flow["initial_state"] = json!("Beginning")), only("missing-widget", ""));
}

#[test]
fn two_widgets_of_one_name_are_found() {
    let again = |flow: &mut Value| {
        let goodbye = widget(flow, "say_goodbye").clone();
        flow["states"].as_array_mut().unwrap().push(goodbye);
    };
    assert_eq!(broken(again), only("duplicate-name", "say_goodbye"));
}

#[test]
fn an_event_that_ends_the_call_without_an_agent_or_the_fallback_is_found() {
    for (name, event) in [
        ("gather_extension", "timeout"),
        ("gather_extension", "speech"),
        ("find_agent", "fail"),
        ("is_found", "noMatch"),
        ("say_lookup_failed", "audioComplete"),
    ] {
        let found = broken(|flow| lead(flow, name, event, None));
        assert_eq!(found, only("dead-end", name), "{event}");
    }
    let unlisted = |flow: &mut Value| widget(flow, "say_no_more_tries")["transitions"] = json!([]);
    assert_eq!(broken(unlisted), only("dead-end", "say_no_more_tries"));
}

#[test]
fn a_send_to_flex_that_leads_nowhere_when_it_fails_is_a_warning() {
    let mut flow = flow();
    lead(&mut flow, "send_to_agent", "failedToEnqueue", None);
    let findings = lint_flow(&flow, &context());
    assert_eq!(parts(&findings), only("enqueue-failure-drops-caller", "send_to_agent"));
    assert!(findings.iter().all(|finding| finding.severity() == Severity::Warning));
}

#[test]
fn another_spelling_than_the_workflow_reads_is_found() {
    let found = broken(attributes(r#"{"workerSid": {{widgets.find_agent.parsed.workerSID | to_json}}}"#));
    // The fallback's null is spelt both ways, so only a Flow that spells every one wrongly is broken.
    assert_eq!(found, []);
    let rename = |flow: &mut Value| {
        for name in ["send_to_agent", "send_to_fallback", "send_to_fallback_again"] {
            set(flow, name, "attributes", json!(r#"{"workerSid": null}"#));
        }
    };
    assert_eq!(broken(rename), only("attribute-spelling", "send_to_agent"));
}

#[test]
fn a_worker_that_is_a_text_although_nobody_was_found_is_found() {
    assert_eq!(broken(worker(r#""null""#)), only("quoted-null", "send_to_agent"));
    let quoted = worker(r#""{{widgets.find_agent.parsed.workerSID}}""#);
    let found = broken(|flow| {
        quoted(flow);
        without_branches(flow);
    });
    assert!(found.contains(&found_at("quoted-null", "send_to_agent")), "{found:?}");
    let quoted = worker(r#""{{widgets.find_agent.parsed.workerSID}}""#);
    assert_eq!(broken(quoted), [], "only callers who have an agent come here");
}

#[test]
fn attributes_that_can_be_longer_than_1024_characters_are_found() {
    let long = |flow: &mut Value| {
        let padding = "x".repeat(1024);
        attributes(&format!(r#"{{"workerSID": null, "note": "{padding}"}}"#))(flow);
    };
    assert_eq!(broken(long), only("attributes-too-long", "send_to_agent"));
    let by_a_long_name = r#"{"a": "{{widgets.find_agent.parsed.a}}", "b": "{{widgets.find_agent.parsed.b}}",
        "c": "{{widgets.find_agent.parsed.c}}", "d": "{{widgets.find_agent.parsed.d}}"}"#;
    assert_eq!(broken(attributes(by_a_long_name)), only("attributes-too-long", "send_to_agent"));
    let shortened = r#"{"a": "{{widgets.find_agent.parsed.workerFullName | truncate: 40}}"}"#;
    assert_eq!(broken(attributes(shortened)), []);
}

#[test]
fn attributes_that_are_no_json_once_they_are_rendered_are_found() {
    for text in [r#"{"a": 1,}"#, "[]", r#"{"a": {{trigger.call.From}}}"#, r#"{"a": "1"#] {
        assert_eq!(broken(attributes(text)), only("attributes-not-json", "send_to_agent"), "{text}");
    }
    let bare = worker("{{widgets.find_agent.parsed.workerSID}}");
    let found = broken(|flow| {
        bare(flow);
        without_branches(flow);
    });
    assert!(found.contains(&found_at("attributes-not-json", "send_to_agent")), "{found:?}");
}

#[test]
fn a_template_that_can_not_be_rendered_is_found() {
    for text in ["{% if %}", "{{ 'a' | no_such_filter }}"] {
        assert_eq!(broken(attributes(text)), only("broken-liquid", "send_to_agent"), "{text}");
    }
}

#[test]
fn a_branch_on_the_worker_alone_in_a_loop_trusts_the_answer_before() {
    let on_the_worker = |flow: &mut Value| {
        let input = json!("{{widgets.find_agent.parsed.workerSID}}");
        set(flow, "is_found", "input", input.clone());
        let condition = json!([{"friendly_name": "Blank", "arguments": [input], "type": "is_blank", "value": ""}]);
        let transitions = json!([
            {"event": "noMatch", "next": "say_connecting"},
            {"event": "match", "next": "count_unknown", "conditions": condition},
        ]);
        widget(flow, "is_found")["transitions"] = transitions;
    };
    assert_eq!(broken(on_the_worker), only("stale-parsed", "is_found"));
}

#[test]
fn a_failure_that_goes_on_as_if_there_were_an_answer_trusts_the_answer_before() {
    let found = broken(|flow| lead(flow, "find_agent", "fail", Some("is_found")));
    assert_eq!(found, only("stale-parsed", "is_found"));
}

#[test]
fn a_loop_that_nothing_counts_is_found() {
    for (name, event) in [("gather_extension", "timeout"), ("is_found", "noMatch")] {
        let found = broken(|flow| lead(flow, name, event, Some("gather_extension")));
        assert_eq!(found, only("uncapped-retry", "gather_extension"), "{name}");
    }
}

#[test]
fn a_loop_that_counts_to_ten_or_never_looks_is_found() {
    let to_ten = |flow: &mut Value| {
        for name in ["tries_left_no_input", "tries_left_unknown"] {
            widget(flow, name)["transitions"][1]["conditions"][0]["value"] = json!("10");
        }
    };
    assert_eq!(broken(to_ten), only("uncapped-retry", "gather_extension"));
    let never_counts = |flow: &mut Value| {
        for name in ["count_no_input", "count_unknown"] {
            set(flow, name, "variables", json!([{"key": "tries", "value": "1"}]));
        }
    };
    assert_eq!(broken(never_counts), only("uncapped-retry", "gather_extension"));
    let never_looks = |flow: &mut Value| lead(flow, "count_unknown", "next", Some("say_unknown"));
    assert_eq!(broken(never_looks), only("uncapped-retry", "gather_extension"));
}

#[test]
fn a_split_that_leads_back_either_way_is_no_end_of_a_loop() {
    let found = broken(|flow| lead(flow, "tries_left_no_input", "match", Some("greeting")));
    assert_eq!(found, only("uncapped-retry", "greeting"));
}

/// The split asks for the number 3, and two widgets that count go from 2 to 4.
#[test]
fn a_loop_that_counts_twice_before_it_looks_is_found() {
    let found = broken(|flow| lead(flow, "count_no_input", "next", Some("find_agent")));
    assert_eq!(found, only("uncapped-retry", "count_no_input"));
}

#[test]
fn too_few_digits_are_an_error_if_a_longer_extension_is_in_use_and_a_warning_if_one_is_allowed() {
    let mut flow = flow();
    set(&mut flow, "gather_extension", "number_of_digits", json!(3));
    let severity = |numbers: &[&str]| {
        let numbers = numbers.iter().map(|number| (*number).to_owned()).collect();
        let findings = lint_flow(&flow, &LintContext { numbers, ..context() });
        assert_eq!(parts(&findings), only("gather-too-short", "gather_extension"));
        findings.first().map(call_flow::Finding::severity)
    };
    assert_eq!(severity(&["123", "7777"]), Some(Severity::Error));
    assert_eq!(severity(&["123"]), Some(Severity::Warning));
    let narrow = LintContext { rules: Some(rules(2, 3)), numbers: vec!["123".into()], ..context() };
    assert_eq!(lint_flow(&flow, &narrow), []);
}

#[test]
fn an_input_that_neither_a_key_nor_a_pause_ends_is_found() {
    let open = |flow: &mut Value| {
        set(flow, "gather_extension", "finish_on_key", json!(""));
        set(flow, "gather_extension", "timeout", json!(0));
    };
    assert_eq!(broken(open), only("gather-never-ends", "gather_extension"));
}

#[test]
fn a_pause_as_the_only_difference_between_two_extensions_is_a_warning() {
    let mut flow = flow();
    set(&mut flow, "gather_extension", "finish_on_key", json!(""));
    let findings = lint_flow(&flow, &context());
    assert_eq!(parts(&findings), only("gather-by-pause-only", "gather_extension"));
    let finding = findings.first().unwrap();
    assert_eq!(finding.severity(), Severity::Warning);
    assert!(finding.sentence().contains("123 begins with 12"), "{}", finding.sentence());
    assert_eq!(lint_flow(&flow, &LintContext { numbers: vec!["12".into(), "7777".into()], ..context() }), []);
}

#[test]
fn a_digit_that_ends_the_input_is_found() {
    let found = broken(|flow| set(flow, "gather_extension", "finish_on_key", json!("9")));
    assert_eq!(found, only("gather-ends-on-digit", "gather_extension"));
}

#[test]
fn a_content_type_that_no_lookup_reads_is_found() {
    let mut flow = call_flow::studio_flow(&call_flow::Settings::new(http_request(), "WW1", "TC1", &rules(2, 10)));
    set(&mut flow, "find_agent", "content_type", json!("text/plain"));
    assert_eq!(found(&flow, &context()), only("lookup-content-type", "find_agent"));
    set(&mut flow, "find_agent", "content_type", json!("application/json;charset=utf-8"));
    assert_eq!(found(&flow, &context()), []);
}

#[test]
fn what_is_no_flow_is_found() {
    for value in [json!(null), json!([]), json!({}), json!({"states": [{"name": 1}]}), json!({"states": []})] {
        assert_eq!(found(&value, &context()), only("not-a-flow", ""), "{value}");
    }
}
