//! The numbers that are in use: which ones get in each other's way, and which one is free next.
//!
//! Call [`NumbersInUse::add`] and [`NumbersInUse::remove`] as rows come and go, then [`NumbersInUse::prefix_conflict`]
//! and [`NumbersInUse::next_free`] answer without looking at every row.
//!
//! Knows nothing of whom a number leads to.

use std::collections::BTreeMap;
use std::ops::Bound;

use crate::{ExtensionNumber, NumberRules};

/// How many candidates the search for a free number looks at before it gives up.
const MOST_TRIED: usize = 100_000;

/// Numbers, each with how many rows have it. Every question is answered in a few steps, however many there are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NumbersInUse {
    rows: BTreeMap<ExtensionNumber, usize>,
}

/// Two numbers of which one is the beginning of the other. Where the call flow waits for a pause, a caller who pauses
/// after the shorter one never reaches the longer one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PrefixConflict {
    /// This number in use is the beginning of the one in question.
    BeginsWith(ExtensionNumber),
    /// The one in question is the beginning of this number in use.
    IsBeginningOf(ExtensionNumber),
}

impl NumbersInUse {
    /// One more row has this number.
    pub fn add(&mut self, number: ExtensionNumber) {
        *self.rows.entry(number).or_default() += 1;
    }

    /// One row less has this number.
    pub fn remove(&mut self, number: &str) {
        match self.rows.get_mut(number) {
            Some(rows @ 2..) => *rows -= 1,
            Some(_) => _ = self.rows.remove(number),
            None => {}
        }
    }

    /// Whether any row has this number.
    #[must_use]
    pub fn contains(&self, number: &str) -> bool {
        self.rows.contains_key(number)
    }

    /// What a number would get in the way of, leaving out the number that it takes the place of.
    #[must_use]
    pub fn prefix_conflict(&self, number: &str, except: Option<&str>) -> Option<PrefixConflict> {
        let other = |found: &&ExtensionNumber| Some(found.as_str()) != except;
        let beginning = (1..number.len())
            .filter_map(|digits| self.rows.get_key_value(number.get(..digits)?).map(|(found, _)| found))
            .find(other);
        if let Some(beginning) = beginning {
            return Some(PrefixConflict::BeginsWith(beginning.clone()));
        }
        let longer = self
            .rows
            .range::<str, _>((Bound::Included(number), Bound::Unbounded))
            .map(|(found, _)| found)
            .take_while(|found| found.as_str().starts_with(number))
            .filter(|found| found.as_str() != number)
            .find(other);
        longer.cloned().map(PrefixConflict::IsBeginningOf)
    }

    /// The next number that is allowed, free and in nobody's way: with as many digits as `from`, and above it where
    /// possible. Without a `from` it continues the numbers there are.
    #[must_use]
    pub fn next_free(&self, from: Option<&str>, rules: &NumberRules) -> Option<ExtensionNumber> {
        let from = match from.and_then(|from| ExtensionNumber::parse(from, &lengths_only(rules)).ok()) {
            Some(from) => from,
            None => self.first_of_usual_length(rules)?,
        };
        let digits = from.as_str().len();
        let (start, end) = (from.as_str().parse::<u128>().ok()?, 10_u128.checked_pow(u32::try_from(digits).ok()?)?);
        // A number that begins with 0 is easily lost in a spreadsheet, so none is offered before all others are taken.
        let lowest = if digits == 1 { 0 } else { end / 10 };
        (start..end)
            .chain(lowest.min(start)..start)
            .take(MOST_TRIED)
            .map(|value| format!("{value:0digits$}"))
            .filter(|text| !self.contains(text) && self.prefix_conflict(text, None).is_none())
            .find_map(|text| ExtensionNumber::parse(&text, rules).ok())
    }

    /// The lowest number in use that has as many digits as most have; where nothing is in use, one to begin with.
    fn first_of_usual_length(&self, rules: &NumberRules) -> Option<ExtensionNumber> {
        let (min, max) = rules.lengths();
        let mut by_length = BTreeMap::<usize, (usize, &ExtensionNumber)>::new();
        for number in self.rows.keys().filter(|number| (min..=max).contains(&number.as_str().len())) {
            by_length.entry(number.as_str().len()).or_insert((0, number)).0 += 1;
        }
        match by_length.values().max_by_key(|(count, _)| *count) {
            Some((_, lowest)) => Some((*lowest).clone()),
            None => {
                let digits = 4.clamp(min, max);
                let first = if digits == 1 { "1".to_owned() } else { format!("1{}", "0".repeat(digits - 1)) };
                ExtensionNumber::parse(&first, &NumberRules::ANY).ok()
            }
        }
    }
}

/// Numbers that are kept back are a fine place to start from.
fn lengths_only(rules: &NumberRules) -> NumberRules {
    NumberRules { min_digits: rules.min_digits, max_digits: rules.max_digits, reserved: Vec::new() }
}

#[cfg(test)]
mod tests;
