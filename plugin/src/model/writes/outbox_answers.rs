//! What becomes of a write that had waited, once Sync has answered: it is done, its second half follows, it waits
//! again, or the person decides.
//!
//! Knows nothing of when it was sent.

use super::outbox::{Pending, PendingState};
use super::save_failure::SaveFailure;
use crate::model::draft::PutOutcome;
use crate::model::{Effect, Model, Notification, Problem};

impl Model {
    /// The answer to a write that had waited; none where it is not one of them.
    pub(in crate::model) fn kept_written(
        &mut self,
        request: u32,
        answer: &Result<PutOutcome, Problem>,
    ) -> Option<Vec<Effect>> {
        let offline = self.is_offline();
        let pending = self.outbox.underway(request)?;
        let outcome = match answer {
            Ok(outcome) => outcome,
            Err(problem) => {
                pending.put_back(SaveFailure::Problem(problem.clone()), problem, offline);
                return Some(Vec::new());
            }
        };
        if let Some(item) = &outcome.item {
            self.draft.write(item.clone());
        }
        if let Some(refusal) = &outcome.refused {
            pending.state = PendingState::Offered(Some(refusal.clone().into()));
            return Some(vec![Effect::Notify(Notification::SaveFailed)]);
        }
        let old = pending.put.row.replaces_key.clone().filter(|key| self.draft.get(key).is_some());
        Some(match old {
            Some(key) => vec![Effect::Remove { key, request }],
            None => self.kept_arrived(request),
        })
    }

    /// The answer to the second half of a change of number that had waited; none where it is not one of them.
    pub(in crate::model) fn kept_removed(&mut self, request: u32, answer: &Result<(), Problem>) -> Option<Vec<Effect>> {
        let offline = self.is_offline();
        let pending = self.outbox.underway(request)?;
        if let Err(problem) = answer {
            pending.put_back(SaveFailure::OldNumberStays(problem.clone()), problem, offline);
            return Some(Vec::new());
        }
        if let Some(key) = &pending.put.row.replaces_key {
            self.draft.remove(key);
        }
        Some(self.kept_arrived(request))
    }

    fn kept_arrived(&mut self, request: u32) -> Vec<Effect> {
        let Some(at) = self.outbox.writes.iter().position(|pending| pending.put.request == request) else {
            return Vec::new();
        };
        let arrived = self.outbox.writes.remove(at).put.row;
        vec![self.outbox.keep(), Effect::Notify(Notification::Saved(arrived))]
    }
}

impl Pending {
    /// It waits again where the connection is the reason; otherwise the person decides.
    fn put_back(&mut self, failure: SaveFailure, problem: &Problem, offline: bool) {
        self.state =
            if offline && problem.is_passing() { PendingState::Waiting } else { PendingState::Offered(Some(failure)) };
    }
}
