//! One agent's extension, as it stands in a Map Item and in the published asset.
//!
//! Knows nothing of the other extensions; see `directory` for what must hold between them.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::{ExtensionNumber, ExtensionNumberError, NumberRules, SidError, WorkerSid};

/// An extension number and the agent it leads to.
///
/// The JSON form is `{"workerFullName","extensionNumber","workerSid","updatedBy"?,"updatedAt"?}`.
/// Fields that other tools added are kept and written back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AgentExtension {
    /// The agent's name when the extension was assigned.
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

/// Why a JSON value is not an agent extension, or may not stand in a directory.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RowError {
    /// Something other than a JSON object.
    #[error("the row is not an object")]
    NotAnObject,
    /// A field that must be there is not, or is not text.
    #[error("{field} is missing or is not text")]
    Missing {
        /// The field's name in JSON.
        field: &'static str,
    },
    /// The number breaks a rule.
    #[error("extensionNumber: {0}")]
    Number(ExtensionNumberError),
    /// The Worker SID is not one.
    #[error("workerSid: {0}")]
    Worker(SidError),
    /// A field that other tools do not own has the wrong type.
    #[error("{field} is not text")]
    NotText {
        /// The field's name in JSON.
        field: &'static str,
    },
    /// Another row has the same number.
    #[error("extension {number} already belongs to {owner}")]
    Taken {
        /// The number that stands twice.
        number: ExtensionNumber,
        /// The name on the row that came first.
        owner: String,
    },
}

impl AgentExtension {
    /// Reads a JSON value by the rules of the account.
    ///
    /// # Errors
    ///
    /// [`RowError`], the first thing that is wrong with the value.
    pub fn parse(value: &Value, rules: &NumberRules) -> Result<Self, RowError> {
        let fields = value.as_object().ok_or(RowError::NotAnObject)?;
        let text = |field: &'static str| fields.get(field).and_then(Value::as_str).ok_or(RowError::Missing { field });
        let optional = |field: &'static str| match fields.get(field) {
            None | Some(Value::Null) => Ok(None),
            Some(Value::String(text)) => Ok(Some(text.clone())),
            Some(_) => Err(RowError::NotText { field }),
        };
        let worker_full_name = text("workerFullName")?.trim().to_owned();
        if worker_full_name.is_empty() {
            return Err(RowError::Missing { field: "workerFullName" });
        }
        const OURS: [&str; 6] =
            ["workerFullName", "extensionNumber", "workerSid", "updatedBy", "updatedAt", "replacesKey"];
        Ok(Self {
            worker_full_name,
            extension_number: ExtensionNumber::parse(text("extensionNumber")?, rules).map_err(RowError::Number)?,
            worker_sid: WorkerSid::parse(text("workerSid")?).map_err(RowError::Worker)?,
            updated_by: optional("updatedBy")?,
            updated_at: optional("updatedAt")?,
            replaces_key: optional("replacesKey")?,
            other: fields
                .iter()
                .filter(|(name, _)| !OURS.contains(&name.as_str()))
                .map(|(name, value)| (name.clone(), value.clone()))
                .collect(),
        })
    }

    /// Whether a caller would notice a difference: who answers, and under which name.
    #[must_use]
    pub fn leads_to_the_same_agent(&self, other: &Self) -> bool {
        self.extension_number == other.extension_number
            && self.worker_sid == other.worker_sid
            && self.worker_full_name == other.worker_full_name
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    const WORKER: &str = "WK0123456789abcdef0123456789abcdef";

    fn parse(value: &Value) -> Result<AgentExtension, RowError> {
        AgentExtension::parse(value, &NumberRules::default())
    }

    #[test]
    fn fields_of_other_tools_survive_a_round_trip() {
        let row = json!({"workerFullName": "Ann", "extensionNumber": "007", "workerSid": WORKER, "mapKey": "k", "note": {"a": 1}});
        let extension = parse(&row).unwrap();
        assert_eq!(serde_json::to_value(&extension).unwrap(), row);
        assert_eq!(serde_json::from_value::<AgentExtension>(row).unwrap(), extension);
    }

    #[test]
    fn every_broken_rule_is_named() {
        let good = json!({"workerFullName": "Ann", "extensionNumber": "77", "workerSid": WORKER});
        let with = |field: &str, value: Value| {
            let mut row = good.clone();
            row[field] = value;
            parse(&row).unwrap_err()
        };
        assert_eq!(parse(&json!([])).unwrap_err(), RowError::NotAnObject);
        assert_eq!(with("workerFullName", json!("  ")), RowError::Missing { field: "workerFullName" });
        assert_eq!(with("extensionNumber", json!(77)), RowError::Missing { field: "extensionNumber" });
        assert_eq!(with("extensionNumber", json!("7a")), RowError::Number(ExtensionNumberError::NotDigits));
        assert_eq!(with("workerSid", json!("WKxxxx")), RowError::Worker(SidError { prefix: "WK" }));
        assert_eq!(with("updatedAt", json!(5)), RowError::NotText { field: "updatedAt" });
    }
}
