//! Which rows the table shows, worked out step by step: in order, those that match, those on the page, those drawn.
//!
//! Each step is taken anew only when something that it depends on changed: a keystroke orders nothing, turning a page
//! compares nothing with what is published. Knows nothing of how a row looks.

use std::sync::Arc;

use gloo_timers::callback::Timeout;
use leptos::prelude::*;

use super::reader::Reader;
use super::seated::{Seated, take_seats};
use crate::model::{Filter, Listing, Model, Roster, RowKeys, SearchSteps, words};

/// How many rows are drawn at a time while somebody types: half of what a common screen shows, so that drawing them,
/// looking through ten thousand rows and the layout fit into a frame.
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
    pub(super) matching: Memo<Listing>,
    /// The page that is shown, counted from 0.
    pub(super) page: Memo<Option<usize>>,
    /// The rows on it.
    pub(super) shown: Memo<Vec<Arc<RowKeys>>>,
    /// Those of them that are on the screen already, each in its place.
    pub(super) seats: RwSignal<Vec<Seated>>,
}

impl Rows {
    pub(super) fn new(reader: Reader) -> Self {
        let roster = reader.roster();
        let matching = matching(reader, roster);
        let page = Memo::new(move |_| Some(roster.with(|roster| matching.with(|rows| roster.page_of(rows)))));
        let size = Memo::new(move |_| Some(roster.with(|roster| roster.page_size)));
        let shown = Memo::new(move |_| {
            let size = size.get().unwrap_or(1);
            let first = page.get().unwrap_or(0) * size;
            matching.with(|rows| rows.iter().skip(first).take(size).cloned().collect())
        });
        let seats = RwSignal::new(Vec::new());
        seat(roster, shown, seats);
        Self { roster, matching, page, shown, seats }
    }
}

fn matching(reader: Reader, roster: Memo<Roster>) -> Memo<Listing> {
    let sort = Memo::new(move |_| roster.with(|roster| roster.sort));
    let ordered = Memo::new(move |_| reader.draft(|draft| Roster::ordered(draft, sort.get())));
    let filter = Memo::new(move |_| roster.with(|roster| roster.filter.without_query()));
    let chosen = Memo::new(move |_| filter.with(|filter| ordered.with(|rows| chosen(filter, rows, reader))));
    let trail = StoredValue::new(None);
    Memo::new(move |_| {
        let all = chosen.get();
        let find = |trail: &mut Option<SearchSteps>| {
            let fresh =
                trail.take().filter(|trail| trail.begins_with(&all)).unwrap_or_else(|| SearchSteps::new(all.clone()));
            roster.with(|roster| trail.insert(fresh).find(&roster.filter.query))
        };
        trail.try_update_value(find).unwrap_or_else(|| all.clone())
    })
}

fn chosen(filter: &Filter, rows: &Listing, reader: Reader) -> Listing {
    // Both are followed only while they are asked for.
    let differences = filter.only_changed.then(|| reader.differences()).flatten();
    if filter.team.is_some() {
        reader.follow_teams();
    }
    reader.peek(|model: &Model| filter.apply(rows, differences.as_deref(), &model.teams))
}

/// While somebody types, only the rows that can be seen are drawn, so that no keystroke waits for a hundred rows.
/// The rest follows, some at a time, as soon as the person pauses.
fn seat(roster: Memo<Roster>, shown: Memo<Vec<Arc<RowKeys>>>, seats: RwSignal<Vec<Seated>>) {
    let keystrokes = Memo::new(move |_| Some(roster.with(|roster| roster.keystrokes)));
    let words = Memo::new(move |_| roster.with(|roster| words(&roster.filter.query)));
    // How many rows may be drawn, and the keystroke that this holds for. At the beginning nobody has typed anything.
    let (enough, since) = (RwSignal::new(Some(usize::MAX)), RwSignal::new(keystrokes.get_untracked()));
    let pause = StoredValue::new_local(None);
    Effect::new(move || {
        let keystroke = keystrokes.get();
        let typing = since.get() != keystroke;
        let limit = if typing { AT_ONCE } else { enough.get().unwrap_or(0) };
        shown.with(|shown| {
            let drawn = &shown[..shown.len().min(limit)];
            words.with(|words| take_seats(seats, drawn, typing, words));
            let more = move || {
                enough.set(Some(limit.saturating_add(AT_ONCE)));
                since.set(keystroke);
            };
            let wait = if typing { PAUSE } else { STEP };
            pause.set_value((limit < shown.len()).then(|| Timeout::new(wait, more)));
        });
    });
}
