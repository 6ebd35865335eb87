//! Which rows the table shows, worked out step by step: in order, those that match, those on the page.
//!
//! Each step is taken anew only when something that it depends on changed: a keystroke orders nothing, turning a page
//! compares nothing with what is published. Knows nothing of how a row looks.

use std::sync::Arc;

use gloo_timers::callback::Timeout;
use leptos::prelude::*;

use super::reader::Reader;
use crate::model::{Entry, Model, Roster, words};

/// How many rows are drawn at a time while somebody types: half of what a common screen shows, so that drawing them,
/// looking through ten thousand rows and the layout come to about a frame.
const AT_ONCE: usize = 6;

/// How long nothing must be typed before the other rows are drawn, in milliseconds.
const PAUSE: u32 = 150;

/// The time between drawing some of them and some more, in milliseconds.
const STEP: u32 = 30;

/// The steps, to be followed separately.
#[derive(Clone, Copy)]
pub(super) struct Rows {
    /// What the person asked for.
    pub(super) roster: Memo<Roster>,
    /// All rows that match, in order.
    pub(super) matching: Memo<Vec<Arc<Entry>>>,
    /// The page that is shown, counted from 0.
    pub(super) page: Memo<Option<usize>>,
    /// The keys of the rows on it.
    pub(super) shown: Memo<Vec<String>>,
    /// Those of them that are on the screen already.
    pub(super) drawn: Memo<Vec<String>>,
    /// The words that were looked for.
    pub(super) words: Memo<Vec<String>>,
}

impl Rows {
    pub(super) fn new(reader: Reader) -> Self {
        let roster = reader.roster();
        let order = reader
            .number(|model| Some(model.roster.sort.column as usize * 2 + usize::from(model.roster.sort.descending)));
        let ordered = Memo::new(move |_| {
            _ = order.get();
            let sort = roster.with_untracked(|roster| roster.sort);
            reader.draft(|draft| Roster::ordered(draft, sort))
        });
        let matching = Memo::new(move |_| roster.with(|roster| ordered.with(|rows| matching(roster, rows, reader))));
        let page = Memo::new(move |_| Some(roster.with(|roster| matching.with(|rows| roster.page_of(rows)))));
        let shown = Memo::new(move |_| {
            let size = roster.with(|roster| roster.page_size);
            let first = page.get().unwrap_or(0) * size;
            matching.with(|rows| rows.iter().skip(first).take(size).map(|row| row.key.clone()).collect())
        });
        let words = Memo::new(move |_| roster.with(|roster| words(&roster.filter.query)));
        let drawn = drawn(reader, shown);
        Self { roster, matching, page, shown, drawn, words }
    }
}

/// While somebody types, only the rows that can be seen are drawn, so that no keystroke waits for a hundred rows.
/// The rest follows, some at a time, as soon as the person pauses.
fn drawn(reader: Reader, shown: Memo<Vec<String>>) -> Memo<Vec<String>> {
    let keystrokes = reader.number(|model| Some(model.roster.keystrokes));
    // How many rows may be drawn, and the keystroke that this holds for. At the beginning nobody has typed anything.
    let (enough, since) = (RwSignal::new(Some(usize::MAX)), RwSignal::new(keystrokes.get_untracked()));
    let limit = move || if since.get() == keystrokes.get() { enough.get().unwrap_or(0) } else { AT_ONCE };
    let pause = StoredValue::new_local(None);
    Effect::new(move || {
        let (keystroke, limit) = (keystrokes.get(), limit());
        let wait = if since.get() == keystroke { STEP } else { PAUSE };
        let more = move || {
            enough.set(Some(limit.saturating_add(AT_ONCE)));
            since.set(keystroke);
        };
        pause.set_value((limit < shown.with(Vec::len)).then(|| Timeout::new(wait, more)));
    });
    Memo::new(move |_| shown.with(|shown| shown[..shown.len().min(limit())].to_vec()))
}

fn matching(roster: &Roster, rows: &[Arc<Entry>], reader: Reader) -> Vec<Arc<Entry>> {
    let filter = &roster.filter;
    if !filter.is_on() {
        return rows.to_vec();
    }
    // Both are followed only while they are asked for.
    let differences = filter.only_changed.then(|| reader.differences()).flatten();
    if filter.team.is_some() {
        reader.follow_teams();
    }
    reader.peek(|model: &Model| filter.apply(rows, differences.as_deref(), &model.teams))
}
