//! A write of one Map Item, and what came of it.
//!
//! Knows nothing of who asked for it.

use shared::AgentExtension;

use super::guard::{Guard, Refusal};
use super::item::Item;

/// A write of one Map Item.
#[derive(Clone, Debug, PartialEq)]
pub struct Put {
    /// To be returned with the answer.
    pub request: u32,
    /// What to write, under its number as the key. Who wrote it and when is filled in by whoever writes.
    pub row: AgentExtension,
    /// What must hold at that moment.
    pub guard: Guard,
}

/// What came of a [`Put`].
#[derive(Clone, Debug, PartialEq)]
pub struct PutOutcome {
    /// What stands under the key now, if anything: ours or theirs. It may never arrive as an event.
    pub item: Option<Item>,
    /// Why it was not written.
    pub refused: Option<Refusal>,
}
