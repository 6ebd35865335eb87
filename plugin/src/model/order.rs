//! The orders that the table may have: by every column, upwards and downwards.
//!
//! Knows nothing of filters and pages. Rows that are alike in the column stand in the order of their numbers, so that
//! the same rows always have the same order.

use std::cmp::{Ordering, Reverse};
use std::sync::Arc;

use super::{Entry, fold};

/// A column of the table.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Column {
    /// The agent's name.
    Agent,
    /// The extension number, by value.
    #[default]
    Number,
    /// The Worker SID.
    Worker,
    /// Who last changed the row.
    UpdatedBy,
    /// When the row was last changed.
    UpdatedAt,
}

/// An order of the table.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sort {
    /// What decides.
    pub column: Column,
    /// Whether the greatest comes first.
    pub descending: bool,
}

impl Sort {
    /// The order after the head of a column was pressed: the other way round, or by that column.
    /// Of what was changed, the newest is asked for first.
    #[must_use]
    pub fn pressed(self, column: Column) -> Self {
        let descending = if self.column == column { !self.descending } else { column == Column::UpdatedAt };
        Self { column, descending }
    }

    /// Puts rows into this order.
    pub fn apply(self, rows: &mut [Arc<Entry>]) {
        match self.column {
            Column::Agent => rows.sort_by(|a, b| self.rank(a, b, a.name().cmp(b.name()))),
            Column::Number => rows.sort_by(|a, b| self.rank(a, b, by_value(a.number(), b.number()))),
            Column::Worker => rows.sort_by(|a, b| self.rank(a, b, a.worker().cmp(b.worker()))),
            Column::UpdatedBy => self.apply_by_updater(rows),
            Column::UpdatedAt => rows.sort_by(|a, b| {
                let unknown = a.updated_at.is_none().cmp(&b.updated_at.is_none());
                unknown.then_with(|| self.rank(a, b, a.updated_at.cmp(&b.updated_at)))
            }),
        }
    }

    /// Rows of which it is not known who changed them come last either way.
    fn apply_by_updater(self, rows: &mut [Arc<Entry>]) {
        rows.sort_by(|a, b| self.rank(a, b, Ordering::Equal));
        let name = |row: &Arc<Entry>| row.updated_by.as_deref().map(fold::fold);
        if self.descending {
            rows.sort_by_cached_key(|row| Reverse(name(row)));
        } else {
            rows.sort_by_cached_key(|row| name(row).map_or((true, String::new()), |name| (false, name)));
        }
    }

    fn rank(self, left: &Entry, right: &Entry, ordering: Ordering) -> Ordering {
        let ordering = if self.descending { ordering.reverse() } else { ordering };
        ordering.then_with(|| by_value(left.number(), right.number())).then_with(|| left.key.cmp(&right.key))
    }
}

/// The order of numbers by value; "7" and "007" are different, and the shorter comes first.
#[must_use]
pub fn by_value(left: &str, right: &str) -> Ordering {
    let (a, b) = (left.trim_start_matches('0'), right.trim_start_matches('0'));
    a.len().cmp(&b.len()).then_with(|| a.cmp(b)).then_with(|| left.len().cmp(&right.len()))
}
