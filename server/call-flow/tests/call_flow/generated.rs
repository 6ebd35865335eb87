//! What is generated keeps every rule, and looks as Twilio wants it.

use call_flow::{
    Gather, LintContext, Settings, Spoken, WorkflowSettings, lint_flow, lint_workflow, studio_flow, workflow,
};
use serde_json::{Value, json};

use crate::settings::{agent_step, context, flow, http_request, queues, rules, run_function, widget};

#[test]
fn what_is_generated_keeps_every_rule() {
    for lookup in [run_function(), http_request()] {
        for (fewest, most) in [(4, 4), (2, 10), (1, 30)] {
            for tries in 1..=3 {
                let rules = rules(fewest, most);
                let mut settings = Settings::new(lookup.clone(), "WW1", "TC1", &rules);
                settings.prompts.tries = tries;
                let numbers = vec!["1".repeat(fewest), "12".repeat(most / 2)];
                let context = LintContext { rules: Some(rules), numbers, ..context() };
                assert_eq!(lint_flow(&studio_flow(&settings), &context), []);
            }
        }
    }
    for skip_when_unavailable in [false, true] {
        let settings = WorkflowSettings { skip_when_unavailable, ..queues() };
        let context = LintContext { flow: Some(flow()), ..LintContext::default() };
        assert_eq!(lint_workflow(&workflow(&settings).to_string(), &context), []);
    }
}

#[test]
fn numbers_of_one_length_are_gathered_by_length_and_others_until_the_pound_key_or_a_pause() {
    let gathered = |min, max| {
        let mut flow = studio_flow(&Settings::new(run_function(), "WW1", "TC1", &rules(min, max)));
        widget(&mut flow, "gather_extension")["properties"].clone()
    };
    let by_length = gathered(4, 4);
    assert_eq!(by_length["number_of_digits"], 4);
    assert_eq!(by_length["timeout"], 5);
    assert_eq!(by_length["say"], "Please enter the 4 digits of the extension.");
    let by_terminator = gathered(2, 10);
    assert_eq!(by_terminator["number_of_digits"], 10);
    assert_eq!(by_terminator["finish_on_key"], "#");
}

#[test]
fn the_agent_gets_the_worker_in_both_spellings_and_the_fallback_gets_null() {
    let attributes = |name: &str| widget(&mut flow(), name)["properties"]["attributes"].as_str().unwrap().to_owned();
    let agent = attributes("send_to_agent");
    for spelling in ["workerSID", "workerSid"] {
        let value = "{{widgets.find_agent.parsed.workerSID | to_json}}";
        assert!(agent.contains(&format!("\"{spelling}\": {value}")), "{agent}");
        assert!(attributes("send_to_fallback").contains(&format!("\"{spelling}\": null")));
    }
}

#[test]
fn every_sentence_the_language_and_the_voice_can_be_replaced() {
    let mut settings = Settings::new(run_function(), "WW1", "TC1", &rules(4, 4));
    let usual = studio_flow(&settings).to_string();
    settings.prompts.language = "de-DE".into();
    settings.prompts.voice = Some("Polly.Vicki".into());
    let text = |n: usize| format!("Satz {n}");
    settings.prompts.spoken = Spoken {
        greeting: text(0),
        ask_by_length: text(1),
        ask_by_terminator: text(2),
        no_input: text(3),
        unknown: text(4),
        connecting: text(5),
        no_more_tries: text(6),
        lookup_failed: text(7),
        not_connected: text(8),
        one_moment: text(9),
        goodbye: text(10),
    };
    let german = studio_flow(&settings);
    assert!(usual.contains("en-US") && !german.to_string().contains("en-US"));
    let mut said: Vec<&str> =
        german["states"].as_array().unwrap().iter().filter_map(|state| state["properties"]["say"].as_str()).collect();
    said.sort_unstable();
    let by_length: Vec<String> = (0..11).filter(|n| *n != 2).map(text).collect();
    assert_eq!(said.len(), 10);
    assert!(by_length.iter().all(|sentence| said.contains(&sentence.as_str())), "{said:?}");
    settings.gather = Gather::Terminated { most_digits: 9, pause_seconds: 3 };
    assert!(studio_flow(&settings).to_string().contains("Satz 2"));
}

#[test]
fn the_workflow_rings_the_agent_and_then_queues_the_call_without_a_timeout() {
    let expected = json!({
        "filter_friendly_name": "Agent extension",
        "expression": "workerSID != null",
        "targets": [
            {"queue": "WQagents", "known_worker_sid": "task.workerSID", "timeout": 20},
            {"queue": "WQfallback", "priority": 10},
        ],
    });
    assert_eq!(workflow(&queues())["task_routing"]["filters"][0], expected);
    let settings = WorkflowSettings { skip_when_unavailable: true, ring_seconds: 0, ..queues() };
    let mut skipping = workflow(&settings);
    let step = agent_step(&mut skipping["task_routing"]);
    assert_eq!(step["skip_if"], "1==1");
    assert_eq!(step["timeout"], 1);
}

#[test]
fn a_run_function_fails_by_fail_and_a_request_by_failed() {
    let find_agent = |lookup| {
        let mut flow = studio_flow(&Settings::new(lookup, "WW1", "TC1", &rules(2, 10)));
        widget(&mut flow, "find_agent").clone()
    };
    let events = |widget: &Value| {
        let transitions = widget["transitions"].as_array().unwrap().iter();
        transitions.map(|transition| transition["event"].clone()).collect::<Vec<_>>()
    };
    let function = find_agent(run_function());
    assert_eq!(function["type"], "run-function");
    assert_eq!(events(&function), ["success", "fail"]);
    let request = find_agent(http_request());
    assert_eq!(request["type"], "make-http-request");
    assert_eq!(events(&request), ["success", "failed"]);
}
