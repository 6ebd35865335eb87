//! The call flow that is generated, executed widget by widget against the running lookup, and the Workflow after it.

mod backend;
mod caller;
mod contact_centre;
mod execution;
mod journeys;
mod misbehaving;
mod pictured;
mod request;
mod routing;
mod rules_against_calls;

use std::time::Duration;

use call_flow::definition::Flow;
use call_flow::{Gather, Lookup, Settings, studio_flow};
use serde_json::Value;
use shared::NumberRules;

use caller::CallerAction;
use contact_centre::ContactCentre;
use execution::{End, Execution};
use request::LookupClient;
use routing::{Place, route};

use crate::world::FUNCTIONS_BASE;

/// How long Studio waits for an answer.
const STUDIO_WAITS: Duration = Duration::from_secs(10);

/// A Flow for every way of gathering and every way of asking, each with its name.
fn every_flow(workflow: &str) -> Vec<(String, Flow)> {
    let parsed = |(name, definition): (String, Value)| (name, Flow::parse(&definition).unwrap());
    every_definition(workflow).into_iter().map(parsed).collect()
}

/// The definition of each of these Flows.
fn every_definition(workflow: &str) -> Vec<(String, Value)> {
    let url = format!("{FUNCTIONS_BASE}/agentExtensions");
    let sid = |prefix: &str| format!("{prefix}{}", "0".repeat(32));
    let function = Lookup::RunFunction {
        service_sid: sid("ZS"),
        environment_sid: sid("ZE"),
        function_sid: sid("ZH"),
        url: url.clone(),
    };
    let mut flows = Vec::new();
    for lookup in [function, Lookup::MakeHttpRequest { url }] {
        for (fewest, most) in [(4, 4), (2, 10)] {
            let rules = NumberRules { min_digits: fewest, max_digits: most, reserved: Vec::new() };
            let settings = Settings::new(lookup.clone(), workflow, &sid("TC"), &rules);
            let by = if matches!(settings.gather, Gather::FixedLength { .. }) { "length" } else { "terminator" };
            let name =
                format!("{by}, {}", if matches!(lookup, Lookup::RunFunction { .. }) { "function" } else { "request" });
            flows.push((name, studio_flow(&settings)));
        }
    }
    flows
}

/// The definition of the Flow with this name.
fn definition(workflow: &str, name: &str) -> Value {
    let mut flows = every_definition(workflow).into_iter();
    flows.find_map(|(other, definition)| (other == name).then_some(definition)).unwrap()
}

/// The way from Studio to the server of this world.
fn client(centre: &ContactCentre) -> LookupClient {
    LookupClient {
        http: centre.world.http.clone(),
        public: FUNCTIONS_BASE.to_owned(),
        local: centre.world.server.url.clone(),
        auth_token: centre.world.env["TWILIO_AUTH_TOKEN"].clone(),
        timeout: STUDIO_WAITS,
    }
}

/// What became of a call.
#[derive(Debug)]
struct Outcome {
    place: Place,
    attributes: Value,
    heard: Vec<String>,
    /// The queues in which the call waited in vain.
    waited: Vec<String>,
}

/// Calls, and follows the call through Studio and TaskRouter.
async fn call(
    centre: &ContactCentre,
    flow: &Flow,
    client: &LookupClient,
    actions: &[CallerAction],
    refusals: usize,
) -> Outcome {
    let mut execution = Execution::new(flow, client, actions, refusals);
    match execution.run().await {
        End::Dropped { at } => panic!("{actions:?} was dropped at {at} after {:#?}", execution.heard),
        End::Enqueued { workflow, attributes } => {
            let (place, waited) = route(centre, &workflow, &attributes).await;
            Outcome { place, attributes, heard: execution.heard, waited }
        }
    }
}

fn keys(keys: &str) -> CallerAction {
    CallerAction::Keys(keys.to_owned())
}
