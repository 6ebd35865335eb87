//! What each widget looks like in a Flow definition.
//!
//! <https://www.twilio.com/docs/studio/widget-library>

use serde_json::{Value, json};

use crate::settings::{Gather, Settings};

/// A widget: its events lead to widgets, or end the call where the name is empty.
pub(super) fn widget(name: &str, kind: &str, events: &[(&str, &str)], properties: &Value) -> Value {
    let transitions: Vec<Value> = events.iter().map(|(event, next)| leads(event, next)).collect();
    json!({"name": name, "type": kind, "transitions": transitions, "properties": properties})
}

fn leads(event: &str, next: &str) -> Value {
    if next.is_empty() { json!({"event": event}) } else { json!({"event": event, "next": next}) }
}

/// The name that Studio gives the trigger.
pub(super) const TRIGGER: &str = "Trigger";

/// Where every execution begins. Only calls lead on.
pub(super) fn trigger(next: &str) -> Value {
    let events = [
        ("incomingMessage", ""),
        ("incomingCall", next),
        ("incomingConversationMessage", ""),
        ("incomingRequest", ""),
        ("incomingParent", ""),
    ];
    widget(TRIGGER, "trigger", &events, &json!({}))
}

/// Says a sentence.
pub(super) fn say(settings: &Settings, name: &str, sentence: &str, next: &str) -> Value {
    let mut properties = json!({"say": sentence, "language": settings.prompts.language, "loop": 1});
    in_voice(settings, &mut properties);
    widget(name, "say-play", &[("audioComplete", next)], &properties)
}

/// Asks for the extension. What a caller says aloud counts as no input.
pub(super) fn gather(settings: &Settings, name: &str, keyed: &str, nothing: &str) -> Value {
    let (spoken, digits, pause_seconds) = match settings.gather {
        Gather::FixedLength { digits, pause_seconds } => {
            (&settings.prompts.spoken.ask_by_length, digits, pause_seconds)
        }
        Gather::Terminated { most_digits, pause_seconds } => {
            (&settings.prompts.spoken.ask_by_terminator, most_digits, pause_seconds)
        }
    };
    let mut properties = json!({
        "say": spoken.replace("{digits}", &digits.to_string()),
        "language": settings.prompts.language,
        "gather_language": settings.prompts.language,
        "loop": 1,
        "number_of_digits": digits,
        "finish_on_key": "#",
        "stop_gather": true,
        "timeout": pause_seconds.clamp(1, 30),
        "speech_timeout": "auto",
        "profanity_filter": "true",
    });
    in_voice(settings, &mut properties);
    let events = [("keypress", keyed), ("speech", nothing), ("timeout", nothing)];
    widget(name, "gather-input-on-call", &events, &properties)
}

/// Goes one way where `input` is `value`, and the other otherwise.
pub(super) fn split(name: &str, input: &str, value: &str, equal: &str, otherwise: &str) -> Value {
    let condition = json!({
        "friendly_name": format!("If value equal_to {value}"),
        "arguments": [input],
        "type": "equal_to",
        "value": value,
    });
    let mut split =
        widget(name, "split-based-on", &[("noMatch", otherwise), ("match", equal)], &json!({"input": input}));
    split["transitions"][1]["conditions"] = json!([condition]);
    split
}

/// Sets variables of the Flow.
pub(super) fn set_variables(name: &str, variables: &[(&str, &str)], next: &str) -> Value {
    let variables: Vec<Value> = variables.iter().map(|(key, value)| json!({"key": key, "value": value})).collect();
    widget(name, "set-variables", &[("next", next)], &json!({"variables": variables}))
}

/// Hands the call to TaskRouter; where that fails, it goes on at `failed`.
pub(super) fn send_to_flex(settings: &Settings, name: &str, attributes: &str, failed: &str) -> Value {
    let events = [("callComplete", ""), ("failedToEnqueue", failed), ("callFailure", failed)];
    let properties = json!({
        "workflow": settings.workflow_sid,
        "channel": settings.task_channel_sid,
        "attributes": attributes,
    });
    widget(name, "send-to-flex", &events, &properties)
}

fn in_voice(settings: &Settings, properties: &mut Value) {
    if let Some(voice) = &settings.prompts.voice {
        properties["voice"] = json!(voice);
    }
}
