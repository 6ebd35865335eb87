//! What Studio refuses in a Flow's definition: its structure, not its sense.
//!
//! Knows nothing of HTTP and of what the single widgets do.
//! <https://www.twilio.com/docs/studio/rest-api/v2/schemas>, <https://www.twilio.com/docs/api/errors/81022>

use std::collections::HashSet;

use serde_json::{Value, json};

/// One thing that is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct DefinitionError {
    /// In words.
    pub message: String,
    /// Where, as a JSON pointer with a leading `#`.
    pub property_path: String,
}

impl DefinitionError {
    fn new(property_path: impl Into<String>, message: impl Into<String>) -> Self {
        Self { message: message.into(), property_path: property_path.into() }
    }

    pub(super) fn to_json(&self) -> Value {
        json!({"message": self.message, "property_path": self.property_path})
    }
}

/// Everything that is wrong with a definition; none if it may be published.
#[must_use]
pub(super) fn errors(definition: &Value) -> Vec<DefinitionError> {
    let Some(states) = definition["states"].as_array().filter(|states| (1..=1000).contains(&states.len())) else {
        return vec![DefinitionError::new("#/states", "a definition has 1 to 1000 states")];
    };
    let known = ["description", "states", "initial_state", "flags"];
    let mut found = unknown_keys(definition, &known, "#");
    let mut names = HashSet::new();
    for (index, state) in states.iter().enumerate() {
        let path = format!("#/states/{index}");
        found.extend(unknown_keys(state, &["name", "type", "transitions", "properties"], &path));
        found.extend(incomplete(state, &path));
        if let Some(name) = state["name"].as_str()
            && !names.insert(name)
        {
            found.push(DefinitionError::new(format!("{path}/name"), format!("widget name '{name}' is not unique")));
        }
    }
    match definition["initial_state"].as_str() {
        None => found.push(DefinitionError::new("#/initial_state", "initial_state is missing")),
        Some(name) if !names.contains(name) => {
            found.push(DefinitionError::new("#/initial_state", format!("widget '{name}' does not exist")));
        }
        Some(_) => {}
    }
    found.extend(states.iter().enumerate().flat_map(|(index, state)| broken_transitions(state, index, &names)));
    found
}

fn unknown_keys(value: &Value, known: &[&str], path: &str) -> Vec<DefinitionError> {
    let keys = value.as_object().into_iter().flat_map(|object| object.keys());
    keys.filter(|key| !known.contains(&key.as_str()))
        .map(|key| DefinitionError::new(format!("{path}/{key}"), format!("unknown property '{key}'")))
        .collect()
}

fn incomplete(state: &Value, path: &str) -> Vec<DefinitionError> {
    let mut found = Vec::new();
    for key in ["name", "type"] {
        if state[key].as_str().is_none_or(str::is_empty) {
            found.push(DefinitionError::new(format!("{path}/{key}"), format!("{key} is missing")));
        }
    }
    if !state["transitions"].is_array() {
        found.push(DefinitionError::new(format!("{path}/transitions"), "transitions is missing"));
    }
    if !state["properties"].is_object() {
        found.push(DefinitionError::new(format!("{path}/properties"), "properties is missing"));
    }
    found
}

/// Transitions without an event, or to a widget that is not there.
fn broken_transitions(state: &Value, index: usize, names: &HashSet<&str>) -> Vec<DefinitionError> {
    let mut found = Vec::new();
    for (number, transition) in state["transitions"].as_array().into_iter().flatten().enumerate() {
        let path = format!("#/states/{index}/transitions/{number}");
        if transition["event"].as_str().is_none_or(str::is_empty) {
            found.push(DefinitionError::new(format!("{path}/event"), "event is missing"));
        }
        if let Some(next) = transition["next"].as_str().filter(|next| !names.contains(next)) {
            found.push(DefinitionError::new(format!("{path}/next"), format!("widget '{next}' does not exist")));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sound() -> Value {
        let hangup = json!({"name": "bye", "type": "say-play", "transitions": [{"event": "audioComplete"}],
                            "properties": {"say": "Bye"}});
        let trigger = json!({"name": "Trigger", "type": "trigger", "properties": {},
                             "transitions": [{"event": "incomingCall", "next": "bye"}]});
        json!({"states": [trigger, hangup], "initial_state": "Trigger", "flags": {"allow_concurrent_calls": true}})
    }

    #[test]
    fn a_sound_definition_has_no_errors() {
        assert_eq!(errors(&sound()), []);
    }

    #[test]
    fn each_structural_mistake_is_found_where_it_is() {
        for (pointer, value, path) in [
            ("/states", json!([]), "#/states"),
            ("/initial_state", json!("nowhere"), "#/initial_state"),
            ("/initial_state", Value::Null, "#/initial_state"),
            ("/states/1/name", json!("Trigger"), "#/states/1/name"),
            ("/states/0/transitions/0/next", json!("nowhere"), "#/states/0/transitions/0/next"),
            ("/states/0/type", json!(""), "#/states/0/type"),
            ("/states/0/properties", Value::Null, "#/states/0/properties"),
        ] {
            let mut definition = sound();
            *definition.pointer_mut(pointer).unwrap() = value;
            assert!(errors(&definition).iter().any(|error| error.property_path == path), "{pointer}");
        }
        let mut definition = sound();
        definition["states"][0]["colour"] = json!("red");
        assert_eq!(errors(&definition)[0].property_path, "#/states/0/colour");
    }
}
