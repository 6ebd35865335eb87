//! Taking a removal back: for ten seconds the removed rows can be written again as they were.
//!
//! A removal is written at once, so that a closed tab can not lose it; taking it back is a write of its own.
//! Knows nothing of how the offer looks.

use super::batch::{Batch, FailedRow, RowFailure, WRITE_EVERY};
use super::underway::Asker;
use crate::model::draft::{Guard, KeyedRow, NotWritten, Put, Write};
use crate::model::{Effect, Model, Timer};

/// How long the offer stands, in milliseconds.
pub const UNDO_FOR: u32 = 10_000;

/// How far taking it back got.
#[derive(Clone, Debug, PartialEq)]
pub enum UndoState {
    /// It is offered.
    Offered,
    /// The rows are being written again.
    Restoring(Batch),
    /// These could not be written again.
    Failed(Vec<FailedRow>),
}

/// A removal that can be taken back.
#[derive(Clone, Debug, PartialEq)]
pub struct Undo {
    /// The rows as they were.
    pub rows: Vec<KeyedRow>,
    /// How far it got.
    pub state: UndoState,
    /// Which offer this is; the time of an earlier one does not end it.
    pub serial: u32,
    /// Whether the pointer or the keyboard focus rests on it: it stays that long.
    held: bool,
    /// Whether its time ran out while it was held.
    overdue: bool,
    /// Rows that were removed while these were being written again; they are offered after them.
    next: Vec<KeyedRow>,
}

/// What happened to the offer.
#[derive(Clone, Copy, Debug)]
pub enum UndoEvent {
    /// The rows are wanted back, or those that failed are to be tried again.
    Clicked,
    /// The person does not want it.
    Dismissed,
    /// The pointer or the focus came to rest on it, or left it.
    Held(bool),
}

impl Model {
    pub(in crate::model) fn undo_event(&mut self, event: UndoEvent) -> Vec<Effect> {
        match event {
            UndoEvent::Clicked => self.restore(),
            UndoEvent::Dismissed => {
                self.undo = self.undo.take().filter(|undo| matches!(undo.state, UndoState::Restoring(_)));
                Vec::new()
            }
            UndoEvent::Held(held) => self.hold_undo(held),
        }
    }

    /// Offers to take a removal back, in place of an earlier one.
    pub(super) fn offer_undo(&mut self, rows: Vec<KeyedRow>) -> Vec<Effect> {
        if rows.is_empty() {
            return Vec::new();
        }
        if let Some(undo) = self.undo.as_mut().filter(|undo| matches!(undo.state, UndoState::Restoring(_))) {
            undo.next = rows;
            return Vec::new();
        }
        let serial = self.next_request();
        let state = UndoState::Offered;
        self.undo = Some(Undo { rows, state, serial, held: false, overdue: false, next: Vec::new() });
        vec![wait(serial)]
    }

    fn hold_undo(&mut self, held: bool) -> Vec<Effect> {
        let Some(undo) = self.undo.as_mut() else { return Vec::new() };
        undo.held = held;
        if held || !std::mem::take(&mut undo.overdue) {
            return Vec::new();
        }
        vec![wait(undo.serial)]
    }

    pub(in crate::model) fn undo_due(&mut self, serial: u32) -> Vec<Effect> {
        let Some(undo) = self.undo.as_mut().filter(|undo| undo.serial == serial) else { return Vec::new() };
        if undo.state == UndoState::Offered {
            undo.overdue = undo.held;
            if !undo.held {
                self.undo = None;
            }
        }
        Vec::new()
    }

    fn restore(&mut self) -> Vec<Effect> {
        let Some(undo) = self.undo.as_mut() else { return Vec::new() };
        let rows = match &undo.state {
            UndoState::Offered => undo.rows.clone(),
            UndoState::Failed(failed) => failed.iter().map(|failed| failed.row.clone()).collect(),
            UndoState::Restoring(_) => return Vec::new(),
        };
        undo.state = UndoState::Restoring(Batch::new(rows));
        self.restore_next()
    }

    /// Writes the next row again, and asks to be called again while there are more.
    pub(in crate::model) fn restore_next(&mut self) -> Vec<Effect> {
        let Some(batch) = self.undo.as_mut().and_then(Undo::batch) else { return Vec::new() };
        let next = batch.next();
        let more = batch.has_more().then_some(Effect::Wait { milliseconds: WRITE_EVERY, timer: Timer::RestoreNext });
        let mut effects = Vec::from_iter(more);
        if let Some(KeyedRow { key, row }) = next {
            // An item of an older tool has the number under another key, where Sync would not notice it.
            match self.draft.owner(row.extension_number.as_str(), Some(&key)).cloned() {
                Some(owner) => effects.extend(self.restore_settled(&key, Err(RowFailure::Taken(Box::new(owner))))),
                None => {
                    let request = self.next_request();
                    let what = Write::Put(Box::new(Put { row, guard: Guard::Restore }));
                    effects.push(self.send(Asker::Undo, request, key, what));
                }
            }
        }
        effects
    }

    /// The answer to one of the writes.
    pub(in crate::model) fn undo_answered(&mut self, key: &str, outcome: Result<(), NotWritten>) -> Vec<Effect> {
        self.restore_settled(key, outcome.map_err(RowFailure::from))
    }

    fn restore_settled(&mut self, key: &str, outcome: Result<(), RowFailure>) -> Vec<Effect> {
        let Some(undo) = self.undo.as_mut() else { return Vec::new() };
        let Some(batch) = undo.batch() else { return Vec::new() };
        batch.settle(key, outcome);
        if !batch.is_over() {
            return Vec::new();
        }
        let failed = std::mem::take(&mut batch.failed);
        let next = std::mem::take(&mut undo.next);
        if failed.is_empty() {
            self.undo = None;
            return self.offer_undo(next);
        }
        undo.state = UndoState::Failed(failed);
        Vec::new()
    }
}

impl Undo {
    fn batch(&mut self) -> Option<&mut Batch> {
        match &mut self.state {
            UndoState::Restoring(batch) => Some(batch),
            UndoState::Offered | UndoState::Failed(_) => None,
        }
    }
}

fn wait(serial: u32) -> Effect {
    Effect::Wait { milliseconds: UNDO_FOR, timer: Timer::Undo(serial) }
}
