//! The orders that the table may have: by every column, upwards and downwards.
//!
//! Knows nothing of filters and pages. Rows that are alike in the column stand in the order of their numbers, so that
//! the same rows always have the same order.

use std::cmp::Ordering;
use std::sync::Arc;

use crate::model::draft::RowKeys;

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
    pub fn apply(self, rows: &mut [Arc<RowKeys>]) {
        // No two rows are alike to `compare`. One sort for all columns, because each would be 4 kB to download.
        rows.sort_unstable_by(|a, b| self.compare(a, b));
    }

    fn compare(self, a: &RowKeys, b: &RowKeys) -> Ordering {
        match self.column {
            Column::Agent => self.rank(a, b, a.name().cmp(b.name())),
            Column::Number => self.rank(a, b, by_value(a.number(), b.number())),
            Column::Worker => self.rank(a, b, a.worker().cmp(b.worker())),
            Column::UpdatedBy => self.known_first(a, b, a.updater(), b.updater()),
            Column::UpdatedAt => self.known_first(a, b, a.updated_at, b.updated_at),
        }
    }

    /// Rows of which something is not known come last either way.
    fn known_first<T: Ord + Copy>(self, a: &RowKeys, b: &RowKeys, left: Option<T>, right: Option<T>) -> Ordering {
        left.is_none().cmp(&right.is_none()).then_with(|| self.rank(a, b, left.cmp(&right)))
    }

    fn rank(self, left: &RowKeys, right: &RowKeys, ordering: Ordering) -> Ordering {
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
