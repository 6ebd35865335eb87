//! Writes and removals that were asked for while the connection was lost: they are kept, visibly, and offered again where
//! Sync does not take them.
//!
//! What is asked for last counts, be it a removal or a write of the same row. Knows nothing of where they are kept.

use serde_json::Value;

use super::pending::{PendingRemoval, PendingState, PendingWrite, recall_removal, recall_write};
use crate::model::draft::{Guard, KeyedRow, Put};
use crate::model::{Effect, Model};

/// What has not arrived yet, in the order in which it was asked for.
#[derive(Clone, Debug, Default)]
pub struct Outbox {
    /// Rows that are to be written.
    pub writes: Vec<PendingWrite>,
    /// Rows that are to be removed.
    pub removals: Vec<PendingRemoval>,
    /// Rows whose removals have arrived since the last one waited.
    pub(super) removed: Vec<KeyedRow>,
}

/// What happened to a write or a removal that waits.
#[derive(Clone, Debug)]
pub enum OutboxEvent {
    /// These were kept when the page was left.
    Recalled(Vec<Value>),
    /// The person wants to send it again.
    AgainClicked(u32),
    /// The person gives it up.
    DiscardClicked(u32),
}

impl Outbox {
    /// How many changes of this browser have not arrived yet.
    #[must_use]
    pub fn len(&self) -> usize {
        self.writes.len() + self.removals.len()
    }

    /// Whether all changes of this browser have arrived.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Whether the row under a key is to go once a write has arrived.
    pub(in crate::model) fn replaces(&self, key: &str) -> bool {
        self.writes.iter().any(|pending| pending.put.row.replaces_key.as_deref() == Some(key))
    }

    /// Keeps everything that waits in the browser.
    pub(super) fn store(&self) -> Effect {
        let writes = self.writes.iter().map(PendingWrite::stored);
        Effect::StorePending(writes.chain(self.removals.iter().map(PendingRemoval::stored)).collect())
    }

    /// The same row may be edited again while it waits: what was typed last counts, judged by what was there at first.
    fn push_write(&mut self, request: u32, mut put: Put) {
        self.removals.retain(|pending| pending.state == PendingState::Underway || !put.is_about(&pending.row.key));
        self.writes.retain(|earlier| {
            let same_row = matches!((&earlier.put.guard, &put.guard), (Guard::Unchanged(_), Guard::Unchanged(_)))
                && earlier.put.row.extension_number == put.row.extension_number;
            let same_old_row = put.row.replaces_key.is_some() && earlier.put.row.replaces_key == put.row.replaces_key;
            let superseded = earlier.state == PendingState::Waiting && (same_row || same_old_row);
            if superseded && same_row {
                put.guard = earlier.put.guard.clone();
            }
            !superseded
        });
        self.writes.push(PendingWrite { put, request, state: PendingState::Waiting });
    }

    /// Writes of the same row that wait have no purpose any more.
    fn push_removal(&mut self, request: u32, row: KeyedRow) {
        self.writes.retain(|pending| pending.state == PendingState::Underway || !pending.put.is_about(&row.key));
        self.removals.retain(|pending| pending.row.key != row.key);
        self.removals.push(PendingRemoval { row, request, state: PendingState::Waiting });
    }

    /// A write can be given up while it is offered, a removal until it is sent.
    fn discard(&mut self, request: u32) {
        self.writes.retain(|write| write.request != request || !matches!(write.state, PendingState::Offered(_)));
        self.removals.retain(|removal| removal.request != request || removal.state == PendingState::Underway);
    }
}

impl Model {
    pub(in crate::model) fn outbox_event(&mut self, event: OutboxEvent) -> Vec<Effect> {
        match event {
            OutboxEvent::Recalled(kept) => {
                self.recall(&kept);
                return Vec::new();
            }
            OutboxEvent::AgainClicked(request) => self.send_again(request),
            OutboxEvent::DiscardClicked(request) => self.outbox.discard(request),
        }
        let mut effects = vec![self.outbox.store()];
        effects.extend(self.send_next_pending());
        effects
    }

    fn recall(&mut self, kept: &[Value]) {
        for put in kept.iter().filter_map(recall_write) {
            let request = self.next_request();
            self.outbox.writes.push(PendingWrite { put, request, state: PendingState::Offered(None) });
        }
        for row in kept.iter().filter_map(recall_removal) {
            let request = self.next_request();
            self.outbox.removals.push(PendingRemoval { row, request, state: PendingState::Offered(None) });
        }
    }

    fn send_again(&mut self, request: u32) {
        if let Some(write) = self.outbox.writes.iter_mut().find(|write| write.request == request) {
            write.send_again(&self.draft);
        }
        let is_offered = |removal: &&mut PendingRemoval| {
            removal.request == request && matches!(removal.state, PendingState::Offered(_))
        };
        if let Some(removal) = self.outbox.removals.iter_mut().find(is_offered) {
            removal.send_again(&self.draft);
        }
    }

    /// Keeps a write until the connection is back.
    pub(in crate::model) fn queue_write(&mut self, put: Put) -> Vec<Effect> {
        let request = self.next_request();
        self.outbox.push_write(request, put);
        vec![self.outbox.store()]
    }

    /// Keeps removals until the connection is back.
    pub(super) fn queue_removals(&mut self, rows: Vec<KeyedRow>) -> Vec<Effect> {
        for row in rows {
            let request = self.next_request();
            self.outbox.push_removal(request, row);
        }
        vec![self.outbox.store()]
    }
}
