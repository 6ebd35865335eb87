//! Changes of a number that were cut off between their two writes, by whomever: both rows are there, and whoever sees
//! it may finish the change or keep both.
//!
//! They are told by what stands in Sync alone, so that neither a closed tab nor another browser matters.

use shared::AgentExtension;

use super::underway::Asker;
use crate::model::draft::{Guard, NotWritten, Put, Write};
use crate::model::{Effect, Model, Problem, Timer};

/// How long a change may take before it counts as cut off, in milliseconds.
const TIME_TO_FINISH: u32 = 5000;

/// A row that is still there beside the one that takes its place.
#[derive(Clone, Debug, PartialEq)]
pub struct UnfinishedRenumbering {
    /// The key of the old row.
    pub key: String,
    /// The old row.
    pub old: AgentExtension,
    /// The one that takes its place.
    pub new: AgentExtension,
}

/// The changes that were cut off.
#[derive(Clone, Debug, Default)]
pub struct Renumbering {
    /// The keys of the old rows that had time enough to go.
    offered: Vec<String>,
    /// Why the last attempt to settle one failed.
    pub problem: Option<Problem>,
    waiting: bool,
    /// Whether one is being settled.
    settling: bool,
}

/// What a person does about a change that was cut off, by the key of the old row.
#[derive(Clone, Debug)]
pub enum RenumberingEvent {
    /// The old row may go.
    FinishClicked(String),
    /// Both rows stay.
    KeepBothClicked(String),
}

impl Model {
    /// The changes that were cut off, in the order of the keys.
    #[must_use]
    pub fn unfinished_renumberings(&self) -> Vec<UnfinishedRenumbering> {
        self.renumbering.offered.iter().filter_map(|key| self.unfinished(key)).collect()
    }

    /// A row that was used again after the change was finished is no leftover: it is the younger one.
    fn unfinished(&self, key: &str) -> Option<UnfinishedRenumbering> {
        let (old, new) = (self.draft.get(key)?, self.draft.successor(key)?);
        (!self.is_ours_to_finish(key) && old.updated_at <= new.updated_at).then(|| UnfinishedRenumbering {
            key: key.to_owned(),
            old: old.clone(),
            new: new.clone(),
        })
    }

    /// Gives a change that is seen half-way the time to finish.
    pub(in crate::model) fn watch_renumberings(&mut self) -> Vec<Effect> {
        let seen = |key: &str| self.renumbering.offered.iter().any(|offered| offered == key);
        if self.renumbering.waiting
            || !self.draft.unfinished_renumbering_keys().any(|key| !seen(key) && self.unfinished(key).is_some())
        {
            return Vec::new();
        }
        self.renumbering.waiting = true;
        vec![Effect::Wait { milliseconds: TIME_TO_FINISH, timer: Timer::RenumberingDue }]
    }

    pub(in crate::model) fn renumbering_due(&mut self) -> Vec<Effect> {
        self.renumbering.waiting = false;
        self.renumbering.offered = self.draft.unfinished_renumbering_keys().map(str::to_owned).collect();
        Vec::new()
    }

    pub(in crate::model) fn renumbering_event(&mut self, event: RenumberingEvent) -> Vec<Effect> {
        let (RenumberingEvent::FinishClicked(key) | RenumberingEvent::KeepBothClicked(key)) = &event;
        let Some(found) = self.unfinished(key).filter(|_| !self.renumbering.settling) else { return Vec::new() };
        self.renumbering.settling = true;
        self.renumbering.problem = None;
        let (key, what) = match event {
            RenumberingEvent::FinishClicked(key) => (key, Write::Remove),
            RenumberingEvent::KeepBothClicked(_) => {
                let row = AgentExtension { replaces_key: None, ..found.new.clone() };
                let key = row.extension_number.to_string();
                (key, Write::Put(Box::new(Put { row, guard: Guard::Unchanged(found.new) })))
            }
        };
        let request = self.next_request();
        vec![self.send(Asker::Renumbering, request, key, what)]
    }

    /// The answer to either.
    pub(in crate::model) fn renumbering_answered(&mut self, outcome: Result<(), NotWritten>) -> Vec<Effect> {
        self.renumbering.settling = false;
        if let Err(NotWritten::Problem(problem)) = outcome {
            self.renumbering.problem = Some(problem);
        }
        Vec::new()
    }
}
