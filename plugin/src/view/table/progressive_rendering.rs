//! Draws a page of the table a few rows at a time while somebody types, so that no keystroke waits for a hundred rows.
//! The rest follows as soon as the person pauses.

use gloo_timers::callback::Timeout;
use leptos::prelude::*;

use super::pipeline::RowPipeline;
use super::slot_signals::{SlotSignals, fill_slots};
use crate::model::words;

/// How many rows are drawn at a time while somebody types: half of what a common screen shows, so that drawing them,
/// looking through ten thousand rows and the layout fit into a frame.
const AT_ONCE: usize = 6;

/// How long nothing must be typed before the other rows are drawn, in milliseconds.
const PAUSE: u32 = 150;

/// The time between drawing some of them and some more, in milliseconds.
const STEP: u32 = 30;

/// The slots of the rows that are drawn already.
pub(super) fn render_progressively(rows: RowPipeline) -> RwSignal<Vec<SlotSignals>> {
    let slots = RwSignal::new(Vec::new());
    let keystrokes = Memo::new(move |_| Some(rows.roster.with(|roster| roster.keystrokes)));
    let words = Memo::new(move |_| rows.roster.with(|roster| words(&roster.filter.query)));
    // How many rows may be drawn, and the keystroke that this holds for. At the beginning nobody has typed anything.
    let (limit_after_pause, paused_at) = (RwSignal::new(Some(usize::MAX)), RwSignal::new(keystrokes.get_untracked()));
    let pause = StoredValue::new_local(None);
    Effect::new(move || {
        let keystroke = keystrokes.get();
        let typing = paused_at.get() != keystroke;
        let limit = if typing { AT_ONCE } else { limit_after_pause.get().unwrap_or(0) };
        rows.on_page.with(|on_page| {
            let drawn = &on_page[..on_page.len().min(limit)];
            words.with(|words| fill_slots(slots, drawn, typing, words));
            let draw_more = move || {
                limit_after_pause.set(Some(limit.saturating_add(AT_ONCE)));
                paused_at.set(keystroke);
            };
            let wait = if typing { PAUSE } else { STEP };
            pause.set_value((limit < on_page.len()).then(|| Timeout::new(wait, draw_more)));
        });
    });
    slots
}
