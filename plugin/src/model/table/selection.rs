//! Which rows are chosen for what is done to many at once.
//!
//! Knows nothing of pages and filters: what the table shows arrives with each event.

use std::collections::BTreeSet;

use crate::model::draft::{Draft, KeyedRow};
use crate::model::{Effect, Model};

/// The rows that are chosen. They stay chosen when the table turns its page or the view is left.
#[derive(Clone, Debug, Default)]
pub struct Selection {
    /// Rises whenever the choice changes.
    pub stamp: usize,
    keys: BTreeSet<String>,
    /// The row that was chosen or given up last: a range begins there.
    anchor: Option<String>,
}

/// What happened to the choice. `shown` holds the keys that the table shows, in its order.
#[derive(Clone, Debug)]
pub enum SelectionEvent {
    /// One row's box was pressed.
    RowToggled {
        /// The key of the row.
        key: String,
        /// Whether all rows from the last one pressed to this one are meant.
        range: bool,
        /// What the table shows.
        shown: Vec<String>,
    },
    /// The box for the whole page was pressed.
    PageToggled {
        /// What the table shows.
        shown: Vec<String>,
    },
    /// Nothing is to be chosen any more.
    Cleared,
}

impl Selection {
    /// Whether a row is chosen.
    #[must_use]
    pub fn has(&self, key: &str) -> bool {
        self.keys.contains(key)
    }

    /// How many of the rows that exist are chosen.
    #[must_use]
    pub fn count(&self, draft: &Draft) -> usize {
        self.keys.iter().filter(|key| draft.get(key).is_some()).count()
    }

    /// How many of these rows are chosen.
    pub fn count_of<'a>(&self, shown: impl IntoIterator<Item = &'a String>) -> usize {
        shown.into_iter().filter(|key| self.has(key)).count()
    }

    /// The chosen rows as they are now.
    pub(in crate::model) fn rows(&self, draft: &Draft) -> Vec<KeyedRow> {
        let row = |key: &String| Some(KeyedRow { key: key.clone(), row: draft.get(key)?.clone() });
        self.keys.iter().filter_map(row).collect()
    }

    pub(in crate::model) fn remove(&mut self, key: &str) {
        if self.keys.remove(key) {
            self.stamp += 1;
        }
    }

    fn toggle_row(&mut self, key: String, range: bool, shown: &[String]) {
        let on = !self.has(&key);
        let place = |wanted: &str| shown.iter().position(|key| key == wanted);
        let from = self.anchor.as_deref().filter(|_| range).and_then(place);
        match (from, place(&key)) {
            (Some(from), Some(to)) => self.set(&shown[from.min(to)..=from.max(to)], on),
            _ => self.set(std::slice::from_ref(&key), on),
        }
        self.anchor = Some(key);
    }

    fn set(&mut self, keys: &[String], on: bool) {
        self.stamp += 1;
        for key in keys {
            if on {
                self.keys.insert(key.clone());
            } else {
                self.keys.remove(key);
            }
        }
    }
}

impl Model {
    pub(in crate::model) fn selection_event(&mut self, event: SelectionEvent) -> Vec<Effect> {
        let selection = &mut self.selection;
        match event {
            SelectionEvent::RowToggled { key, range, shown } => selection.toggle_row(key, range, &shown),
            SelectionEvent::PageToggled { shown } => {
                let on = selection.count_of(&shown) < shown.len();
                selection.set(&shown, on);
            }
            SelectionEvent::Cleared => {
                *selection = Selection { stamp: selection.stamp + 1, ..Selection::default() };
            }
        }
        Vec::new()
    }
}
