//! What stands in each place of the table, as signals: whoever draws a place is told only when something else stands in
//! it. Following one list of all rows, every place would look up what it shows at every change of any.
//!
//! Knows nothing of why these rows are drawn.

use std::sync::Arc;

use leptos::prelude::*;

use super::focus;
use super::places::{Place, take_places};
use crate::model::RowKeys;

/// A place, and what whoever draws it follows.
#[derive(Clone, Debug)]
pub(super) struct Seated {
    pub(super) place: Place,
    /// The row. A place that waits is left as it was, because nobody sees it.
    pub(super) entry: ArcRwSignal<Option<Arc<RowKeys>>>,
    /// The words to be marked in it.
    pub(super) words: ArcRwSignal<Vec<String>>,
    /// Whether it waits, out of sight, for the next row.
    pub(super) waits: ArcRwSignal<bool>,
}

impl Seated {
    fn new(place: Place, words: &[String]) -> Self {
        let (row, waits) = (place.row.clone(), place.row.is_none());
        let words = words.to_vec();
        Self { place, entry: ArcRwSignal::new(row), words: ArcRwSignal::new(words), waits: ArcRwSignal::new(waits) }
    }

    /// Lets another row stand here. Tells only what is different.
    fn take(&mut self, place: Place, words: &[String]) {
        set(&self.waits, place.row.is_none());
        if let Some(row) = &place.row {
            set(&self.entry, Some(Arc::clone(row)));
            if self.words.with_untracked(|known| known != words) {
                self.words.set(words.to_vec());
            }
        }
        self.place = place;
    }
}

fn set<T: PartialEq + Send + Sync + 'static>(signal: &ArcRwSignal<T>, value: T) {
    if signal.with_untracked(|known| *known != value) {
        signal.set(value);
    }
}

/// Gives each of these rows a place. The list itself changes only where places come, go or move.
pub(super) fn take_seats(seats: RwSignal<Vec<Seated>>, rows: &[Arc<RowKeys>], hand_on: bool, words: &[String]) {
    seats.maybe_update(|seats| {
        let before: Vec<_> = seats.iter().map(|seat| seat.place.clone()).collect();
        let after = take_places(&before, rows, hand_on, focus::place);
        let same = before.iter().map(|place| place.id).eq(after.iter().map(|place| place.id));
        let mut known = std::mem::take(seats);
        let mut seat = |place: Place| match known.iter().position(|seat| seat.place.id == place.id) {
            Some(at) => {
                let mut seat = known.swap_remove(at);
                seat.take(place, words);
                seat
            }
            None => Seated::new(place, words),
        };
        seats.extend(after.into_iter().map(&mut seat));
        !same
    });
}
