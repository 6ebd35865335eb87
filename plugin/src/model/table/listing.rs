//! Rows in their order, shared instead of copied, and how they become fewer with every letter that is typed.
//!
//! Knows nothing of orders and of the other filters.

use std::ops::Deref;
use std::sync::Arc;

use memchr::memmem::Finder;

use crate::model::draft::RowKeys;
use crate::model::draft::words;

/// Rows in their order. A copy is the same list; whether two are the same is told without looking at the rows.
#[derive(Clone, Debug)]
pub struct Listing(Arc<[Arc<RowKeys>]>);

/// What was found on the way to what stands in the search box. One more letter is looked for only where the letters
/// before it were found, and taking a letter back looks for nothing.
#[derive(Clone, Debug)]
pub struct SearchSteps {
    all: Listing,
    steps: Vec<(Vec<String>, Listing)>,
}

impl Deref for Listing {
    type Target = [Arc<RowKeys>];

    fn deref(&self) -> &Self::Target {
        &self.0
    }
}

impl PartialEq for Listing {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl FromIterator<Arc<RowKeys>> for Listing {
    fn from_iter<I: IntoIterator<Item = Arc<RowKeys>>>(rows: I) -> Self {
        Self(rows.into_iter().collect())
    }
}

impl Listing {
    fn with(&self, words: &[String]) -> Self {
        // Prepared once: what `str::contains` prepares for every row takes longer than looking.
        let words: Vec<_> = words.iter().map(Finder::new).collect();
        self.iter().filter(|row| row.has(&words)).cloned().collect()
    }
}

impl SearchSteps {
    /// Begins with all rows that there are.
    #[must_use]
    pub fn new(all: Listing) -> Self {
        Self { all, steps: Vec::new() }
    }

    /// Whether these are the rows that it began with.
    #[must_use]
    pub fn begins_with(&self, all: &Listing) -> bool {
        self.all == *all
    }

    /// The rows that have all words of a text.
    #[must_use]
    pub fn find(&mut self, text: &str) -> Listing {
        let typed = words(text);
        while self.steps.last().is_some_and(|(earlier, _)| !narrows(&typed, earlier)) {
            self.steps.pop();
        }
        let found = match self.steps.last() {
            _ if typed.is_empty() => return self.all.clone(),
            Some((earlier, rows)) if *earlier == typed => return rows.clone(),
            Some((_, rows)) => rows.with(&typed),
            None => self.all.with(&typed),
        };
        self.steps.push((typed, found.clone()));
        found
    }
}

/// Whether all rows that have these words have the earlier ones, too.
fn narrows(words: &[String], earlier: &[String]) -> bool {
    earlier.iter().all(|earlier| words.iter().any(|word| word.contains(earlier.as_str())))
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use shared::{AgentExtension, NumberRules};

    use super::*;
    use crate::model::Item;

    fn listing(names: &[&str]) -> Listing {
        let entry = |(index, name): (usize, &&str)| {
            let sid = format!("WK{index:032}");
            let data = json!({"workerFullName": name, "extensionNumber": "2000", "workerSid": sid});
            let row = AgentExtension::parse(&data, &NumberRules::ANY).expect("a row");
            Arc::new(RowKeys::new(&Item { key: sid, data, event_id: 1, date_updated: None }, &row))
        };
        names.iter().enumerate().map(entry).collect()
    }

    fn names(rows: &Listing) -> Vec<&str> {
        rows.iter().map(|row| row.name()).collect()
    }

    #[test]
    fn whatever_was_typed_before_the_rows_that_have_all_words_are_found() {
        let all = listing(&["Anna Lee", "Hanna Moor", "Lee Ann", "Otto"]);
        let mut steps = SearchSteps::new(all.clone());
        for text in
            ["a", "an", "ann", "anna", "anna l", "anna", "lee", "lee an", "an lee", "o", "", "  ", "x", "ha", "Ö"]
        {
            let anew = SearchSteps::new(all.clone()).find(text);
            assert_eq!(names(&steps.find(text)), names(&anew), "{text}");
        }
        assert_eq!(names(&steps.find("an lee")), ["anna lee", "lee ann"]);
    }

    #[test]
    fn a_letter_that_is_taken_back_brings_back_the_same_rows_without_looking() {
        let mut steps = SearchSteps::new(listing(&["Anna", "Anton", "Otto"]));
        let (an, ann) = (steps.find("an"), steps.find("ann"));
        assert!(an != ann && steps.find("an") == an);
        assert!(steps.find("") == steps.all && steps.begins_with(&steps.all.clone()));
        assert!(steps.find("otto") != an, "what was forgotten is looked for anew");
    }
}
