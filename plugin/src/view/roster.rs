//! The table of extensions: those that match, a page at a time, always current.

use leptos::prelude::*;

use super::reader::{Flag, Part, Reader, Text};
use super::row::Seat;
use super::rows::Rows;
use super::selection::{self, Boxes};
use super::{Dispatch, ago, focus::Opener, heads, pager, row, toolbar};
use crate::model::{Draft, Reading};
use crate::strings;

pub(super) fn roster(
    reader: Reader,
    [panel_opener, removal_opener, bulk_opener]: [Opener; 3],
    dispatch: Dispatch,
) -> AnyView {
    let rows = Rows::new(reader);
    let boxes = Boxes::new(reader, rows.shown, dispatch);
    let seat = Seat { reader, rows, boxes, clock: ago::clock(), panel_opener, removal_opener, dispatch };
    let kind = Memo::new(move |_| Some(what_to_show(rows, reader)));
    let instead: Part = Box::new(move || match kind.get() {
        Some(EMPTY) => Some(empty(strings::EMPTY_TITLE, strings::EMPTY_TEXT, None)),
        Some(NO_MATCH) => {
            let show_all = Some(toolbar::show_all(dispatch));
            Some(empty(strings::NOTHING_MATCHES, strings::NOTHING_MATCHES_TEXT, show_all))
        }
        Some(NO_MATCH_YET) => Some(empty(strings::NOTHING_MATCHES, strings::NOTHING_MATCHES_YET, None)),
        _ => None,
    });
    // While nothing matches the table is only hidden: the next letter may bring it back.
    let there = Memo::new(move |_| kind.get().filter(|kind| !matches!(*kind, EMPTY | NEITHER)).map(|_| 0));
    let table: Part = Box::new(move || there.get().map(|_| table(seat, kind)));
    let summary: Text = Box::new(move || {
        let found = rows.roster.with(|roster| roster.filter.is_on()).then(|| rows.matching.with(|rows| rows.len()));
        reader.draft(|draft| summary(draft, found))
    });
    view! {
        <div class="ade-main">
            {toolbar::toolbar(reader, dispatch)}
            <div class="ade-summary">
                <p class="ade-count" role="status">
                    {summary}
                </p>
                {progress(reader)} {selection::bar(reader, bulk_opener, dispatch)}
                {pager::pager(rows, dispatch)}
            </div>
            {table} {instead}
        </div>
    }
    .into_any()
}

const NEITHER: usize = 0;
const TABLE: usize = 1;
const EMPTY: usize = 2;
const NO_MATCH: usize = 3;
const NO_MATCH_YET: usize = 4;

fn what_to_show(rows: Rows, reader: Reader) -> usize {
    let matches = rows.matching.with(|rows| !rows.is_empty());
    reader.draft(|draft| match draft.reading {
        _ if matches => TABLE,
        Reading::Done if draft.is_empty() => EMPTY,
        Reading::Underway if !draft.is_empty() => NO_MATCH_YET,
        _ if draft.is_empty() => NEITHER,
        _ => NO_MATCH,
    })
}

fn summary(draft: &Draft, found: Option<usize>) -> String {
    match (&draft.reading, found) {
        (Reading::NotYet, _) => strings::LOADING.to_owned(),
        (Reading::Underway, _) => strings::loading_rows(draft.len()),
        (Reading::Failed(_), _) if draft.is_empty() => String::new(),
        (_, Some(found)) => strings::count_matching(found, draft.len()),
        (_, None) => strings::extension_count(draft.len()),
    }
}

/// How much of the Map is there while pages arrive. How much there will be is guessed from what is published.
fn progress(reader: Reader) -> Part {
    let loaded = Memo::new(move |_| reader.draft(|draft| (draft.reading == Reading::Underway).then(|| draft.len())));
    let expected = reader.number(|model| model.published.loaded.as_ref().map(|loaded| loaded.directory.len()));
    Box::new(move || {
        let (loaded, expected) = (loaded.get()?, expected.get().filter(|expected| *expected > 0)?);
        let (value, most) = (loaded.min(expected).to_string(), expected.to_string());
        Some(
            view! { <progress class="ade-loaded" aria-label=strings::LOADED value=value max=most></progress> }
                .into_any(),
        )
    })
}

fn table(seat: Seat, kind: Memo<Option<usize>>) -> AnyView {
    let hidden: Flag = Box::new(move || kind.get() != Some(TABLE));
    let seats = seat.rows.seats;
    view! {
        <div class="ade-table-frame" tabindex="0" role="region" aria-label=strings::CAPTION hidden=hidden>
            <table class="ade-table">
                <caption class="ade-hidden">{strings::CAPTION}</caption>
                <thead>
                    <tr>
                        {seat.boxes.head()} {heads::heads(seat.rows, seat.dispatch)} <th scope="col">
                            <span class="ade-hidden">{strings::ACTIONS}</span>
                        </th>
                    </tr>
                </thead>
                <tbody>
                    <For each=move || seats.get() key=|seated| seated.place.id children=move |seated| row::row(seated, seat) />
                </tbody>
            </table>
        </div>
    }
    .into_any()
}

fn empty(title: &'static str, text: &'static str, step: Option<AnyView>) -> AnyView {
    view! {
        <div class="ade-empty">
            <h2 class="ade-empty-title">{title}</h2>
            <p class="ade-empty-text">{text}</p>
            {step}
        </div>
    }
    .into_any()
}
