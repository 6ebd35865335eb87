//! What the rules find, as the tests compare it.

use call_flow::Finding;

/// What was found, and in which widget or filter.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Found {
    code: String,
    place: String,
}

/// The parts that are compared; each finding must have its sentence and its advice.
#[track_caller]
pub(crate) fn parts(findings: &[Finding]) -> Vec<Found> {
    for finding in findings {
        assert!(!finding.sentence().is_empty() && !finding.advice().is_empty(), "{finding:?}");
    }
    findings.iter().map(|finding| Found { code: finding.code(), place: finding.place.clone() }).collect()
}

pub(crate) fn found_at(code: &str, place: &str) -> Found {
    Found { code: code.to_owned(), place: place.to_owned() }
}

/// Nothing else was found.
pub(crate) fn only(code: &str, place: &str) -> Vec<Found> {
    vec![found_at(code, place)]
}
