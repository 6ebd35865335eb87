//! Twilio's string identifiers: two capital letters and 32 hexadecimal digits.
//!
//! Knows nothing of what a SID points at.

use serde::{Deserialize, Serialize};

/// Whether a text is a SID of the kind that `prefix` names, two capital letters such as `ZB`.
///
/// <https://www.twilio.com/docs/glossary/what-is-a-sid>
#[must_use]
pub fn is_sid(text: &str, prefix: &str) -> bool {
    text.strip_prefix(prefix)
        .is_some_and(|digits| digits.len() == 32 && digits.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

/// The SID of a TaskRouter Worker: `WK` and 32 lower-case hexadecimal digits.
///
/// <https://www.twilio.com/docs/glossary/what-is-a-sid>
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct WorkerSid(String);

/// Why a text is not a SID.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("expected {prefix} followed by 32 hexadecimal digits, letters in lower case")]
pub struct SidError {
    /// The two capital letters that were expected.
    pub prefix: &'static str,
}

impl WorkerSid {
    /// Parses a Worker SID. One in another case is refused, neither kept nor put right: TaskRouter compares SIDs letter
    /// by letter and its own are in lower case, so as it stands it rings nobody, and what was meant is for a person to say.
    ///
    /// # Errors
    ///
    /// [`SidError`] when the text is anything but `WK` and 32 hexadecimal digits in lower case.
    pub fn parse(text: &str) -> Result<Self, SidError> {
        let is_lower_case = !text.bytes().skip(2).any(|byte| byte.is_ascii_uppercase());
        if is_sid(text, "WK") && is_lower_case { Ok(Self(text.to_owned())) } else { Err(SidError { prefix: "WK" }) }
    }

    /// The SID as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Display for WorkerSid {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl TryFrom<String> for WorkerSid {
    type Error = SidError;

    fn try_from(text: String) -> Result<Self, SidError> {
        Self::parse(&text)
    }
}

impl From<WorkerSid> for String {
    fn from(sid: WorkerSid) -> Self {
        sid.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_worker_sid_is_wk_and_32_hexadecimal_digits_in_lower_case() {
        assert!(WorkerSid::parse("WK0123456789abcdef0123456789abcdef").is_ok());
        for wrong in [
            "",
            "WK",
            "WK0123",
            "WQ0123456789abcdef0123456789abcdef",
            "WK0123456789abcdef0123456789abcdeg",
            "WK0123456789abcdef0123456789abcdef0",
            "wk0123456789abcdef0123456789abcdef",
            "WK0123456789ABCDEF0123456789ABCDEF",
            "WK0123456789abcdef0123456789abcdeF",
        ] {
            assert_eq!(WorkerSid::parse(wrong), Err(SidError { prefix: "WK" }), "{wrong}");
        }
    }
}
