//! The number a caller keys in to reach an agent.
//!
//! Knows nothing of who owns a number; see `directory` for that.

use serde::{Deserialize, Serialize};

use crate::digits::are_digits;
use crate::{NumberRules, ReservedNumbers};

/// An agent's extension number: 1 to 30 ASCII digits, kept as text because leading zeros matter.
///
/// Which numbers are allowed in one account is a rule of that account; see [`NumberRules`].
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ExtensionNumber(String);

/// Why a text is not an acceptable extension number.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ExtensionNumberError {
    /// Nothing was entered.
    #[error("the extension number is empty")]
    Empty,
    /// Something other than the digits 0 to 9 was entered.
    #[error("an extension number has only the digits 0 to 9")]
    NotDigits,
    /// Too few or too many digits.
    #[error("an extension number has {min} to {max} digits")]
    Length {
        /// The fewest digits allowed.
        min: usize,
        /// The most digits allowed.
        max: usize,
    },
    /// It is kept for something else.
    #[error("{0} is reserved")]
    Reserved(ReservedNumbers),
}

impl ExtensionNumber {
    /// Parses what a person typed or a client sent, by the rules of the account.
    ///
    /// # Errors
    ///
    /// [`ExtensionNumberError`], the first rule that the text breaks.
    pub fn parse(text: &str, rules: &NumberRules) -> Result<Self, ExtensionNumberError> {
        let (min, max) = rules.lengths();
        if text.is_empty() {
            return Err(ExtensionNumberError::Empty);
        }
        if !are_digits(text) {
            return Err(ExtensionNumberError::NotDigits);
        }
        if text.len() < min || text.len() > max {
            return Err(ExtensionNumberError::Length { min, max });
        }
        match rules.reserved(text) {
            Some(reserved) => Err(ExtensionNumberError::Reserved(reserved.clone())),
            None => Ok(Self(text.to_owned())),
        }
    }

    /// The digits as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Display for ExtensionNumber {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl TryFrom<String> for ExtensionNumber {
    type Error = ExtensionNumberError;

    fn try_from(text: String) -> Result<Self, ExtensionNumberError> {
        Self::parse(&text, &NumberRules::ANY)
    }
}

impl From<ExtensionNumber> for String {
    fn from(number: ExtensionNumber) -> Self {
        number.0
    }
}

impl std::borrow::Borrow<str> for ExtensionNumber {
    fn borrow(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn parse(text: &str) -> Result<ExtensionNumber, ExtensionNumberError> {
        ExtensionNumber::parse(text, &NumberRules::default())
    }

    #[test]
    fn leading_zeros_are_kept_and_make_another_number() {
        assert_eq!(parse("007").map(|number| number.to_string()), Ok("007".to_owned()));
        assert_ne!(parse("007"), parse("07"));
    }

    #[test]
    fn only_the_ten_digits_are_accepted() {
        for wrong in ["1e3", "-55", "1.5", "0x10", " 12", "12 ", "١٢٣", "12a", "1,000", "+123"] {
            assert_eq!(parse(wrong), Err(ExtensionNumberError::NotDigits), "{wrong}");
        }
        assert_eq!(parse(""), Err(ExtensionNumberError::Empty));
    }

    #[test]
    fn by_default_a_number_has_2_to_10_digits() {
        let too_long_or_short = Err(ExtensionNumberError::Length { min: 2, max: 10 });
        assert_eq!(parse("1"), too_long_or_short);
        assert!(parse("12").is_ok());
        assert!(parse("1234567890").is_ok());
        assert_eq!(parse("12345678901"), too_long_or_short);
    }

    #[test]
    fn a_reserved_number_is_refused_with_the_rule_that_keeps_it_back() {
        let reserved = ReservedNumbers::parse_list("911,1000-1099").unwrap();
        let rules = NumberRules { reserved: reserved.clone(), ..NumberRules::default() };
        let parse = |text| ExtensionNumber::parse(text, &rules);
        assert_eq!(parse("1050"), Err(ExtensionNumberError::Reserved(reserved[1].clone())));
        assert_eq!(parse("911"), Err(ExtensionNumberError::Reserved(reserved[0].clone())));
        assert!(parse("1100").is_ok());
    }

    #[test]
    fn what_is_stored_is_read_whatever_the_length_rule_became() {
        assert!(serde_json::from_str::<ExtensionNumber>("\"1\"").is_ok());
        assert!(serde_json::from_str::<ExtensionNumber>("\"12345678901234567890\"").is_ok());
        assert!(serde_json::from_str::<ExtensionNumber>("\"12x\"").is_err());
    }

    proptest! {
        #[test]
        fn a_number_that_parses_reads_back_as_the_same_text(text in ".{0,14}") {
            if let Ok(number) = parse(&text) {
                prop_assert_eq!(number.as_str(), text.as_str());
                let json = serde_json::to_string(&number).unwrap();
                prop_assert_eq!(serde_json::from_str::<ExtensionNumber>(&json).unwrap(), number);
            }
        }
    }
}
