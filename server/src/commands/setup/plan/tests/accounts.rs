//! Accounts as a survey finds them, and what was chosen for them.

use call_flow::{Prompts, WorkflowSettings, merge_filter};

use super::definition;
use crate::commands::setup::choices::{CallFlowChoices, Choices};
use crate::commands::setup::survey::Survey;
use crate::commands::setup::survey::call_flow::{CallFlowResources, ExistingFlow};
use crate::commands::setup::survey::serverless::{ServerlessEnvironment, ServerlessPlace};
use crate::config::Config;
use crate::scripted_home;
use crate::twilio::Workflow;

pub(super) fn choices() -> Choices {
    Choices {
        service: "serverless".to_owned(),
        environment: "dev".to_owned(),
        call_flow: Some(CallFlowChoices {
            workflow: "Assign to Anyone".to_owned(),
            agents_queue: "Everyone".to_owned(),
            fallback_queue: None,
            flow: "Agent extensions".to_owned(),
            replace_flow: false,
            prompts: Prompts::default(),
        }),
    }
}

/// An account in which nothing of ours is there yet; the Workspace of Flex is.
pub(super) fn fresh() -> Survey {
    Survey {
        config: Config { functions_base: String::new(), ..scripted_home::config() },
        draft_map_sid: None,
        has_publishing_map: false,
        serverless: ServerlessPlace::NoService,
        call_flow: Some(CallFlowResources {
            workspace_sid: "WS1".to_owned(),
            workflow: Workflow {
                sid: "WW1".to_owned(),
                friendly_name: "Assign to Anyone".to_owned(),
                configuration: r#"{"task_routing":{"default_filter":{"queue":"WQdefault"}}}"#.to_owned(),
            },
            agents_queue_sid: "WQagents".to_owned(),
            fallback_queue_sid: None,
            task_channel_sid: "TC1".to_owned(),
            flow: None,
        }),
    }
}

pub(super) fn environment() -> ServerlessEnvironment {
    ServerlessEnvironment {
        service_sid: "ZS1".to_owned(),
        sid: "ZE1".to_owned(),
        domain_name: "serverless-1234-dev.twil.io".to_owned(),
        has_asset: true,
        lookup_function_sid: None,
    }
}

/// An account that was set up.
pub(super) fn complete() -> Survey {
    let mut survey = Survey {
        draft_map_sid: Some("MP1".to_owned()),
        has_publishing_map: true,
        serverless: ServerlessPlace::Environment(environment()),
        ..fresh()
    };
    let settings = WorkflowSettings::new("WQagents", "WQdefault");
    let workflow = &mut call_flow(&mut survey).workflow;
    workflow.configuration = merge_filter(&workflow.configuration, &settings).unwrap();
    let definition = definition(&survey);
    call_flow(&mut survey).flow = Some(ExistingFlow { sid: "FW1".to_owned(), definition });
    survey
}

pub(super) fn call_flow(survey: &mut Survey) -> &mut CallFlowResources {
    survey.call_flow.as_mut().unwrap()
}
