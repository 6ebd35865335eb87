//! Which changes follow from what is there.
//!
//! From outside: nothing is called; `accounts` has the surveys and choices that the tests begin with.
//!
//! They do not know how a change is made: each is looked at as the sentence that an administrator reads.

mod accounts;

use call_flow::Prompts;
use serde_json::{Value, json};

use self::accounts::{call_flow, choices, complete, environment, fresh};
use super::*;
use crate::commands::setup::survey::serverless::ServerlessEnvironment;

/// What the Flow of this account is to do.
fn definition(survey: &Survey) -> Value {
    let call_flow = survey.call_flow.as_ref().unwrap();
    flow_definition(&survey.config, &survey.serverless, call_flow, &Prompts::default()).unwrap()
}

/// The properties of the widget that asks for the agent, with its type.
fn lookup_widget(survey: &Survey) -> Value {
    let definition = definition(survey);
    let mut widgets = definition["states"].as_array().unwrap().iter();
    widgets.find(|widget| widget["name"] == "find_agent").unwrap().clone()
}

/// Each change as an administrator reads it.
fn changes(survey: &Survey, choices: &Choices) -> Vec<String> {
    plan(survey, choices).unwrap().changes.iter().map(ToString::to_string).collect()
}

fn value_of(settings: &[Setting], name: &str) -> Option<String> {
    settings.iter().find(|setting| setting.name == name).unwrap().value.clone()
}

const ADD_FILTERS: &str =
    "add the filters of agent extensions to the Workflow Assign to Anyone (WW1); all else in it stays";
const CREATE_ENVIRONMENT: &str = "create its Environment dev-environment, with a domain that ends in -dev.twil.io";
const PUBLISH_FIRST: &str = "publish the asset /extensions.json for the first time, without extensions";

#[test]
fn in_a_fresh_account_everything_is_made_and_what_others_need_comes_first() {
    let expected = [
        "create the Sync Map AgentExtensionMaps",
        "create the Sync Map AgentExtensionMaps.publishing",
        "create the Serverless Service serverless",
        CREATE_ENVIRONMENT,
        PUBLISH_FIRST,
        ADD_FILTERS,
        "create and publish the Studio Flow Agent extensions",
    ];
    assert_eq!(changes(&fresh(), &choices()), expected);
}

#[test]
fn in_an_account_that_was_set_up_nothing_is_made_and_every_setting_is_known() {
    let plan = plan(&complete(), &choices()).unwrap();
    assert_eq!(plan.changes, []);
    assert_eq!(plan.notes, Vec::<String>::new());
    assert!(plan.settings.iter().all(|setting| setting.value.is_some()), "{:?}", plan.settings);
    assert_eq!(value_of(&plan.settings, "FLEX_SYNC_MAP_SID").as_deref(), Some("MP1"));
    assert_eq!(value_of(&plan.settings, "TASKROUTER_WORKSPACE_SID").as_deref(), Some("WS1"));
    let address = value_of(&plan.settings, "FLEX_APP_FUNCTIONS_BASE");
    assert_eq!(address.as_deref(), Some("https://serverless-1234-dev.twil.io"));
}

#[test]
fn a_setting_that_is_made_later_has_no_value_yet() {
    let plan = plan(&fresh(), &choices()).unwrap();
    for name in ["FLEX_SYNC_MAP_SID", "TWILIO_SERVERLESS_SERVICE_SID", "FLEX_APP_FUNCTIONS_BASE"] {
        assert_eq!(value_of(&plan.settings, name), None, "{name}");
    }
}

#[test]
fn an_interrupted_setup_goes_on_where_it_stopped() {
    let no_environment = ServerlessPlace::NoEnvironment { service_sid: "ZS1".to_owned() };
    let without_environment = Survey { serverless: no_environment, ..complete() };
    assert_eq!(changes(&without_environment, &choices()), [CREATE_ENVIRONMENT, PUBLISH_FIRST]);
    let empty = ServerlessPlace::Environment(ServerlessEnvironment { has_asset: false, ..environment() });
    assert_eq!(changes(&Survey { serverless: empty, ..complete() }, &choices()), [PUBLISH_FIRST]);
    let without_publishing_map = Survey { has_publishing_map: false, ..complete() };
    assert_eq!(changes(&without_publishing_map, &choices()), ["create the Sync Map AgentExtensionMaps.publishing"]);
}

#[test]
fn without_a_call_flow_studio_and_taskrouter_are_left_alone() {
    let choices = Choices { call_flow: None, ..choices() };
    assert_eq!(changes(&Survey { call_flow: None, ..complete() }, &choices), Vec::<String>::new());
}

#[test]
fn callers_without_an_agent_go_to_the_chosen_queue_or_else_to_the_default_or_else_to_the_agents() {
    let fallback = |survey: &Survey| {
        let plan = plan(survey, &choices()).unwrap();
        let configuration = plan.changes.into_iter().find_map(|change| match change {
            Change::AddFilters { configuration, .. } => Some(configuration),
            _ => None,
        });
        let configuration: Value = serde_json::from_str(&configuration.unwrap()).unwrap();
        let mut filters = configuration["task_routing"]["filters"].as_array().unwrap().iter();
        let filter = filters.find(|filter| filter["filter_friendly_name"] == call_flow::FALLBACK_FILTER).unwrap();
        filter["targets"][0]["queue"].clone()
    };
    let mut survey = fresh();
    assert_eq!(fallback(&survey), "WQdefault");
    call_flow(&mut survey).fallback_queue_sid = Some("WQchosen".to_owned());
    assert_eq!(fallback(&survey), "WQchosen");
    call_flow(&mut survey).fallback_queue_sid = None;
    call_flow(&mut survey).workflow.configuration = "{}".to_owned();
    assert_eq!(fallback(&survey), "WQagents");
}

#[test]
fn a_workflow_that_can_not_be_read_stops_the_setup_and_is_named() {
    let mut survey = fresh();
    call_flow(&mut survey).workflow.configuration = "[]".to_owned();
    let error = plan(&survey, &choices()).unwrap_err().to_string();
    assert!(error.starts_with("The Workflow Assign to Anyone was left as it is: "), "{error}");
}

#[test]
fn a_flow_that_somebody_changed_is_replaced_only_where_that_was_chosen() {
    let mut survey = complete();
    let ours = definition(&survey);
    call_flow(&mut survey).flow.as_mut().unwrap().definition["description"] = json!("Theirs");
    let left_alone = plan(&survey, &choices()).unwrap();
    assert_eq!(left_alone.changes, []);
    assert_eq!(left_alone.notes, [strings::flow_left_alone("Agent extensions")]);
    let mut replacing = choices();
    replacing.call_flow.as_mut().unwrap().replace_flow = true;
    let replaced = plan(&survey, &replacing).unwrap();
    let change = Change::ReplaceFlow { name: "Agent extensions".to_owned(), sid: "FW1".to_owned(), definition: ours };
    assert_eq!(replaced.changes, [change]);
    assert_eq!(replaced.notes, Vec::<String>::new());
}

#[test]
fn the_flow_runs_a_function_only_where_callers_are_answered_by_functions() {
    let with_function = ServerlessEnvironment { lookup_function_sid: Some("ZH1".to_owned()), ..environment() };
    let mut survey = Survey { serverless: ServerlessPlace::Environment(with_function), ..complete() };
    assert_eq!(lookup_widget(&survey)["type"], "run-function");
    assert_eq!(lookup_widget(&survey)["properties"]["function_sid"], "ZH1");
    survey.config.functions_base = "https://did.example.com".to_owned();
    assert_eq!(lookup_widget(&survey)["type"], "make-http-request");
    assert_eq!(lookup_widget(&survey)["properties"]["url"], "https://did.example.com/agentExtensions");
    let on_no_function = Survey { config: fresh().config, ..complete() };
    assert_eq!(lookup_widget(&on_no_function)["type"], "make-http-request");
}
