//! What stands in each slot of the table, as signals: a `<tr>` is drawn anew only when something else stands in its slot.
//! Following one list of all rows, every slot would look up what it shows at every change of any.

use std::sync::Arc;

use leptos::prelude::*;

use super::slots::{Slot, assign_slots};
use crate::model::RowKeys;

/// The attribute of a `<tr>` that holds the id of its slot.
const SLOT_ATTRIBUTE: &str = "data-place";

/// A slot, and the signals that its `<tr>` follows.
#[derive(Clone, Debug)]
pub(super) struct SlotSignals {
    pub(super) slot: Slot,
    /// The row. A slot that waits is left as it was, because nobody sees it.
    pub(super) row: ArcRwSignal<Option<Arc<RowKeys>>>,
    /// The words to be marked in it.
    pub(super) words: ArcRwSignal<Vec<String>>,
    /// Whether it waits, out of sight, for the next row.
    pub(super) waits: ArcRwSignal<bool>,
}

impl SlotSignals {
    fn new(slot: Slot, words: &[String]) -> Self {
        let (row, waits) = (slot.row.clone(), slot.row.is_none());
        let words = words.to_vec();
        Self { slot, row: ArcRwSignal::new(row), words: ArcRwSignal::new(words), waits: ArcRwSignal::new(waits) }
    }

    /// Puts another row here, and notifies only of what is different.
    fn fill(&mut self, slot: Slot, words: &[String]) {
        set_if_changed(&self.waits, slot.row.is_none());
        if let Some(row) = &slot.row {
            set_if_changed(&self.row, Some(Arc::clone(row)));
            if self.words.with_untracked(|known| known != words) {
                self.words.set(words.to_vec());
            }
        }
        self.slot = slot;
    }
}

fn set_if_changed<T: PartialEq + Send + Sync + 'static>(signal: &ArcRwSignal<T>, value: T) {
    if signal.with_untracked(|known| *known != value) {
        signal.set(value);
    }
}

/// Gives each of these rows a slot. The list itself notifies only where slots come, go or move.
pub(super) fn fill_slots(slots: RwSignal<Vec<SlotSignals>>, rows: &[Arc<RowKeys>], reuse: bool, words: &[String]) {
    slots.maybe_update(|slots| {
        let before: Vec<_> = slots.iter().map(|signals| signals.slot.clone()).collect();
        let after = assign_slots(&before, rows, reuse, focused_slot);
        let same = before.iter().map(|slot| slot.id).eq(after.iter().map(|slot| slot.id));
        let mut known = std::mem::take(slots);
        let mut fill = |slot: Slot| match known.iter().position(|signals| signals.slot.id == slot.id) {
            Some(at) => {
                let mut signals = known.swap_remove(at);
                signals.fill(slot, words);
                signals
            }
            None => SlotSignals::new(slot, words),
        };
        slots.extend(after.into_iter().map(&mut fill));
        !same
    });
}

/// The slot that the keyboard focus is in.
fn focused_slot() -> Option<usize> {
    let row = document().active_element()?.closest("tr").ok().flatten()?;
    row.get_attribute(SLOT_ATTRIBUTE)?.parse().ok()
}
