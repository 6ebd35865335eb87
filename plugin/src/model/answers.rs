//! Whom the answer to a write is for.
//!
//! The one place that knows all askers. Whoever asked need not look after the draft: what Sync says stands under the key
//! is taken in here, for all of them.

use super::draft::{NotWritten, Written};
use super::writes::Asker;
use super::{Effect, Model, Problem};

impl Model {
    pub(super) fn answered(&mut self, request: u32, answer: Result<Written, Problem>) -> Vec<Effect> {
        let Some(sent) = self.underway.settle(request) else { return Vec::new() };
        let outcome = answer.map_err(NotWritten::Problem).and_then(|written| self.take_written(&sent.key, written));
        match sent.asker {
            Asker::Panel => self.save_answered(&sent, outcome),
            Asker::Removal => self.removal_answered(&sent.key, outcome),
            Asker::BulkRemoval => self.bulk_removal_answered(&sent.key, outcome),
            Asker::Undo => self.undo_answered(&sent.key, outcome),
            Asker::Outbox => self.outbox_answered(request, &sent.what, outcome),
            Asker::Renumbering => self.renumbering_answered(outcome),
        }
    }

    fn take_written(&mut self, key: &str, written: Written) -> Result<(), NotWritten> {
        match written.item {
            Some(item) => self.draft.write(item),
            None => self.forget_row(key),
        }
        written.refused.map_or(Ok(()), |refusal| Err(NotWritten::Refused(refusal)))
    }
}
