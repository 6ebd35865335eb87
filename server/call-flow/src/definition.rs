//! A Studio Flow definition, as it is read: its widgets, where their events lead, and their properties.
//!
//! Does not know what a widget does. <https://www.twilio.com/docs/studio/rest-api/v2/schemas>

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value;

/// A Flow definition. What this crate has no use for is left out.
#[derive(Clone, Debug, Deserialize)]
pub struct Flow {
    /// The widgets; Twilio calls them states.
    #[serde(default)]
    pub states: Vec<Widget>,
    /// The name of the widget that every execution begins with.
    #[serde(default)]
    pub initial_state: String,
}

/// A widget.
#[derive(Clone, Debug, Deserialize)]
pub struct Widget {
    /// Its name, unique in the Flow.
    pub name: String,
    /// What it does, such as `gather-input-on-call`.
    #[serde(rename = "type")]
    pub kind: String,
    /// Where its events lead.
    #[serde(default)]
    pub transitions: Vec<Transition>,
    /// Its settings.
    #[serde(default)]
    pub properties: BTreeMap<String, Value>,
}

/// Where an event of a widget leads.
#[derive(Clone, Debug, Deserialize)]
pub struct Transition {
    /// The event, such as `keypress`.
    pub event: String,
    /// The widget that comes next; none ends the execution.
    #[serde(default)]
    pub next: Option<String>,
    /// When a `match` of a split applies.
    #[serde(default)]
    pub conditions: Vec<Condition>,
}

/// When a `match` of a split applies.
#[derive(Clone, Debug, Deserialize)]
pub struct Condition {
    /// What is compared, as Liquid.
    #[serde(default)]
    pub arguments: Vec<String>,
    /// How, such as `equal_to`.
    #[serde(rename = "type")]
    pub kind: String,
    /// What it is compared with.
    #[serde(default)]
    pub value: String,
}

impl Flow {
    /// Reads a definition.
    ///
    /// # Errors
    ///
    /// When it has not the shape of a Flow definition.
    pub fn parse(definition: &Value) -> Result<Self, serde_json::Error> {
        Self::deserialize(definition)
    }

    /// The first widget of this name.
    #[must_use]
    pub fn widget(&self, name: &str) -> Option<&Widget> {
        self.states.iter().find(|widget| widget.name == name)
    }
}

impl Widget {
    /// Where an event leads; none if it has no transition or ends the execution. An empty name counts as none.
    #[must_use]
    pub fn next(&self, event: &str) -> Option<&str> {
        let transition = self.transitions.iter().find(|transition| transition.event == event)?;
        transition.next.as_deref().filter(|next| !next.is_empty())
    }

    /// A property that is a text.
    #[must_use]
    pub fn text(&self, property: &str) -> Option<&str> {
        self.properties.get(property)?.as_str()
    }

    /// A property that is a whole number, whether it is written as a number or as a text.
    #[must_use]
    pub fn number(&self, property: &str) -> Option<u64> {
        let value = self.properties.get(property)?;
        value.as_u64().or_else(|| value.as_str()?.trim().parse().ok())
    }

    /// Its `parameters` or `variables`: names and Liquid.
    #[must_use]
    pub fn pairs(&self, property: &str) -> Vec<(&str, &str)> {
        let pairs = self.properties.get(property).and_then(Value::as_array).into_iter().flatten();
        pairs.filter_map(|pair| Some((pair.get("key")?.as_str()?, pair.get("value")?.as_str()?))).collect()
    }
}
