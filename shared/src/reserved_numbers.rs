//! Numbers that an account keeps for something else: emergency calls, the operator, conference rooms.
//!
//! Knows nothing of who has which number.

use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::digits::can_be_dialled;

/// A reserved number, or all numbers of the same length from one to another: `911`, `1000-1099`.
///
/// Leading zeros count here too: `0` reserves neither `00` nor `01`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ReservedNumbers {
    first: String,
    last: String,
}

/// Why a text does not name reserved numbers.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReservedNumbersError {
    /// Neither a number nor two numbers with a hyphen in between.
    #[error("{0:?} is neither a number nor a range such as 1000-1099")]
    NotNumbers(String),
    /// The two ends have different lengths, or the first one is the higher one.
    #[error("{0:?} must go from a lower to a higher number with as many digits")]
    NotARange(String),
}

impl ReservedNumbers {
    /// Reads a list such as `0,911,1000-1099`. Spaces and empty parts are ignored.
    ///
    /// # Errors
    ///
    /// [`ReservedNumbersError`] for the first part that makes no sense.
    pub fn parse_list(text: &str) -> Result<Vec<Self>, ReservedNumbersError> {
        text.split(',').map(str::trim).filter(|part| !part.is_empty()).map(str::parse).collect()
    }

    /// Whether a number is one of them.
    #[must_use]
    pub fn contains(&self, number: &str) -> bool {
        // With as many digits, the order of the text is the order of the values.
        number.len() == self.first.len() && (self.first.as_str()..=self.last.as_str()).contains(&number)
    }
}

impl FromStr for ReservedNumbers {
    type Err = ReservedNumbersError;

    fn from_str(text: &str) -> Result<Self, ReservedNumbersError> {
        let (first, last) = text.split_once('-').unwrap_or((text, text));
        let number = |digits: &str| {
            let digits = digits.trim();
            let not_numbers = || ReservedNumbersError::NotNumbers(text.to_owned());
            if can_be_dialled(digits) { Ok(digits.to_owned()) } else { Err(not_numbers()) }
        };
        let (first, last) = (number(first)?, number(last)?);
        if first.len() != last.len() || first > last {
            return Err(ReservedNumbersError::NotARange(text.to_owned()));
        }
        Ok(Self { first, last })
    }
}

impl std::fmt::Display for ReservedNumbers {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.first == self.last {
            return self.first.fmt(formatter);
        }
        write!(formatter, "{}-{}", self.first, self.last)
    }
}

impl TryFrom<String> for ReservedNumbers {
    type Error = ReservedNumbersError;

    fn try_from(text: String) -> Result<Self, ReservedNumbersError> {
        text.parse()
    }
}

impl From<ReservedNumbers> for String {
    fn from(reserved: ReservedNumbers) -> Self {
        reserved.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reserved(text: &str, number: &str) -> bool {
        ReservedNumbers::parse_list(text).unwrap().iter().any(|reserved| reserved.contains(number))
    }

    #[test]
    fn a_range_reserves_both_its_ends_and_everything_between() {
        for number in ["0", "911", "1000", "1050", "1099"] {
            assert!(reserved("0, 911,1000-1099", number), "{number}");
        }
        for number in ["00", "1", "0911", "999", "1100", "10500", "01050"] {
            assert!(!reserved("0, 911,1000-1099", number), "{number}");
        }
        assert!(!reserved("", "0"));
    }

    #[test]
    fn what_makes_no_sense_is_refused() {
        for wrong in ["911x", "-5", "5-", "1-2-3", "a-b"] {
            let refused = ReservedNumbers::parse_list(wrong);
            assert_eq!(refused, Err(ReservedNumbersError::NotNumbers(wrong.to_owned())));
        }
        for wrong in ["1099-1000", "99-100"] {
            let refused = ReservedNumbers::parse_list(wrong);
            assert_eq!(refused, Err(ReservedNumbersError::NotARange(wrong.to_owned())));
        }
    }

    #[test]
    fn on_the_wire_it_is_the_text_it_was_configured_with() {
        let list = ReservedNumbers::parse_list("911,1000-1099").unwrap();
        let json = serde_json::to_string(&list).unwrap();
        assert_eq!(json, r#"["911","1000-1099"]"#);
        assert_eq!(serde_json::from_str::<Vec<ReservedNumbers>>(&json).unwrap(), list);
    }
}
