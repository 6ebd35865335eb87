//! What can be asked of the draft without looking at every row: which numbers are in use, and which rows are to take
//! the place of others.
//!
//! Knows nothing of how the draft is read.

use std::collections::{BTreeMap, BTreeSet};

use shared::{AgentExtension, NumbersInUse};

/// Kept along with the rows, so that no question depends on how many there are.
#[derive(Clone, Debug, Default)]
pub(super) struct DraftIndex {
    /// How many rows have which number.
    pub(super) numbers: NumbersInUse,
    /// By the key of a row: the key of the one that was written to take its place.
    pub(super) successors: BTreeMap<String, String>,
    /// The keys of rows that are there beside the one that was written to take their place.
    pub(super) unfinished_renumbering_keys: BTreeSet<String>,
}

impl DraftIndex {
    /// A row comes in; `is_there` says whether there is any row under a key beside it.
    pub(super) fn add(&mut self, key: &str, row: &AgentExtension, is_there: impl Fn(&str) -> bool) {
        self.numbers.add(row.extension_number.clone());
        if self.successors.contains_key(key) {
            self.unfinished_renumbering_keys.insert(key.to_owned());
        }
        if let Some(replaced) = row.replaces_key.as_deref().filter(|replaced| *replaced != key) {
            self.successors.insert(replaced.to_owned(), key.to_owned());
            if is_there(replaced) {
                self.unfinished_renumbering_keys.insert(replaced.to_owned());
            }
        }
    }

    /// A row goes.
    pub(super) fn remove(&mut self, key: &str, row: &AgentExtension) {
        self.numbers.remove(row.extension_number.as_str());
        self.unfinished_renumbering_keys.remove(key);
        if let Some(replaced) = &row.replaces_key
            && self.successors.get(replaced).is_some_and(|successor| successor == key)
        {
            self.successors.remove(replaced);
            self.unfinished_renumbering_keys.remove(replaced);
        }
    }
}
