//! Many rows that are written one after another at the pace that Sync allows; what failed is kept aside.
//!
//! Knows nothing of what the writes are for and how they are carried out.

use std::collections::VecDeque;

use shared::AgentExtension;

use crate::model::Problem;
use crate::model::draft::{KeyedRow, NotWritten, Refusal};

/// The time from one write to the next, in milliseconds. Sync takes 20 writes a second for the whole Map, and others
/// write too.
///
/// <https://www.twilio.com/docs/sync/limits>
pub(super) const WRITE_EVERY: u32 = 60;

/// How many writes may wait for their answers at the same time.
const MOST_UNDERWAY: usize = 8;

/// Why a row was not written.
#[derive(Clone, Debug, PartialEq)]
pub enum RowFailure {
    /// Sync did not take it.
    Problem(Problem),
    /// Its number leads to somebody else meanwhile.
    Taken(Box<AgentExtension>),
    /// Something that is no agent extension stands in its place.
    Unreadable,
}

/// A row that was not written.
#[derive(Clone, Debug, PartialEq)]
pub struct FailedRow {
    /// The row.
    pub row: KeyedRow,
    /// Why not.
    pub why: RowFailure,
}

/// Rows on their way. No key is in it twice.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Batch {
    waiting: VecDeque<KeyedRow>,
    underway: Vec<KeyedRow>,
    /// The rows that were written.
    pub done: Vec<KeyedRow>,
    /// The rows that were not.
    pub failed: Vec<FailedRow>,
}

impl Batch {
    pub(super) fn new(rows: Vec<KeyedRow>) -> Self {
        Self { waiting: rows.into(), ..Self::default() }
    }

    /// How many rows there are altogether.
    #[must_use]
    pub fn total(&self) -> usize {
        self.waiting.len() + self.underway.len() + self.settled()
    }

    /// How many rows need nothing more, one way or the other.
    #[must_use]
    pub fn settled(&self) -> usize {
        self.done.len() + self.failed.len()
    }

    /// Whether rows are still to be sent.
    pub(super) fn has_more(&self) -> bool {
        !self.waiting.is_empty()
    }

    pub(super) fn is_over(&self) -> bool {
        self.waiting.is_empty() && self.underway.is_empty()
    }

    /// The next row to send, unless too many answers are outstanding.
    pub(super) fn next(&mut self) -> Option<KeyedRow> {
        if self.underway.len() >= MOST_UNDERWAY {
            return None;
        }
        let row = self.waiting.pop_front()?;
        self.underway.push(row.clone());
        Some(row)
    }

    /// Takes in how the write under a key ended.
    pub(super) fn settle(&mut self, key: &str, outcome: Result<(), RowFailure>) {
        let Some(position) = self.underway.iter().position(|row| row.key == key) else { return };
        let row = self.underway.swap_remove(position);
        match outcome {
            Ok(()) => self.done.push(row),
            Err(why) => self.failed.push(FailedRow { row, why }),
        }
    }

    /// Sends nothing more. What is on its way can not be called back.
    pub(super) fn stop(&mut self) {
        self.waiting.clear();
    }
}

impl From<NotWritten> for RowFailure {
    fn from(why: NotWritten) -> Self {
        match why {
            NotWritten::Problem(problem) => Self::Problem(problem),
            NotWritten::Refused(Refusal::Taken(theirs) | Refusal::Changed(theirs)) => Self::Taken(theirs),
            NotWritten::Refused(Refusal::Gone | Refusal::Unreadable) => Self::Unreadable,
        }
    }
}
