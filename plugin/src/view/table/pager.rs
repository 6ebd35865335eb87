//! Turning the pages of the table, and how many rows a page has.

use leptos::prelude::*;

use super::pipeline::RowPipeline;
use crate::model::{Event, PAGE_SIZES, RosterEvent};
use crate::strings;
use crate::view::derived::{Condition, Flag, Number, Part, Text};
use crate::view::dispatch::Dispatch;

/// Which page of the rows that match is shown.
#[derive(Clone, Copy)]
struct Paging {
    rows: RowPipeline,
    size: Number,
    count: Number,
}

/// Nothing where the smallest page holds all rows.
pub(super) fn pager(rows: RowPipeline, dispatch: Dispatch) -> Part {
    let count = Memo::new(move |_| Some(rows.matching.with(|rows| rows.len())));
    let size = Memo::new(move |_| Some(rows.roster.with(|roster| roster.page_size)));
    let needed = Condition::new(move || count.get() > Some(PAGE_SIZES[0]));
    let paging = Paging { rows, size, count };
    needed.then(move || navigation(paging, dispatch))
}

fn navigation(paging: Paging, dispatch: Dispatch) -> AnyView {
    let range: Text = Box::new(move || {
        let (size, count) = (paging.size(), paging.count());
        let first = paging.page() * size;
        strings::rows_shown(first + 1, (first + size).min(count), count)
    });
    view! {
        <nav class="ade-pager" aria-label=strings::PAGES>
            {sizes(paging.size, dispatch)} {turn(strings::PREVIOUS_PAGE, "‹", paging, Paging::previous, dispatch)}
            <span class="ade-range">{range}</span>
            {turn(strings::NEXT_PAGE, "›", paging, Paging::next, dispatch)}
        </nav>
    }
    .into_any()
}

impl Paging {
    fn page(self) -> usize {
        self.rows.page.get().unwrap_or(0)
    }

    fn size(self) -> usize {
        self.size.get().unwrap_or(1)
    }

    fn count(self) -> usize {
        self.count.get().unwrap_or(0)
    }

    fn previous(self) -> Option<usize> {
        self.page().checked_sub(1)
    }

    fn next(self) -> Option<usize> {
        let next = self.page() + 1;
        (next * self.size() < self.count()).then_some(next)
    }

    /// The page, with the row that it begins with, which it follows from then on.
    fn choose(self, page: usize) -> Event {
        let first = page * untrack(|| self.size());
        let first = self.rows.matching.with_untracked(|rows| rows.get(first).map(|row| row.key.clone()));
        Event::Roster(RosterEvent::PageChosen { page, first })
    }
}

/// The button stays the same when the page is turned, so that it keeps the focus.
fn turn(
    name: &'static str,
    symbol: &'static str,
    paging: Paging,
    to: fn(Paging) -> Option<usize>,
    dispatch: Dispatch,
) -> AnyView {
    let at_end: Flag = Box::new(move || to(paging).is_none());
    let pressed = move |_| {
        if let Some(page) = untrack(|| to(paging)) {
            dispatch.send(paging.choose(page));
        }
    };
    view! {
        <button
            type="button"
            class="ade-button ade-button-secondary ade-button-small"
            aria-label=name
            disabled=at_end
            on:click=pressed
        >
            {symbol}
        </button>
    }
    .into_any()
}

fn sizes(size: Number, dispatch: Dispatch) -> AnyView {
    let choose = move |chosen: String| {
        if let Ok(size) = chosen.parse() {
            dispatch.send(Event::Roster(RosterEvent::PageSizeChosen(size)));
        }
    };
    let option = |rows: usize| {
        let selected: Flag = Box::new(move || size.get() == Some(rows));
        view! { <option prop:selected=selected>{rows.to_string()}</option> }.into_any()
    };
    let options: Vec<_> = PAGE_SIZES.into_iter().map(option).collect();
    view! {
        <label class="ade-filter">
            {strings::PAGE_SIZE}
            <select class="ade-input ade-select" on:change=move |event| choose(event_target_value(&event))>
                {options}
            </select>
        </label>
    }
    .into_any()
}
