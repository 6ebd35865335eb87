//! The Studio Flow: how a caller gets from the greeting to the agent or the fallback.
//!
//! Call [`studio_flow`]. This file has the order of the widgets, `widgets` what each looks like; `attributes` has the
//! names that the Workflow reads.
//!
//! It does not know an existing Flow: what it makes is a whole one.
//!
//! ```text
//! greeting → gather_extension → find_agent → is_found → say_connecting → send_to_agent
//!             ↑   │ no input        │ failed     │ unknown                    │ not enqueued
//!             │   ▼                 ▼            ▼                            ▼
//!             └── count, say what was wrong, at most 3 times ──────────→ send_to_fallback
//! ```

pub(crate) mod attributes;
mod lookup;
mod retry;
mod widgets;

use serde_json::{Value, json};

use self::lookup::{LOOKUP, find_agent};
use self::widgets::{TRIGGER, gather, say, send_to_flex, set_variables, split, trigger};
use crate::settings::Settings;

const GATHER: &str = "gather_extension";
const FALLBACK: &str = "send_to_fallback";

/// A Studio Flow definition, ready for `POST /v2/Flows`.
///
/// Whatever happens ends at an agent or in the fallback, or, where Twilio can not even queue the call, after two tries
/// and an apology. The only way to the agent is a reply that says `found` itself, so that an old reply which Studio kept
/// from an earlier try leads nowhere.
///
/// <https://www.twilio.com/docs/studio/rest-api/v2/flow>
#[must_use]
pub fn studio_flow(settings: &Settings) -> Value {
    let mut states = vec![
        trigger("greeting"),
        say(settings, "greeting", &settings.prompts.spoken.greeting, GATHER),
        gather(settings, GATHER, LOOKUP, "count_no_input"),
        find_agent(settings, &format!("{{{{widgets.{GATHER}.Digits}}}}"), "is_found", "note_failure"),
        split("is_found", &format!("{{{{widgets.{LOOKUP}.parsed.found}}}}"), "true", "say_connecting", "count_unknown"),
    ];
    states.extend(retry::no_input(settings));
    states.extend(retry::unknown(settings));
    states.extend(handing_over(settings));
    lay_out(&mut states);
    json!({
        "description": "Agent DID Extensions: a caller keys in an extension and reaches that agent.",
        "initial_state": TRIGGER,
        "flags": {"allow_concurrent_calls": true},
        "states": states,
    })
}

/// From the answer of the lookup, or its failure, to an agent or the fallback.
fn handing_over(settings: &Settings) -> Vec<Value> {
    let spoken = &settings.prompts.spoken;
    let noted = |name, outcome, next| set_variables(name, &[(attributes::OUTCOME, outcome)], next);
    vec![
        say(settings, "say_connecting", &spoken.connecting, "send_to_agent"),
        send_to_flex(settings, "send_to_agent", &attributes::agent(LOOKUP), "note_not_connected"),
        noted("note_failure", "lookup-failed", "say_lookup_failed"),
        say(settings, "say_lookup_failed", &spoken.lookup_failed, FALLBACK),
        noted("note_not_connected", "not-connected", "say_not_connected"),
        say(settings, "say_not_connected", &spoken.not_connected, FALLBACK),
        say(settings, "say_no_more_tries", &spoken.no_more_tries, FALLBACK),
        send_to_flex(settings, FALLBACK, &attributes::fallback(GATHER), "say_one_moment"),
        say(settings, "say_one_moment", &spoken.one_moment, "send_to_fallback_again"),
        send_to_flex(settings, "send_to_fallback_again", &attributes::fallback(GATHER), "say_goodbye"),
        say(settings, "say_goodbye", &spoken.goodbye, ""),
    ]
}

/// Lays the widgets out for Studio's canvas, four in a row.
fn lay_out(states: &mut [Value]) {
    for (state, position) in states.iter_mut().zip(0_usize..) {
        state["properties"]["offset"] = json!({"x": position % 4 * 400, "y": position / 4 * 300});
    }
}
