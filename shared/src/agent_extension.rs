//! One agent's extension, as it stands in a Map Item and in the published asset.
//!
//! Call [`AgentExtension::parse`] where everything must be sound, and [`AgentExtension::read`] where what is odd costs
//! nobody the agent.
//!
//! Knows nothing of the other extensions; see `directory` for what must hold between them.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::{ExtensionNumber, NumberRules, Oddity, RowError, WorkerSid, worker_name};

/// An extension number and the agent it leads to.
///
/// The JSON form is `{"workerFullName","extensionNumber","workerSid","updatedBy"?,"updatedAt"?}`.
/// Fields that other tools added are kept and written back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AgentExtension {
    /// The agent's name when the extension was assigned; empty where a row was read that has none.
    pub worker_full_name: String,
    /// The digits a caller keys in.
    pub extension_number: ExtensionNumber,
    /// The Worker that TaskRouter rings.
    pub worker_sid: WorkerSid,
    /// The name of the person who last changed it, as Flex knows it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub updated_by: Option<String>,
    /// When it was last changed: RFC 3339, UTC.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub updated_at: Option<String>,
    /// The key of the Map Item that this one takes the place of. Written before that one is removed, so that whoever
    /// comes next can finish what was cut off in between. Never published.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replaces_key: Option<String>,
    /// What other tools stored beside these fields.
    #[serde(flatten)]
    pub other: Map<String, Value>,
}

/// What stands in a row in place of a value that could not be read.
pub const UNREADABLE: &str = "\u{fffd}";

impl AgentExtension {
    /// The fields of a row that are ours, all of them text; any other belongs to another tool.
    pub const FIELDS: [&str; 6] =
        ["workerFullName", "extensionNumber", "workerSid", "updatedBy", "updatedAt", "replacesKey"];

    /// Reads a JSON value by the rules of the account, for publishing: all of it must be sound.
    ///
    /// # Errors
    ///
    /// [`RowError`], the first thing that is wrong with the value.
    pub fn parse(value: &Value, rules: &NumberRules) -> Result<Self, RowError> {
        let (extension, oddities) = Self::read_by(value, rules)?;
        oddities.into_iter().find_map(Oddity::refusal).map_or(Ok(extension), Err)
    }

    /// Reads a JSON value as it is found. The number and the Worker alone decide whether a caller reaches somebody: what
    /// else is odd is left out or put right, and named.
    ///
    /// # Errors
    ///
    /// [`RowError`] when the number or the Worker is not usable.
    pub fn read(value: &Value) -> Result<(Self, Vec<Oddity>), RowError> {
        Self::read_by(value, &NumberRules::ANY)
    }

    fn read_by(value: &Value, rules: &NumberRules) -> Result<(Self, Vec<Oddity>), RowError> {
        let fields = value.as_object().ok_or(RowError::NotAnObject)?;
        let text = |field: &'static str| fields.get(field).and_then(Value::as_str).ok_or(RowError::Missing { field });
        if matches!(fields.get("extensionNumber"), Some(Value::Number(_))) {
            return Err(RowError::NumberIsNotText);
        }
        let extension_number = ExtensionNumber::parse(text("extensionNumber")?, rules).map_err(RowError::Number)?;
        let worker_sid = WorkerSid::parse(text("workerSid")?).map_err(RowError::Worker)?;
        let mut oddities = Vec::new();
        let extension = Self {
            worker_full_name: read_name(fields, &mut oddities),
            extension_number,
            worker_sid,
            updated_by: read_optional(fields, "updatedBy", &mut oddities),
            updated_at: read_optional(fields, "updatedAt", &mut oddities),
            replaces_key: read_optional(fields, "replacesKey", &mut oddities),
            other: others(fields, |name| !Self::FIELDS.contains(&name)),
        };
        if extension.other.values().any(|value| value == UNREADABLE) {
            oddities.push(Oddity::OtherUnreadable);
        }
        Ok((extension, oddities))
    }

    /// The row as it is published: without what only an unfinished change of number needs, however it is spelled.
    #[must_use]
    pub fn published(&self) -> Self {
        let is_bookkeeping = |name: &str| name.replace(['_', '-'], "").eq_ignore_ascii_case("replacesKey");
        Self { replaces_key: None, other: others(&self.other, |name| !is_bookkeeping(name)), ..self.clone() }
    }

    /// Whether a caller would notice a difference: who answers, and under which name.
    #[must_use]
    pub fn leads_to_the_same_agent(&self, other: &Self) -> bool {
        self.extension_number == other.extension_number
            && self.worker_sid == other.worker_sid
            && self.worker_full_name == other.worker_full_name
    }
}

/// The name, or what is nearest to it.
fn read_name(fields: &Map<String, Value>, oddities: &mut Vec<Oddity>) -> String {
    let Some(text) = fields.get("workerFullName").and_then(Value::as_str) else {
        oddities.push(Oddity::NameMissing);
        return String::new();
    };
    note_damage(text, "workerFullName", oddities);
    worker_name::parse(text).map(str::to_owned).unwrap_or_else(|error| {
        oddities.push(Oddity::Name(error));
        worker_name::nearest(text)
    })
}

/// A field that need not be there.
fn read_optional(fields: &Map<String, Value>, field: &'static str, oddities: &mut Vec<Oddity>) -> Option<String> {
    match fields.get(field) {
        None | Some(Value::Null) => None,
        Some(Value::String(text)) => {
            note_damage(text, field, oddities);
            Some(text.clone())
        }
        Some(_) => {
            oddities.push(Oddity::NotText { field });
            None
        }
    }
}

fn note_damage(text: &str, field: &'static str, oddities: &mut Vec<Oddity>) {
    if text.contains(char::REPLACEMENT_CHARACTER) {
        oddities.push(Oddity::Damaged { field });
    }
}

fn others(fields: &Map<String, Value>, keep: impl Fn(&str) -> bool) -> Map<String, Value> {
    fields.iter().filter(|(name, _)| keep(name)).map(|(name, value)| (name.clone(), value.clone())).collect()
}

#[cfg(test)]
mod tests;
