//! What the Studio Flow of this account is to do.
//!
//! Does not know the widgets; the crate `call_flow` does.

use call_flow::{Lookup, Prompts, Settings, studio_flow};
use serde_json::Value;

use super::survey::call_flow::CallFlowResources;
use super::survey::serverless::{LOOKUP_PATH, ServerlessEnvironment, ServerlessPlace};
use crate::config::Config;

/// The Flow's definition; none before there is an address to ask.
pub(super) fn flow_definition(
    config: &Config,
    serverless: &ServerlessPlace,
    call_flow: &CallFlowResources,
    prompts: &Prompts,
) -> Option<Value> {
    let lookup = lookup(&config.functions_base, serverless)?;
    let settings = Settings::new(lookup, &call_flow.workflow.sid, &call_flow.task_channel_sid, &config.rules);
    Some(studio_flow(&Settings { prompts: prompts.clone(), ..settings }))
}

/// The Function where one is deployed and no other address is set, and the server's address otherwise.
fn lookup(functions_base: &str, serverless: &ServerlessPlace) -> Option<Lookup> {
    let environment = serverless.environment();
    let own_address = environment.map(ServerlessEnvironment::address);
    let address = if functions_base.is_empty() { own_address.clone()? } else { functions_base.to_owned() };
    let url = format!("{address}{LOOKUP_PATH}");
    let deployed_here = environment.filter(|_| own_address == Some(address));
    let function = deployed_here.and_then(|environment| Some((environment, environment.lookup_function_sid.clone()?)));
    Some(match function {
        Some((environment, function_sid)) => Lookup::RunFunction {
            service_sid: environment.service_sid.clone(),
            environment_sid: environment.sid.clone(),
            function_sid,
            url,
        },
        None => Lookup::MakeHttpRequest { url },
    })
}
