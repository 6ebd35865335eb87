//! What the rules find. It is data; `crate::strings` has the sentences.

use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};

use crate::problem::{Problem, Severity};
use crate::strings;

/// Something in a Flow or a Workflow that costs callers their call, or may.
///
/// As JSON it is `{"code","severity","where","problem","message","advice"}`; programs branch on `code`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The widget or the filter it was found in; empty where it is about the whole.
    pub place: String,
    /// The rule that is broken, with what the sentence about it needs.
    pub problem: Problem,
}

impl Finding {
    pub(super) fn new(place: &str, problem: Problem) -> Self {
        Self { place: place.to_owned(), problem }
    }

    /// The code in kebab-case, such as `last-step-times-out`.
    #[must_use]
    pub fn code(&self) -> String {
        let problem = serde_json::to_value(&self.problem).unwrap_or_default();
        problem.get("code").and_then(serde_json::Value::as_str).unwrap_or_default().to_owned()
    }

    /// How bad it is.
    #[must_use]
    pub fn severity(&self) -> Severity {
        self.problem.severity()
    }

    /// What was found, as a sentence.
    #[must_use]
    pub fn sentence(&self) -> String {
        strings::sentence(&self.place, &self.problem)
    }

    /// How to mend it, as a sentence.
    #[must_use]
    pub fn advice(&self) -> String {
        strings::advice(&self.problem)
    }
}

impl Serialize for Finding {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut finding = serializer.serialize_struct("Finding", 6)?;
        finding.serialize_field("code", &self.code())?;
        finding.serialize_field("severity", &self.severity())?;
        finding.serialize_field("where", &self.place)?;
        finding.serialize_field("problem", &self.problem)?;
        finding.serialize_field("message", &self.sentence())?;
        finding.serialize_field("advice", &self.advice())?;
        finding.end()
    }
}
