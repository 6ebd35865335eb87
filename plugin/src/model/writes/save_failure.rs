//! Why a row could not be saved, as the person is told.

use shared::AgentExtension;

use crate::model::Problem;
use crate::model::draft::Refusal;

/// Why saving did not go through.
#[derive(Clone, Debug, PartialEq)]
pub enum SaveFailure {
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

impl From<Refusal> for SaveFailure {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::Taken(theirs) => Self::Taken(*theirs),
            Refusal::Changed(_) | Refusal::Gone => Self::ChangedByOther,
            Refusal::Unreadable => Self::Unreadable,
        }
    }
}
