//! Sending what waits in the outbox, one after another, so that Sync's limit is never in sight, and what becomes of each
//! once Sync has answered: it is done, its second half follows, it waits again, or the person decides.

use super::outbox::Outbox;
use super::pending::{PendingRemoval, PendingState, PendingWrite};
use super::save_failure::SaveFailure;
use super::underway::Asker;
use crate::model::draft::{NotWritten, Reading, Write};
use crate::model::{ConnectionStatus, Effect, Model, Notification};

impl Outbox {
    fn write_underway(&mut self, request: u32) -> Option<&mut PendingWrite> {
        self.writes.iter_mut().find(|write| write.request == request && write.state == PendingState::Underway)
    }
}

impl Model {
    /// Sends the next one that waits, where Sync can be asked and no other one is on its way.
    pub(in crate::model) fn send_next_pending(&mut self) -> Vec<Effect> {
        if self.outbox.is_empty()
            || self.draft.reading != Reading::Done
            || !matches!(self.connection.status, ConnectionStatus::Online | ConnectionStatus::Back)
            || self.outbox.writes.iter().any(|write| write.state == PendingState::Underway)
        {
            return Vec::new();
        }
        let Some(write) = self.outbox.writes.iter_mut().find(|write| write.state == PendingState::Waiting) else {
            return self.send_removal();
        };
        write.state = PendingState::Underway;
        let (request, put) = (write.request, write.put.clone());
        vec![self.send(Asker::Outbox, request, put.row.extension_number.to_string(), Write::Put(Box::new(put)))]
    }

    /// Sends the next removal that waits. A row that somebody else has changed meanwhile is asked about anew.
    fn send_removal(&mut self) -> Vec<Effect> {
        let removals = &mut self.outbox.removals;
        if removals.iter().any(|removal| removal.state == PendingState::Underway) {
            return Vec::new();
        }
        let Some(removal) = removals.iter_mut().find(|removal| removal.state == PendingState::Waiting) else {
            return Vec::new();
        };
        // Gone already is asked for all the same: the answer is then a success.
        if self.draft.get(&removal.row.key).is_some_and(|now| *now != removal.row.row) {
            removal.state = PendingState::Offered(Some(SaveFailure::ChangedByOther));
            return vec![Effect::Notify(Notification::SaveFailed)];
        }
        removal.state = PendingState::Underway;
        let (request, key) = (removal.request, removal.row.key.clone());
        vec![self.send(Asker::Outbox, request, key, Write::Remove)]
    }

    /// The answer to something that had waited; then the next one is sent.
    pub(in crate::model) fn outbox_answered(
        &mut self,
        request: u32,
        what: &Write,
        outcome: Result<(), NotWritten>,
    ) -> Vec<Effect> {
        let mut effects = match what {
            Write::Put(_) => self.pending_write_answered(request, outcome),
            Write::Remove if self.outbox.write_underway(request).is_some() => {
                self.pending_old_row_answered(request, outcome)
            }
            Write::Remove => self.pending_removal_answered(request, outcome),
        };
        effects.extend(self.send_next_pending());
        effects
    }

    /// The row stands: the one that it replaces may go.
    fn pending_write_answered(&mut self, request: u32, outcome: Result<(), NotWritten>) -> Vec<Effect> {
        let offline = self.connection.is_lost();
        let Some(write) = self.outbox.write_underway(request) else { return Vec::new() };
        match outcome {
            Err(NotWritten::Problem(problem)) => {
                write.state = PendingState::after(SaveFailure::Problem(problem.clone()), &problem, offline);
                Vec::new()
            }
            Err(NotWritten::Refused(refusal)) => {
                write.state = PendingState::Offered(Some(refusal.into()));
                vec![Effect::Notify(Notification::SaveFailed)]
            }
            Ok(()) => match write.put.row.replaces_key.clone().filter(|key| self.draft.get(key).is_some()) {
                Some(key) => vec![self.send(Asker::Outbox, request, key, Write::Remove)],
                None => self.write_arrived(request),
            },
        }
    }

    /// The second half of a change of number.
    fn pending_old_row_answered(&mut self, request: u32, outcome: Result<(), NotWritten>) -> Vec<Effect> {
        let offline = self.connection.is_lost();
        let Some(write) = self.outbox.write_underway(request) else { return Vec::new() };
        if let Err(NotWritten::Problem(problem)) = outcome {
            write.state = PendingState::after(SaveFailure::OldNumberStays(problem.clone()), &problem, offline);
            return Vec::new();
        }
        self.write_arrived(request)
    }

    fn write_arrived(&mut self, request: u32) -> Vec<Effect> {
        let Some(at) = self.outbox.writes.iter().position(|write| write.request == request) else {
            return Vec::new();
        };
        let arrived = self.outbox.writes.remove(at).put.row;
        vec![self.outbox.store(), Effect::Notify(Notification::Saved(arrived))]
    }

    fn pending_removal_answered(&mut self, request: u32, outcome: Result<(), NotWritten>) -> Vec<Effect> {
        let offline = self.connection.is_lost();
        let is_ours = |removal: &PendingRemoval| removal.request == request && removal.state == PendingState::Underway;
        let Some(at) = self.outbox.removals.iter().position(is_ours) else { return Vec::new() };
        if let Err(NotWritten::Problem(problem)) = outcome {
            let failure = SaveFailure::Problem(problem.clone());
            self.outbox.removals[at].state = PendingState::after(failure, &problem, offline);
            return Vec::new();
        }
        self.removal_arrived(at)
    }

    /// When the last one has arrived, all of them can be taken back.
    fn removal_arrived(&mut self, at: usize) -> Vec<Effect> {
        let row = self.outbox.removals.remove(at).row;
        self.outbox.removed.push(row);
        let mut effects = vec![self.outbox.store()];
        if self.outbox.removals.iter().all(|removal| matches!(removal.state, PendingState::Offered(_))) {
            let removed = std::mem::take(&mut self.outbox.removed);
            effects.extend(self.offer_undo(removed));
        }
        effects
    }
}
