//! Removing all chosen rows, after a question that names how many.

use super::batch::{Batch, FailedRow, RowFailure, WRITE_EVERY};
use super::underway::Asker;
use crate::model::draft::{KeyedRow, NotWritten, Write};
use crate::model::{Effect, Model, Notification, Timer};

/// How far it got.
#[derive(Clone, Debug, PartialEq)]
pub enum BulkRemovalState {
    /// The question is on the screen.
    Asking,
    /// Somebody else changed or removed some of the rows while the question was on the screen; it is asked anew.
    ChangedMeanwhile,
    /// On its way.
    Removing(Batch),
    /// These were not removed.
    Failed(Vec<FailedRow>),
}

/// The rows that are to be removed together.
#[derive(Clone, Debug, PartialEq)]
pub struct BulkRemoval {
    /// The rows that the question is about.
    pub rows: Vec<KeyedRow>,
    /// How far it got.
    pub state: BulkRemovalState,
    /// The rows that are removed so far, for taking all of it back at once.
    removed: Vec<KeyedRow>,
}

/// What happened to it.
#[derive(Clone, Copy, Debug)]
pub enum BulkRemovalEvent {
    /// The button beside the count of the chosen rows was pressed.
    Asked,
    /// The person said no, or wants what is underway to stop.
    Canceled,
    /// The person said yes, or wants what failed to be tried again.
    Confirmed,
}

impl BulkRemoval {
    fn batch(&mut self) -> Option<&mut Batch> {
        match &mut self.state {
            BulkRemovalState::Removing(batch) => Some(batch),
            _ => None,
        }
    }
}

impl Model {
    pub(in crate::model) fn bulk_removal_event(&mut self, event: BulkRemovalEvent) -> Vec<Effect> {
        match event {
            BulkRemovalEvent::Asked => self.ask_bulk_removal(),
            BulkRemovalEvent::Canceled => self.cancel_bulk_removal(),
            BulkRemovalEvent::Confirmed => self.confirm_bulk_removal(),
        }
        .unwrap_or_default()
    }

    fn ask_bulk_removal(&mut self) -> Option<Vec<Effect>> {
        let rows = self.chosen_rows();
        if self.bulk_removal.is_none() && !rows.is_empty() {
            self.bulk_removal = Some(BulkRemoval { rows, state: BulkRemovalState::Asking, removed: Vec::new() });
        }
        None
    }

    fn cancel_bulk_removal(&mut self) -> Option<Vec<Effect>> {
        let bulk = self.bulk_removal.as_mut()?;
        if let Some(batch) = bulk.batch() {
            batch.stop();
            return Some(self.finish_bulk_removal_if_over());
        }
        let removed = self.bulk_removal.take()?.removed;
        Some(self.offer_undo(removed))
    }

    fn confirm_bulk_removal(&mut self) -> Option<Vec<Effect>> {
        let chosen = self.chosen_rows();
        let bulk = self.bulk_removal.as_mut()?;
        let rows = match &bulk.state {
            BulkRemovalState::Removing(_) => return None,
            BulkRemovalState::Failed(failed) => failed.iter().map(|failed| failed.row.clone()).collect(),
            BulkRemovalState::Asking | BulkRemovalState::ChangedMeanwhile => {
                if chosen != bulk.rows {
                    bulk.rows = chosen;
                    bulk.state = BulkRemovalState::ChangedMeanwhile;
                    return None;
                }
                bulk.rows.clone()
            }
        };
        if self.connection.is_lost() {
            let removed = self.bulk_removal.take()?.removed;
            let mut effects = self.queue_removals(rows);
            effects.extend(self.offer_undo(removed));
            return Some(effects);
        }
        bulk.state = BulkRemovalState::Removing(Batch::new(rows));
        Some(self.remove_next())
    }

    /// Sends the next removal, and asks to be called again while there are more.
    pub(in crate::model) fn remove_next(&mut self) -> Vec<Effect> {
        let Some(batch) = self.bulk_removal.as_mut().and_then(BulkRemoval::batch) else { return Vec::new() };
        let (next, more) = (batch.next(), batch.has_more());
        let mut effects = Vec::new();
        if let Some(row) = next {
            let request = self.next_request();
            effects.push(self.send(Asker::BulkRemoval, request, row.key, Write::Remove));
        }
        if more {
            effects.push(Effect::Wait { milliseconds: WRITE_EVERY, timer: Timer::RemoveNext });
        }
        if effects.is_empty() { self.finish_bulk_removal_if_over() } else { effects }
    }

    /// The answer to one of the removals.
    pub(in crate::model) fn bulk_removal_answered(
        &mut self,
        key: &str,
        outcome: Result<(), NotWritten>,
    ) -> Vec<Effect> {
        let Some(batch) = self.bulk_removal.as_mut().and_then(BulkRemoval::batch) else { return Vec::new() };
        batch.settle(key, outcome.map_err(RowFailure::from));
        self.finish_bulk_removal_if_over()
    }

    /// When the last answer is in: all is well and can be taken back, or what failed is offered again.
    fn finish_bulk_removal_if_over(&mut self) -> Vec<Effect> {
        let Some(bulk) = self.bulk_removal.as_mut() else { return Vec::new() };
        let Some(batch) = bulk.batch().filter(|batch| batch.is_over()) else { return Vec::new() };
        let (done, failed) = (std::mem::take(&mut batch.done), std::mem::take(&mut batch.failed));
        bulk.removed.extend(done);
        if !failed.is_empty() {
            bulk.state = BulkRemovalState::Failed(failed);
            return vec![Effect::Notify(Notification::SaveFailed)];
        }
        let removed = self.bulk_removal.take().map(|bulk| bulk.removed).unwrap_or_default();
        self.offer_undo(removed)
    }
}
