//! Writes that were asked for while the connection was lost: they are kept, sent when it is back, and offered again
//! where Sync does not take them.
//!
//! Knows nothing of where they are kept. One is sent at a time, so that Sync's limit is never in sight.

use serde_json::{Value, json};
use shared::{AgentExtension, NumberRules};

use super::outbox_removals::{PendingRemoval, recall_removal};
use super::save_failure::SaveFailure;
use crate::model::draft::{Draft, Guard, KeyedRow, Put, Reading};
use crate::model::{Effect, Link, Model};

/// How far a write got.
#[derive(Clone, Debug, PartialEq)]
pub enum PendingState {
    /// It waits for the connection.
    Waiting,
    /// It was sent.
    Underway,
    /// It did not go through, for this reason; or it was kept from before the page was loaded.
    Offered(Option<SaveFailure>),
}

/// A write that did not arrive yet.
#[derive(Clone, Debug, PartialEq)]
pub struct Pending {
    /// What is to be written; its request tells it from others.
    pub put: Put,
    /// How far it got.
    pub state: PendingState,
}

/// All of them, in the order in which they were asked for.
#[derive(Clone, Debug, Default)]
pub struct Outbox {
    /// The writes.
    pub writes: Vec<Pending>,
    /// The removals.
    pub removals: Vec<PendingRemoval>,
    /// Those that have arrived since the last one waited.
    pub(in crate::model) removed: Vec<KeyedRow>,
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
    /// Whether the row under a key is to go once a write has arrived.
    pub(in crate::model) fn replaces(&self, key: &str) -> bool {
        self.writes.iter().any(|pending| pending.put.row.replaces_key.as_deref() == Some(key))
    }

    /// Whether our own write under this key is on its way.
    pub(in crate::model) fn is_writing(&self, key: &str) -> bool {
        let about =
            |row: &AgentExtension| row.extension_number.as_str() == key || row.replaces_key.as_deref() == Some(key);
        self.writes.iter().any(|pending| pending.state == PendingState::Underway && about(&pending.put.row))
            || self.removals.iter().any(|pending| pending.state == PendingState::Underway && pending.row.key == key)
    }

    pub(in crate::model) fn underway(&mut self, request: u32) -> Option<&mut Pending> {
        self.writes.iter_mut().find(|pending| pending.put.request == request && pending.state == PendingState::Underway)
    }

    pub(in crate::model) fn keep(&self) -> Effect {
        let kept = self.writes.iter().map(|pending| {
            let before = match &pending.put.guard {
                Guard::Unchanged(before) => serde_json::to_value(before).unwrap_or_default(),
                Guard::FreeOrSameAgent => Value::Null,
            };
            json!({"row": serde_json::to_value(&pending.put.row).unwrap_or_default(), "before": before})
        });
        Effect::KeepWrites(kept.chain(self.removals.iter().map(PendingRemoval::kept)).collect())
    }

    /// The same row may be edited again while it waits: what was typed last counts, judged by what was there at first.
    fn push(&mut self, mut put: Put) {
        let about =
            |key: &str| put.row.extension_number.as_str() == key || put.row.replaces_key.as_deref() == Some(key);
        self.removals.retain(|pending| pending.state == PendingState::Underway || !about(&pending.row.key));
        self.writes.retain(|earlier| {
            let same_row = matches!((&earlier.put.guard, &put.guard), (Guard::Unchanged(_), Guard::Unchanged(_)))
                && earlier.put.row.extension_number == put.row.extension_number;
            let same_move = put.row.replaces_key.is_some() && earlier.put.row.replaces_key == put.row.replaces_key;
            let superseded = earlier.state == PendingState::Waiting && (same_row || same_move);
            if superseded && same_row {
                put.guard = earlier.put.guard.clone();
            }
            !superseded
        });
        self.writes.push(Pending { put, state: PendingState::Waiting });
    }
}

impl Model {
    pub(in crate::model) fn outbox_event(&mut self, event: OutboxEvent) -> Vec<Effect> {
        match event {
            OutboxEvent::Recalled(kept) => {
                for (row, before) in kept.iter().filter_map(recall) {
                    let guard = before.map_or(Guard::FreeOrSameAgent, Guard::Unchanged);
                    let put = Put { request: self.next_request(), row, guard };
                    self.outbox.writes.push(Pending { put, state: PendingState::Offered(None) });
                }
                for row in kept.iter().filter_map(recall_removal) {
                    let request = self.next_request();
                    let state = PendingState::Offered(None);
                    self.outbox.removals.push(PendingRemoval { row, request, state });
                }
                return Vec::new();
            }
            OutboxEvent::AgainClicked(request) => {
                let mut writes = self.outbox.writes.iter_mut();
                if let Some(pending) = writes.find(|pending| pending.put.request == request) {
                    pending.send_again(&self.draft);
                }
                self.remove_again(request);
            }
            OutboxEvent::DiscardClicked(request) => {
                self.outbox.writes.retain(|pending| {
                    pending.put.request != request || !matches!(pending.state, PendingState::Offered(_))
                });
                // A removal can be taken back until it is sent.
                self.outbox
                    .removals
                    .retain(|pending| pending.request != request || pending.state == PendingState::Underway);
            }
        }
        vec![self.outbox.keep()]
    }

    /// Whether Sync can be asked to write right now.
    pub(in crate::model) fn is_offline(&self) -> bool {
        self.connection.link == Link::Lost
    }

    /// Keeps a write until the connection is back.
    pub(in crate::model) fn keep_for_later(&mut self, put: Put) -> Vec<Effect> {
        self.outbox.push(put);
        vec![self.outbox.keep()]
    }

    /// Sends the next write that waits, where Sync can be asked and no other one is on its way.
    pub(in crate::model) fn send_kept(&mut self) -> Vec<Effect> {
        if self.unsent() == 0
            || self.draft.reading != Reading::Done
            || !matches!(self.connection.link, Link::Online | Link::Back)
            || self.outbox.writes.iter().any(|pending| pending.state == PendingState::Underway)
        {
            return Vec::new();
        }
        match self.outbox.writes.iter_mut().find(|pending| pending.state == PendingState::Waiting) {
            Some(pending) => {
                pending.state = PendingState::Underway;
                vec![Effect::Put(pending.put.clone())]
            }
            None => self.send_removal(),
        }
    }
}

impl Pending {
    /// The row as somebody else left it, where that is why this write did not go through; the inner none is "removed".
    #[must_use]
    pub fn theirs<'a>(&self, draft: &'a Draft) -> Option<Option<&'a AgentExtension>> {
        (self.state == PendingState::Offered(Some(SaveFailure::ChangedByOther)))
            .then(|| draft.get(self.put.row.extension_number.as_str()))
    }

    /// Whoever has seen theirs and wants to send this all the same replaces what was seen, and nothing newer.
    fn send_again(&mut self, draft: &Draft) {
        if let Some(theirs) = self.theirs(draft) {
            self.put.guard = theirs.cloned().map_or(Guard::FreeOrSameAgent, Guard::Unchanged);
        }
        self.state = PendingState::Waiting;
    }
}

fn recall(kept: &Value) -> Option<(AgentExtension, Option<AgentExtension>)> {
    if kept["remove"].is_string() {
        return None;
    }
    let row = AgentExtension::parse(&kept["row"], &NumberRules::ANY).ok()?;
    Some((row, AgentExtension::parse(&kept["before"], &NumberRules::ANY).ok()))
}
