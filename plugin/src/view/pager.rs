//! Turning the pages of the table.

use leptos::prelude::*;

use super::Dispatch;
use super::reader::{Part, Reader};
use crate::model::{Event, PAGE_SIZE, Roster};
use crate::strings;

/// Nothing where one page holds all rows.
pub(super) fn pager(reader: Reader, page: Memo<Option<usize>>, dispatch: Dispatch) -> Part {
    let count = reader.number(|model| Some(model.draft.len()));
    Box::new(move || {
        let (page, count) = (page.get()?, count.get()?);
        (count > PAGE_SIZE).then(|| show(page, count, dispatch))
    })
}

fn show(page: usize, count: usize, dispatch: Dispatch) -> AnyView {
    let first = page * PAGE_SIZE;
    let range = strings::rows_shown(first + 1, (first + PAGE_SIZE).min(count), count);
    view! {
        <nav class="ade-pager" aria-label=strings::PAGES>
            {turn(strings::PREVIOUS_PAGE, "‹", page.checked_sub(1), dispatch)}
            <span class="ade-range">{range}</span>
            {turn(strings::NEXT_PAGE, "›", Some(page + 1).filter(|next| *next < Roster::pages(count)), dispatch)}
        </nav>
    }
    .into_any()
}

fn turn(name: &'static str, mark: &'static str, to: Option<usize>, dispatch: Dispatch) -> AnyView {
    view! {
        <button
            type="button"
            class="ade-button ade-button-secondary ade-button-small"
            aria-label=name
            disabled=to.is_none()
            on:click=dispatch.on_press(Event::PageChosen(to.unwrap_or(0)))
        >
            {mark}
        </button>
    }
    .into_any()
}
