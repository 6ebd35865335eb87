//! What is found, and what could not be looked at.

use call_flow::Severity;
use serde::Serialize;

use crate::commands::CommandError;

/// Something in the account that costs callers or supervisors, or may.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// What it is, in kebab-case: programs branch on it.
    pub code: String,
    /// How bad it is.
    pub severity: Severity,
    /// The setting, the resource or the widget it was found in.
    #[serde(rename = "where")]
    pub place: String,
    /// What was found, as a sentence.
    pub message: String,
    /// How to mend it, as a sentence.
    pub advice: String,
}

impl Finding {
    pub(super) fn error(code: &str, place: impl Into<String>, (message, advice): (String, &str)) -> Self {
        let (code, place, advice) = (code.to_owned(), place.into(), advice.to_owned());
        Self { code, severity: Severity::Error, place, message, advice }
    }

    pub(super) fn warning(code: &str, place: impl Into<String>, words: (String, &str)) -> Self {
        Self { severity: Severity::Warning, ..Self::error(code, place, words) }
    }

    /// What the crate `call_flow` found in `resource`.
    pub(super) fn of_call_flow(resource: &str, finding: &call_flow::Finding) -> Self {
        let place =
            if finding.place.is_empty() { resource.to_owned() } else { format!("{resource}: {}", finding.place) };
        Self {
            code: finding.code(),
            severity: finding.severity(),
            place,
            message: without_place(finding),
            advice: finding.advice(),
        }
    }
}

/// The sentence begins with the place, which stands in front of it already.
fn without_place(finding: &call_flow::Finding) -> String {
    let sentence = finding.sentence();
    sentence.strip_prefix(&format!("{}: ", finding.place)).map(str::to_owned).unwrap_or(sentence)
}

/// A part of the account that could not be looked at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct UncheckedPart {
    /// Which part.
    pub part: String,
    /// Why, and what to do about it.
    pub reason: String,
}

/// Everything that came of looking.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Report {
    /// What was found, in the order of looking.
    pub findings: Vec<Finding>,
    /// The parts that were looked at.
    pub checked: Vec<String>,
    /// The parts that could not be looked at.
    pub unchecked: Vec<UncheckedPart>,
}

impl Report {
    /// Adds what came of a part; whether it was looked at and nothing was found.
    pub(super) fn add(&mut self, part: &str, result: Result<Vec<Finding>, CommandError>) -> bool {
        match result {
            Ok(findings) => {
                let healthy = findings.is_empty();
                self.checked.push(part.to_owned());
                self.findings.extend(findings);
                healthy
            }
            Err(error) => {
                self.unchecked.push(UncheckedPart { part: part.to_owned(), reason: error.to_string() });
                false
            }
        }
    }
}
