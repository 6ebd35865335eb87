//! Removals that were asked for while the connection was lost: they wait, visibly, and are sent when it is back, if the
//! row is then still the one that was asked about.
//!
//! Knows nothing of dialogs. What is asked for last counts, be it a removal or a write of the same row.

use serde_json::{Value, json};
use shared::{AgentExtension, NumberRules};

use super::outbox::PendingState;
use super::save_failure::SaveFailure;
use crate::model::draft::{Draft, KeyedRow, Put};
use crate::model::{Effect, Model, Notification, Problem};

/// A removal that did not arrive yet.
#[derive(Clone, Debug, PartialEq)]
pub struct PendingRemoval {
    /// The row as it was when its removal was asked for.
    pub row: KeyedRow,
    /// Tells it from others.
    pub request: u32,
    /// How far it got.
    pub state: PendingState,
}

impl PendingRemoval {
    pub(in crate::model) fn kept(&self) -> Value {
        json!({"remove": self.row.key, "row": serde_json::to_value(&self.row.row).unwrap_or_default()})
    }

    /// Whoever has seen what the row is now and removes it all the same means that row.
    fn send_again(&mut self, draft: &Draft) {
        if let Some(now) = draft.get(&self.row.key) {
            self.row.row = now.clone();
        }
        self.state = PendingState::Waiting;
    }
}

/// A removal that was kept when the page was left.
pub(in crate::model) fn recall_removal(kept: &Value) -> Option<KeyedRow> {
    let row = AgentExtension::parse(&kept["row"], &NumberRules::ANY).ok()?;
    Some(KeyedRow { key: kept["remove"].as_str()?.to_owned(), row })
}

impl Model {
    /// How many changes of this browser have not arrived yet.
    #[must_use]
    pub fn unsent(&self) -> usize {
        self.outbox.writes.len() + self.outbox.removals.len()
    }

    /// Keeps removals until the connection is back. Writes of the same rows that wait have no purpose any more.
    pub(in crate::model) fn remove_later(&mut self, rows: Vec<KeyedRow>) -> Vec<Effect> {
        for row in rows {
            let about = |put: &Put| {
                put.row.extension_number.as_str() == row.key || put.row.replaces_key.as_deref() == Some(&row.key)
            };
            self.outbox.writes.retain(|pending| pending.state == PendingState::Underway || !about(&pending.put));
            self.outbox.removals.retain(|pending| pending.row.key != row.key);
            let request = self.next_request();
            self.outbox.removals.push(PendingRemoval { row, request, state: PendingState::Waiting });
        }
        vec![self.outbox.keep()]
    }

    /// Sends the next removal that waits. A row that somebody else has changed meanwhile is asked about anew.
    pub(in crate::model) fn send_removal(&mut self) -> Vec<Effect> {
        let removals = &mut self.outbox.removals;
        if removals.iter().any(|pending| pending.state == PendingState::Underway) {
            return Vec::new();
        }
        let Some(at) = removals.iter().position(|pending| pending.state == PendingState::Waiting) else {
            return Vec::new();
        };
        let pending = &mut removals[at];
        let KeyedRow { key, row } = &pending.row;
        match self.draft.get(key) {
            Some(now) if now != row => {
                pending.state = PendingState::Offered(Some(SaveFailure::ChangedByOther));
                vec![Effect::Notify(Notification::SaveFailed)]
            }
            // Gone already is asked for all the same: the answer is then a success.
            _ => {
                pending.state = PendingState::Underway;
                vec![Effect::Remove { key: key.clone(), request: pending.request }]
            }
        }
    }

    /// The answer to a removal that had waited; none where it is not one of them.
    pub(in crate::model) fn waited_removal(
        &mut self,
        request: u32,
        answer: &Result<(), Problem>,
    ) -> Option<Vec<Effect>> {
        let offline = self.is_offline();
        let underway = |pending: &PendingRemoval| pending.request == request && pending.state == PendingState::Underway;
        let at = self.outbox.removals.iter().position(underway)?;
        match answer {
            Err(problem) if offline && problem.is_passing() => {
                self.outbox.removals[at].state = PendingState::Waiting;
                Some(Vec::new())
            }
            Err(problem) => {
                self.outbox.removals[at].state = PendingState::Offered(Some(SaveFailure::Problem(problem.clone())));
                Some(Vec::new())
            }
            Ok(()) => Some(self.removal_arrived(at)),
        }
    }

    /// When the last one has arrived, all of them can be taken back.
    fn removal_arrived(&mut self, at: usize) -> Vec<Effect> {
        let row = self.outbox.removals.remove(at).row;
        self.forget_row(&row.key);
        self.outbox.removed.push(row);
        let mut effects = vec![self.outbox.keep()];
        if self.outbox.removals.iter().all(|pending| matches!(pending.state, PendingState::Offered(_))) {
            let removed = std::mem::take(&mut self.outbox.removed);
            effects.extend(self.offer_undo(removed));
        }
        effects
    }

    pub(in crate::model) fn remove_again(&mut self, request: u32) {
        let pending = self.outbox.removals.iter_mut().find(|pending| pending.request == request);
        if let Some(pending) = pending.filter(|pending| matches!(pending.state, PendingState::Offered(_))) {
            pending.send_again(&self.draft);
        }
    }
}
