//! Which extension numbers an account allows.
//!
//! Knows nothing of who has which number; see `numbers_in_use` for that.

use serde::{Deserialize, Serialize};

use crate::ReservedNumbers;
use crate::digits::MOST_DIGITS;

/// Which extension numbers an account allows: how many digits, both ends included, and which numbers are kept back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct NumberRules {
    /// The fewest digits.
    pub min_digits: usize,
    /// The most digits; never above 30, which is all that Studio gathers.
    pub max_digits: usize,
    /// The numbers that no agent may have.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reserved: Vec<ReservedNumbers>,
}

impl Default for NumberRules {
    fn default() -> Self {
        Self { min_digits: 2, max_digits: 10, reserved: Vec::new() }
    }
}

impl NumberRules {
    /// Every number that can be dialled at all: for reading what older tools or older rules left behind.
    pub const ANY: Self = Self { min_digits: 1, max_digits: MOST_DIGITS, reserved: Vec::new() };

    /// The rule that keeps a number back, if there is one.
    #[must_use]
    pub fn reserved(&self, number: &str) -> Option<&ReservedNumbers> {
        self.reserved.iter().find(|reserved| reserved.contains(number))
    }

    /// The fewest and the most digits, within what can be dialled at all.
    #[must_use]
    pub fn lengths(&self) -> (usize, usize) {
        (self.min_digits.max(1), self.max_digits.min(MOST_DIGITS))
    }
}
