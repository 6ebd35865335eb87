//! Which rows the table shows, and in which order.
//!
//! Knows nothing of how a row looks.

use std::cmp::Ordering;

use shared::ExtensionNumber;

use super::Draft;

/// How many rows one page of the table has.
pub const PAGE_SIZE: usize = 100;

/// The part of the table that is shown. It stays when the view is left.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Roster {
    /// The page that was asked for, counted from 0. There may be fewer by now.
    pub page: usize,
}

impl Roster {
    /// The keys of all rows, by number.
    #[must_use]
    pub fn keys(draft: &Draft) -> Vec<String> {
        let mut rows: Vec<_> = draft.iter().map(|(key, extension)| (&extension.extension_number, key)).collect();
        rows.sort_by(|left, right| by_value(left.0, right.0).then_with(|| left.1.cmp(right.1)));
        rows.into_iter().map(|(_, key)| key.to_owned()).collect()
    }

    /// How many pages that many rows fill; an empty table has one.
    #[must_use]
    pub fn pages(rows: usize) -> usize {
        rows.div_ceil(PAGE_SIZE).max(1)
    }

    /// The page to show where there are that many rows: the last one, if the one asked for is gone.
    #[must_use]
    pub fn page_of(&self, rows: usize) -> usize {
        self.page.min(Self::pages(rows) - 1)
    }
}

/// The order of numbers by value; "7" and "007" are different, and the shorter comes first.
#[must_use]
pub fn by_value(left: &ExtensionNumber, right: &ExtensionNumber) -> Ordering {
    let digits = |number: &ExtensionNumber| number.as_str().trim_start_matches('0').to_owned();
    let (a, b) = (digits(left), digits(right));
    a.len().cmp(&b.len()).then_with(|| a.cmp(&b)).then_with(|| left.as_str().len().cmp(&right.as_str().len()))
}
