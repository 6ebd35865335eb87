//! Which rows others have just changed, and one sentence about it for those who do not see the table.
//!
//! Knows no clock: a mark lasts for one to two rounds of a timer. A burst of changes sets the timer once.

use std::collections::BTreeSet;

use crate::model::{Effect, Timer};

/// One round of the marks, in milliseconds: a mark is seen for three to six seconds.
const MARKED_FOR: u32 = 3000;

/// How long changes are gathered before they are spoken of, in milliseconds.
const ANNOUNCE_AFTER: u32 = 1000;

/// What others have changed.
#[derive(Clone, Debug, Default)]
pub struct RecentChanges {
    /// Rises whenever a mark comes or goes.
    pub stamp: usize,
    /// What is said of the last changes.
    pub announcement: Option<Announcement>,
    fresh: BTreeSet<String>,
    fading: BTreeSet<String>,
    gathered: Announcement,
}

/// Changes by others, gathered over a moment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Announcement {
    /// How many rows were added or changed.
    pub changed: usize,
    /// How many rows were removed.
    pub removed: usize,
    /// The number of the last of them.
    pub number: String,
    /// Who it was, where all of them are one person's.
    pub by: Option<String>,
}

impl Announcement {
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

impl RecentChanges {
    /// Whether somebody else has just changed this row.
    #[must_use]
    pub fn has(&self, key: &str) -> bool {
        self.fresh.contains(key) || self.fading.contains(key)
    }

    pub(in crate::model) fn record(&mut self, key: Option<&str>, number: &str, by: Option<&str>) -> Vec<Effect> {
        let mut effects = Vec::new();
        if self.gathered.count() == 0 {
            effects.push(Effect::Wait { milliseconds: ANNOUNCE_AFTER, timer: Timer::Announce });
        }
        self.gathered.add(number, by, key.is_none());
        if let Some(key) = key {
            if self.fresh.is_empty() && self.fading.is_empty() {
                effects.push(Effect::Wait { milliseconds: MARKED_FOR, timer: Timer::RecentChanges });
            }
            self.fresh.insert(key.to_owned());
            self.stamp += 1;
        }
        effects
    }

    pub(in crate::model) fn remove(&mut self, key: &str) {
        if self.fresh.remove(key) | self.fading.remove(key) {
            self.stamp += 1;
        }
    }

    /// A round is over: what was fading goes, what was fresh fades.
    pub(in crate::model) fn fade(&mut self) -> Vec<Effect> {
        self.stamp += 1;
        self.fading = std::mem::take(&mut self.fresh);
        if self.fading.is_empty() {
            self.announcement = None;
            return Vec::new();
        }
        vec![Effect::Wait { milliseconds: MARKED_FOR, timer: Timer::RecentChanges }]
    }

    pub(in crate::model) fn announce(&mut self) -> Vec<Effect> {
        self.announcement = Some(std::mem::take(&mut self.gathered));
        Vec::new()
    }
}
