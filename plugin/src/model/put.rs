//! A write of one Map Item, what came of it, and why it may not have gone through.
//!
//! Knows nothing of who asked for it.

use shared::AgentExtension;

use super::{Guard, Item, Problem, Refusal};

/// Why saving did not go through.
#[derive(Clone, Debug, PartialEq)]
pub enum Failure {
    /// No agent was chosen from the list.
    AgentMissing,
    /// Sync has the number for another agent.
    Taken(AgentExtension),
    /// Somebody else changed the row since the panel opened, or removed it.
    ChangedByOther,
    /// Something that is no agent extension stands under the number.
    Unreadable,
    /// The new number is written, and the old one is still there too.
    OldNumberStays(Problem),
    /// Sync did not take it.
    Problem(Problem),
}

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

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::Taken(theirs) => Self::Taken(*theirs),
            Refusal::Changed(_) | Refusal::Gone => Self::ChangedByOther,
            Refusal::Unreadable => Self::Unreadable,
        }
    }
}
