//! A write of one Map Item, and what came of it.
//!
//! Knows nothing of who asked for it.

use shared::AgentExtension;

use super::guard::{Guard, Refusal};
use super::item::Item;
use crate::model::Problem;

/// What is to be done with a Map Item.
#[derive(Clone, Debug, PartialEq)]
pub enum Write {
    /// Write a row, if its guard allows it.
    Put(Box<Put>),
    /// Remove it. One that is gone already is a success.
    Remove,
}

/// A row to write, and what must hold at that moment.
#[derive(Clone, Debug, PartialEq)]
pub struct Put {
    /// The row. Who wrote it and when is filled in by whoever writes, unless a removed row is written again.
    pub row: AgentExtension,
    /// What must hold.
    pub guard: Guard,
}

/// What came of a [`Write`].
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Written {
    /// What stands under the key now, if anything: ours or theirs. It may never arrive as an event.
    pub item: Option<Item>,
    /// Why it was not written.
    pub refused: Option<Refusal>,
}

/// Why a write did not happen.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::model) enum NotWritten {
    /// The guard refused it.
    Refused(Refusal),
    /// Sync did not take it, or did not answer.
    Problem(Problem),
}

impl Put {
    /// Whether it changes the row under a key: it is written there, or takes the place of what stands there.
    pub(in crate::model) fn is_about(&self, key: &str) -> bool {
        self.row.extension_number.as_str() == key || self.row.replaces_key.as_deref() == Some(key)
    }
}

impl Write {
    /// The key of the row that goes once this one stands.
    pub(in crate::model) fn replaced_key(&self) -> Option<&str> {
        match self {
            Self::Put(put) => put.row.replaces_key.as_deref(),
            Self::Remove => None,
        }
    }
}
