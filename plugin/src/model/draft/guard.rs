//! Whether a Map Item may be written, judged against what Sync holds at that very moment.
//!
//! Sync asks again whenever somebody else was faster (`If-Match`), so the judgement is a plain function of what is there.

use serde_json::Value;
use shared::AgentExtension;

/// What must hold for a write to go through.
#[derive(Clone, Debug, PartialEq)]
pub enum Guard {
    /// The key is free, or already leads to the agent that is being written.
    FreeOrSameAgent,
    /// The row is still as it was when the panel opened.
    Unchanged(AgentExtension),
    /// The key is free: a removed row comes back as it was, with the name and the time that it had.
    Restore,
}

/// Why a write did not go through.
#[derive(Clone, Debug, PartialEq)]
pub enum Refusal {
    /// The number leads to another agent.
    Taken(Box<AgentExtension>),
    /// Somebody else changed the row meanwhile.
    Changed(Box<AgentExtension>),
    /// Somebody else removed the row meanwhile.
    Gone,
    /// Something that is no agent extension stands there.
    Unreadable,
}

impl Guard {
    /// Judges a write of `row` where `remote` stands now; Sync gives `{}` where nothing does.
    /// Returns what to write: fields that other tools added to what stands there stay.
    ///
    /// # Errors
    ///
    /// [`Refusal`] when what stands there must not be overwritten.
    pub fn judge(&self, row: &AgentExtension, remote: &Value) -> Result<AgentExtension, Refusal> {
        if remote.as_object().is_some_and(serde_json::Map::is_empty) {
            return match self {
                Self::FreeOrSameAgent | Self::Restore => Ok(row.clone()),
                Self::Unchanged(_) => Err(Refusal::Gone),
            };
        }
        let (theirs, _) = AgentExtension::read(remote).map_err(|_| Refusal::Unreadable)?;
        let merged = || {
            let mut merged = row.clone();
            merged.other.extend(theirs.other.clone());
            merged
        };
        match self {
            Self::FreeOrSameAgent if theirs.worker_sid == row.worker_sid => Ok(merged()),
            // The answer to our own write may have been lost, or somebody else put the same row back: theirs stays then.
            Self::Restore if theirs.leads_to_the_same_agent(row) => Ok(theirs),
            Self::FreeOrSameAgent | Self::Restore => Err(Refusal::Taken(Box::new(theirs))),
            // The answer to our own write may have been lost; writing the same again does no harm.
            Self::Unchanged(before) if theirs == *before || theirs.leads_to_the_same_agent(row) => Ok(merged()),
            Self::Unchanged(_) => Err(Refusal::Changed(Box::new(theirs))),
        }
    }
}
