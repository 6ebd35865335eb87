//! Turning the pages of the table, and how many rows a page has.

use leptos::prelude::*;

use super::Dispatch;
use super::reader::{Flag, Part, Text};
use super::rows::Rows;
use crate::model::{Event, PAGE_SIZES, RosterEvent};
use crate::strings;

/// What the pager follows: the page, its size, and how many rows there are.
#[derive(Clone, Copy)]
struct Place {
    rows: Rows,
    size: Memo<Option<usize>>,
    count: Memo<Option<usize>>,
}

/// Nothing where the smallest page holds all rows.
pub(super) fn pager(rows: Rows, dispatch: Dispatch) -> Part {
    let count = Memo::new(move |_| Some(rows.matching.with(|rows| rows.len())));
    let size = Memo::new(move |_| Some(rows.roster.with(|roster| roster.page_size)));
    let there = Memo::new(move |_| count.get().filter(|count| *count > PAGE_SIZES[0]).map(|_| 0));
    let place = Place { rows, size, count };
    Box::new(move || there.get().map(|_| show(place, dispatch)))
}

fn show(place: Place, dispatch: Dispatch) -> AnyView {
    let range: Text = Box::new(move || {
        let (size, count) = (place.size(), place.count.get().unwrap_or(0));
        let first = place.page() * size;
        strings::rows_shown(first + 1, (first + size).min(count), count)
    });
    view! {
        <nav class="ade-pager" aria-label=strings::PAGES>
            {sizes(place.size, dispatch)} {turn(strings::PREVIOUS_PAGE, "‹", place, Place::before, dispatch)}
            <span class="ade-range">{range}</span>
            {turn(strings::NEXT_PAGE, "›", place, Place::after, dispatch)}
        </nav>
    }
    .into_any()
}

impl Place {
    fn page(self) -> usize {
        self.rows.page.get().unwrap_or(0)
    }

    fn size(self) -> usize {
        self.size.get().unwrap_or(1)
    }

    fn before(self) -> Option<usize> {
        self.page().checked_sub(1)
    }

    fn after(self) -> Option<usize> {
        let next = self.page() + 1;
        (next * self.size() < self.count.get().unwrap_or(0)).then_some(next)
    }

    /// The page, with the row that it begins with, which it follows from then on.
    fn turn_to(self, page: usize) -> Event {
        let first = page * untrack(|| self.size());
        let first = self.rows.matching.with_untracked(|rows| rows.get(first).map(|row| row.key.clone()));
        Event::Roster(RosterEvent::PageChosen { page, first })
    }
}

/// The button stays the same when the page is turned, so that it keeps the focus.
fn turn(
    name: &'static str,
    mark: &'static str,
    place: Place,
    to: fn(Place) -> Option<usize>,
    dispatch: Dispatch,
) -> AnyView {
    let last: Flag = Box::new(move || to(place).is_none());
    let pressed = move |_| {
        if let Some(page) = untrack(|| to(place)) {
            dispatch.send(place.turn_to(page));
        }
    };
    view! {
        <button
            type="button"
            class="ade-button ade-button-secondary ade-button-small"
            aria-label=name
            disabled=last
            on:click=pressed
        >
            {mark}
        </button>
    }
    .into_any()
}

fn sizes(size: Memo<Option<usize>>, dispatch: Dispatch) -> AnyView {
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
