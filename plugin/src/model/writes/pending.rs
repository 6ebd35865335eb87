//! A write or a removal that waits for the connection, or that came back from it.
//!
//! Knows nothing of how it is sent.

use serde_json::{Value, json};
use shared::AgentExtension;

use super::save_failure::SaveFailure;
use crate::model::Problem;
use crate::model::draft::{Draft, Guard, KeyedRow, Put};

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
pub struct PendingWrite {
    /// What is to be written.
    pub put: Put,
    /// Tells it from others.
    pub request: u32,
    /// How far it got.
    pub state: PendingState,
}

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

/// What somebody else made of a row that was to be written.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum TheirChange<'a> {
    /// They changed it to this.
    Changed(&'a AgentExtension),
    /// They removed it.
    Removed,
}

impl PendingState {
    /// How a failure leaves it: it waits again where the connection is the reason; otherwise the person decides.
    pub(super) fn after(failure: SaveFailure, problem: &Problem, offline: bool) -> Self {
        if offline && problem.is_passing() { Self::Waiting } else { Self::Offered(Some(failure)) }
    }
}

impl PendingWrite {
    /// The row as somebody else left it, where that is why this write did not go through.
    #[must_use]
    pub fn theirs<'a>(&self, draft: &'a Draft) -> Option<TheirChange<'a>> {
        (self.state == PendingState::Offered(Some(SaveFailure::ChangedByOther))).then(|| {
            let row = draft.get(self.put.row.extension_number.as_str());
            row.map_or(TheirChange::Removed, TheirChange::Changed)
        })
    }

    /// Whoever has seen theirs and wants to send this all the same replaces what was seen, and nothing newer.
    pub(super) fn send_again(&mut self, draft: &Draft) {
        match self.theirs(draft) {
            Some(TheirChange::Changed(theirs)) => self.put.guard = Guard::Unchanged(theirs.clone()),
            Some(TheirChange::Removed) => self.put.guard = Guard::FreeOrSameAgent,
            None => {}
        }
        self.state = PendingState::Waiting;
    }

    /// The form in which it outlives a reload of the page.
    pub(super) fn stored(&self) -> Value {
        let before = match &self.put.guard {
            Guard::Unchanged(before) => serde_json::to_value(before).unwrap_or_default(),
            Guard::FreeOrSameAgent | Guard::Restore => Value::Null,
        };
        json!({"row": serde_json::to_value(&self.put.row).unwrap_or_default(), "before": before})
    }
}

impl PendingRemoval {
    /// Whoever has seen what the row is now and removes it all the same means that row.
    pub(super) fn send_again(&mut self, draft: &Draft) {
        if let Some(now) = draft.get(&self.row.key) {
            self.row.row = now.clone();
        }
        self.state = PendingState::Waiting;
    }

    /// The form in which it outlives a reload of the page.
    pub(super) fn stored(&self) -> Value {
        json!({"remove": self.row.key, "row": serde_json::to_value(&self.row.row).unwrap_or_default()})
    }
}

/// A write that was kept when the page was left.
pub(super) fn recall_write(kept: &Value) -> Option<Put> {
    if kept["remove"].is_string() {
        return None;
    }
    let (row, _) = AgentExtension::read(&kept["row"]).ok()?;
    let before = AgentExtension::read(&kept["before"]).ok();
    Some(Put { row, guard: before.map_or(Guard::FreeOrSameAgent, |(before, _)| Guard::Unchanged(before)) })
}

/// A removal that was kept when the page was left.
pub(super) fn recall_removal(kept: &Value) -> Option<KeyedRow> {
    let (row, _) = AgentExtension::read(&kept["row"]).ok()?;
    Some(KeyedRow { key: kept["remove"].as_str()?.to_owned(), row })
}
