//! How the draft differs from what is published: which rows, and how many changes that makes.
//!
//! The rule is `shared::Directory`'s; here it is applied without copying 10,000 rows at every change.

use std::collections::BTreeSet;

use shared::Directory;

use crate::model::Model;
use crate::model::draft::{Draft, Reading};

/// What publishing would change.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Differences {
    keys: BTreeSet<String>,
    count: usize,
}

impl Differences {
    fn new(draft: &Draft, published: &Directory) -> Self {
        let mut numbers = BTreeSet::new();
        let mut differences = Self::default();
        let mut kept = 0;
        for (key, row) in draft.iter() {
            let number = row.extension_number.as_str();
            let before = published.get(number);
            let differs = !before.is_some_and(|before| before.leads_to_the_same_agent(row));
            if differs {
                differences.keys.insert(key.to_owned());
            }
            // Where older tools left one number under two keys, it is one change.
            if numbers.insert(number) {
                kept += usize::from(before.is_some());
                differences.count += usize::from(differs);
            }
        }
        differences.count += published.len() - kept;
        differences
    }

    /// Whether the row under a key differs.
    #[must_use]
    pub fn has(&self, key: &str) -> bool {
        self.keys.contains(key)
    }

    /// How many changes there are, rows that were removed among them.
    #[must_use]
    pub fn count(&self) -> usize {
        self.count
    }
}

impl Model {
    /// How the draft differs from what is published; none while either side is not known.
    #[must_use]
    pub fn differences(&self) -> Option<Differences> {
        let loaded = self.published.loaded.as_ref()?;
        (self.draft.reading == Reading::Done).then(|| Differences::new(&self.draft, &loaded.directory))
    }

    /// How many extensions differ from what is published; none while either side is not known.
    #[must_use]
    pub fn change_count(&self) -> Option<usize> {
        self.differences().map(|differences| differences.count())
    }
}
