//! What an event of the Sync Map means for everything that knows its rows: the draft, the choice, and what others changed.

use shared::Publishing;

use super::draft::{Item, Reading};
use super::{Effect, Model, Problem};

/// What happened to the Map.
#[derive(Clone, Debug)]
pub enum DraftEvent {
    /// One page of items, in any order.
    PageRead(Vec<Item>),
    /// There are no further pages.
    AllRead,
    /// A page could not be read, or the Map could not be opened.
    Failed(Problem),
    /// An item was added or updated, by whomever.
    Written(Item),
    /// An item was removed, by whomever.
    Removed(String),
    /// Somebody began to publish, got on with it, or is done: the publish lock changed.
    Lock(Option<Publishing>),
    /// The person wants to try reading again.
    RetryClicked,
}

impl Model {
    pub(super) fn draft_event(&mut self, event: DraftEvent) -> Vec<Effect> {
        match event {
            DraftEvent::PageRead(items) => self.draft.read(items),
            DraftEvent::AllRead => {
                self.draft.set_reading(Reading::Done);
                let mut effects = self.fetch_teams();
                effects.extend(self.send_next_pending());
                return effects;
            }
            DraftEvent::Failed(problem) => self.draft.set_reading(Reading::Failed(problem)),
            DraftEvent::Written(item) => return self.row_written(item),
            DraftEvent::Removed(key) => return self.row_removed(&key),
            DraftEvent::Lock(lock) => return self.lock_changed(lock),
            DraftEvent::RetryClicked => {
                self.draft.reopen();
                return vec![Effect::OpenDraft];
            }
        }
        Vec::new()
    }

    /// Takes in an item that was written by whomever, and marks it where it is somebody else's change.
    fn row_written(&mut self, item: Item) -> Vec<Effect> {
        let key = item.key.clone();
        let before = self.draft.get(&key).cloned();
        self.draft.write(item);
        match self.draft.get(&key) {
            Some(now) if before.as_ref() != Some(now) && !self.underway.is_about(&key) && self.is_read() => {
                self.recent_changes.record(Some(&key), now.extension_number.as_str(), now.updated_by.as_deref())
            }
            _ => Vec::new(),
        }
    }

    /// Takes in that an item was removed by whomever. Nothing is left to be marked then, only to be spoken of.
    fn row_removed(&mut self, key: &str) -> Vec<Effect> {
        let gone = self.draft.get(key).map(|row| row.extension_number.to_string());
        let theirs = !self.underway.is_about(key) && self.is_read();
        self.forget_row(key);
        gone.filter(|_| theirs).map_or_else(Vec::new, |number| self.recent_changes.record(None, &number, None))
    }

    /// Removes a row and everything that is known of it.
    pub(super) fn forget_row(&mut self, key: &str) {
        self.draft.remove(key);
        self.selection.remove(key);
        self.recent_changes.remove(key);
    }

    fn is_read(&self) -> bool {
        self.draft.reading == Reading::Done
    }
}
