//! Which rows others have just changed, and one sentence about it for those who do not see the table.
//!
//! Knows no clock: a mark lasts for one to two rounds of a timer. A burst of changes sets the timer once.

use std::collections::BTreeSet;

use super::{BulkState, Effect, Item, Model, Reading, RemovalState, Timer, UndoState};

/// One round of the marks, in milliseconds: a mark is seen for three to six seconds.
const MARKED_FOR: u32 = 3000;

/// How long changes are gathered before they are spoken of, in milliseconds.
const SPEAK_AFTER: u32 = 1000;

/// What others have changed.
#[derive(Clone, Debug, Default)]
pub struct Marks {
    /// Rises whenever a mark comes or goes.
    pub stamp: usize,
    /// What is said of the last changes.
    pub said: Option<Noticed>,
    fresh: BTreeSet<String>,
    fading: BTreeSet<String>,
    gathered: Noticed,
}

/// Changes by others, gathered over a moment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Noticed {
    /// How many rows were added or changed.
    pub changed: usize,
    /// How many rows were removed.
    pub removed: usize,
    /// The number of the last of them.
    pub number: String,
    /// Who it was, where all of them are one person's.
    pub by: Option<String>,
}

impl Noticed {
    fn count(&self) -> usize {
        self.changed + self.removed
    }

    fn add(&mut self, number: &str, by: Option<&str>, removed: bool) {
        let same = self.count() == 0 || self.by.as_deref() == by;
        self.by = by.filter(|_| same).map(str::to_owned);
        number.clone_into(&mut self.number);
        self.removed += usize::from(removed);
        self.changed += usize::from(!removed);
    }
}

impl Marks {
    /// Whether somebody else has just changed this row.
    #[must_use]
    pub fn has(&self, key: &str) -> bool {
        self.fresh.contains(key) || self.fading.contains(key)
    }

    fn note(&mut self, key: Option<&str>, number: &str, by: Option<&str>) -> Vec<Effect> {
        let mut effects = Vec::new();
        if self.gathered.count() == 0 {
            effects.push(Effect::Wait { milliseconds: SPEAK_AFTER, timer: Timer::Speak });
        }
        self.gathered.add(number, by, key.is_none());
        if let Some(key) = key {
            if self.fresh.is_empty() && self.fading.is_empty() {
                effects.push(Effect::Wait { milliseconds: MARKED_FOR, timer: Timer::Marks });
            }
            self.fresh.insert(key.to_owned());
            self.stamp += 1;
        }
        effects
    }

    pub(super) fn remove(&mut self, key: &str) {
        if self.fresh.remove(key) | self.fading.remove(key) {
            self.stamp += 1;
        }
    }

    /// A round is over: what was fading goes, what was fresh fades.
    pub(super) fn fade(&mut self) -> Vec<Effect> {
        self.stamp += 1;
        self.fading = std::mem::take(&mut self.fresh);
        if self.fading.is_empty() {
            self.said = None;
            return Vec::new();
        }
        vec![Effect::Wait { milliseconds: MARKED_FOR, timer: Timer::Marks }]
    }

    pub(super) fn speak(&mut self) -> Vec<Effect> {
        self.said = Some(std::mem::take(&mut self.gathered));
        Vec::new()
    }
}

impl Model {
    /// Takes in an item that was written by whomever, and marks it where it is somebody else's change.
    pub(super) fn row_written(&mut self, item: Item) -> Vec<Effect> {
        let key = item.key.clone();
        let before = self.draft.get(&key).cloned();
        self.draft.write(item);
        match self.draft.get(&key) {
            Some(now) if before.as_ref() != Some(now) && !self.is_writing(&key) && self.is_read() => {
                self.marks.note(Some(&key), now.extension_number.as_str(), now.updated_by.as_deref())
            }
            _ => Vec::new(),
        }
    }

    /// Takes in that an item was removed by whomever. Nothing is left to be marked then, only to be spoken of.
    pub(super) fn row_removed(&mut self, key: &str) -> Vec<Effect> {
        let gone = self.draft.get(key).map(|row| row.extension_number.to_string());
        let theirs = !self.is_writing(key) && self.is_read();
        self.forget_row(key);
        gone.filter(|_| theirs).map_or_else(Vec::new, |number| self.marks.note(None, &number, None))
    }

    /// Removes a row and everything that is known of it.
    pub(super) fn forget_row(&mut self, key: &str) {
        self.draft.remove(key);
        self.selection.remove(key);
        self.marks.remove(key);
    }

    fn is_read(&self) -> bool {
        self.draft.reading == Reading::Done
    }

    /// Whether a write of our own under this key is on its way: its event is no change by others.
    fn is_writing(&self, key: &str) -> bool {
        let panel =
            self.panel.as_ref().is_some_and(|panel| panel.saving && (panel.key() == Some(key) || panel.number == key));
        let removal =
            self.removal.as_ref().is_some_and(|removal| removal.state == RemovalState::Removing && removal.key == key);
        let bulk = self.bulk.as_ref().is_some_and(|bulk| match &bulk.state {
            BulkState::Removing(batch) => batch.is_writing(key),
            _ => false,
        });
        let undo = self.undo.as_ref().is_some_and(|undo| match &undo.state {
            UndoState::Restoring(batch) => batch.is_writing(key),
            _ => false,
        });
        panel || removal || bulk || undo || self.outbox.is_writing(key) || self.moves.is_writing(key)
    }
}
