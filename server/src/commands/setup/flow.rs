//! The Studio Flow that callers go through.
//!
//! Knows nothing of its widgets; those are `call_flow`'s.

use call_flow::{Lookup, Settings, studio_flow};
use serde_json::Value;

use super::routing::{self, Routing};
use super::serverless::{self, Place};
use super::{CallFlowChoices, Change, Choices, Plan};
use crate::app::App;
use crate::commands::{Stopped, strings};

/// The path of the lookup, at a server and among Functions.
const LOOKUP: &str = "/agentExtensions";

/// Plans the Flow if there is none of its name. One that somebody changed is theirs, unless it is to be replaced.
pub(super) async fn survey(
    app: &App,
    choices: &CallFlowChoices,
    routing: &Routing,
    place: &Place,
    plan: &mut Plan,
) -> Result<(), Stopped> {
    let name = choices.flow.clone();
    let Some(row) = app.base.twilio.list_flows().await?.into_iter().find(|flow| flow.friendly_name == name) else {
        plan.changes.push(Change::CreateFlow { name });
        return Ok(());
    };
    let Some(definition) = definition(app, choices, routing, place) else { return Ok(()) };
    if app.base.twilio.fetch_flow(&row.sid).await?.definition == definition {
        return Ok(());
    }
    if choices.replace_flow {
        plan.changes.push(Change::ReplaceFlow { name, sid: row.sid, definition });
    } else {
        plan.notes.push(strings::flow_left_alone(&name));
    }
    Ok(())
}

/// What the Flow does; none before there is an address to ask.
fn definition(app: &App, choices: &CallFlowChoices, routing: &Routing, place: &Place) -> Option<Value> {
    let lookup = lookup(app, place)?;
    let settings = Settings::new(lookup, &routing.workflow_sid, &routing.task_channel_sid, &app.base.config.rules);
    Some(studio_flow(&Settings { prompts: choices.prompts.clone(), ..settings }))
}

/// The Function where one is deployed and no other address is set, and the server's address otherwise.
fn lookup(app: &App, place: &Place) -> Option<Lookup> {
    let domain = place.environment.as_ref().map(|environment| format!("https://{}", environment.domain_name));
    let base =
        Some(app.base.config.functions_base.clone()).filter(|base| !base.is_empty()).or_else(|| domain.clone())?;
    let url = format!("{base}{LOOKUP}");
    let function = place.deployed.as_ref().and_then(|deployed| deployed.build.as_ref()?.function_at(LOOKUP));
    match (function, &place.service_sid, &place.environment) {
        (Some(function_sid), Some(service), Some(environment)) if Some(base) == domain => Some(Lookup::RunFunction {
            service_sid: service.clone(),
            environment_sid: environment.sid.clone(),
            function_sid: function_sid.to_owned(),
            url,
        }),
        _ => Some(Lookup::MakeHttpRequest { url }),
    }
}

pub(super) async fn create(app: &App, choices: &Choices, name: &str) -> Result<(), Stopped> {
    let Some(call_flow) = &choices.call_flow else { return Ok(()) };
    let mut found = Plan::default();
    let place = serverless::survey(app, choices, &mut found).await?;
    let routing = routing::survey(app, call_flow, &mut found).await?;
    if app.base.twilio.list_flows().await?.iter().any(|flow| flow.friendly_name == name) {
        return Ok(());
    }
    let definition = definition(app, call_flow, &routing, &place);
    let definition = definition.ok_or_else(|| Stopped::new(strings::ENVIRONMENT_GONE))?;
    app.base.twilio.validate_flow(name, &definition).await?;
    app.base.twilio.create_flow(name, &definition).await?;
    Ok(())
}

pub(super) async fn replace(app: &App, name: &str, sid: &str, definition: &Value) -> Result<(), Stopped> {
    app.base.twilio.validate_flow(name, definition).await?;
    app.base.twilio.update_flow(sid, name, definition).await.map_err(Stopped::from)
}
