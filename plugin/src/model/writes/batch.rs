//! Writes of many rows, one after another at the pace that Sync allows; what failed is kept aside.
//!
//! Knows nothing of what the writes are for and how they are carried out.

use std::collections::VecDeque;

use shared::AgentExtension;

use crate::model::Problem;
use crate::model::draft::KeyedRow;

/// The time from one write to the next, in milliseconds. Sync takes 20 writes a second for the whole Map, and others
/// write too.
///
/// <https://www.twilio.com/docs/sync/limits>
pub(in crate::model) const WRITE_EVERY: u32 = 60;

/// How many writes may wait for their answers at the same time.
const MOST_UNDERWAY: usize = 8;

/// Why a row was not written.
#[derive(Clone, Debug, PartialEq)]
pub enum Miss {
    /// Sync did not take it.
    Problem(Problem),
    /// Its number leads to somebody else meanwhile.
    Taken(Box<AgentExtension>),
    /// Something that is no agent extension stands in its place.
    Unreadable,
}

/// Rows on their way.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Batch {
    waiting: VecDeque<KeyedRow>,
    underway: Vec<(u32, KeyedRow)>,
    /// The rows that were written.
    pub done: Vec<KeyedRow>,
    /// The rows that were not, and why.
    pub missed: Vec<(KeyedRow, Miss)>,
}

impl Batch {
    pub(in crate::model) fn new(rows: Vec<KeyedRow>) -> Self {
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
        self.done.len() + self.missed.len()
    }

    /// Whether rows are still to be sent.
    pub(in crate::model) fn has_more(&self) -> bool {
        !self.waiting.is_empty()
    }

    pub(in crate::model) fn is_over(&self) -> bool {
        self.waiting.is_empty() && self.underway.is_empty()
    }

    /// Whether our own write of this key is on its way.
    pub(in crate::model) fn is_writing(&self, key: &str) -> bool {
        self.underway.iter().any(|(_, task)| task.key == key)
    }

    /// Takes the next row out, unless too many answers are outstanding; `request` comes back with its answer.
    pub(in crate::model) fn next(&mut self, request: u32) -> Option<KeyedRow> {
        if self.underway.len() >= MOST_UNDERWAY {
            return None;
        }
        let task = self.waiting.pop_front()?;
        self.underway.push((request, task.clone()));
        Some(task)
    }

    /// Puts the row of a request where it belongs. None if the request is not one of ours.
    pub(in crate::model) fn settle(&mut self, request: u32, answer: Result<(), Miss>) -> Option<KeyedRow> {
        let position = self.underway.iter().position(|(sent, _)| *sent == request)?;
        let (_, task) = self.underway.swap_remove(position);
        match answer {
            Ok(()) => self.done.push(task.clone()),
            Err(miss) => self.missed.push((task.clone(), miss)),
        }
        Some(task)
    }

    /// Sends nothing more. What is on its way can not be called back.
    pub(in crate::model) fn stop(&mut self) {
        self.waiting.clear();
    }
}
