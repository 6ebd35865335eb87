//! Choosing rows: a box in each row, one for the page, and what can be done with the chosen ones.
//!
//! Knows nothing of how the table decides what it shows.

use std::sync::Arc;

use leptos::ev::MouseEvent;
use leptos::prelude::*;

use super::reader::{Flag, Part, Reader, Text};
use super::{Dispatch, focus::Opener};
use crate::model::{BulkEvent, Event, SelectionEvent};
use crate::strings;

/// What the boxes need to know.
#[derive(Clone, Copy)]
pub(super) struct Boxes {
    reader: Reader,
    /// The keys that the table shows, in its order.
    shown: Memo<Vec<String>>,
    chosen: Memo<Option<usize>>,
    marked: Memo<Option<usize>>,
    dispatch: Dispatch,
}

impl Boxes {
    pub(super) fn new(reader: Reader, shown: Memo<Vec<String>>, dispatch: Dispatch) -> Self {
        let chosen = reader.number(|model| Some(model.selection.stamp));
        let marked = reader.number(|model| Some(model.marks.stamp));
        Self { reader, shown, chosen, marked, dispatch }
    }

    /// The first cell of a row: the box, and the mark where somebody else has just changed the row.
    pub(super) fn cell(self, key: &str) -> AnyView {
        let Self { reader, shown, chosen, marked, dispatch } = self;
        let key: Arc<str> = key.into();
        let (of_label, of_box, of_mark) = (Arc::clone(&key), Arc::clone(&key), Arc::clone(&key));
        let label: Text =
            Box::new(move || reader.draft(|draft| draft.get(&of_label).map(strings::select_label).unwrap_or_default()));
        let checked: Flag = Box::new(move || {
            _ = chosen.get();
            reader.peek(|model| model.selection.has(&of_box))
        });
        let class: Text = Box::new(move || {
            _ = marked.get();
            let marked = reader.peek(|model| model.marks.has(&of_mark));
            (if marked { "ade-box-cell ade-marked" } else { "ade-box-cell" }).to_owned()
        });
        let pressed = move |press: MouseEvent| {
            let (key, range, shown) = (key.to_string(), press.shift_key(), shown.get_untracked());
            dispatch.send(Event::Selection(SelectionEvent::RowToggled { key, range, shown }));
        };
        view! {
            <td class=class>
                <input type="checkbox" class="ade-box" aria-label=label prop:checked=checked on:click=pressed />
            </td>
        }
        .into_any()
    }

    /// The box for the whole page. It is neither on nor off where only some rows are chosen.
    pub(super) fn head(self) -> AnyView {
        let Self { reader, shown, chosen, dispatch, .. } = self;
        let counts = move || {
            _ = chosen.get();
            shown.with(|shown| (reader.peek(|model| model.selection.count_of(shown)), shown.len()))
        };
        let all: Flag = Box::new(move || matches!(counts(), (count, shown) if count > 0 && count == shown));
        let some: Flag = Box::new(move || matches!(counts(), (count, shown) if count > 0 && count < shown));
        let pressed = move |_: MouseEvent| {
            dispatch.send(Event::Selection(SelectionEvent::PageToggled { shown: shown.get_untracked() }));
        };
        view! {
            <th scope="col" class="ade-box-cell">
                <span class="ade-hidden">{strings::SELECT}</span>
                <input
                    type="checkbox"
                    class="ade-box"
                    aria-label=strings::SELECT_PAGE
                    prop:checked=all
                    prop:indeterminate=some
                    on:click=pressed
                />
            </th>
        }
        .into_any()
    }
}

/// How many rows are chosen and what can be done with them; nothing while none is.
pub(super) fn bar(reader: Reader, opener: Opener, dispatch: Dispatch) -> Part {
    let count = reader.number(|model| Some(model.selection.count(&model.draft)));
    Box::new(move || {
        let count = count.get().filter(|count| *count > 0)?;
        Some(show(count, opener, dispatch))
    })
}

fn show(count: usize, opener: Opener, dispatch: Dispatch) -> AnyView {
    view! {
        <div class="ade-selection">
            <span role="status">{strings::selected(count)}</span>
            <button
                type="button"
                class="ade-button ade-button-secondary ade-button-small"
                on:click=dispatch.on_open(Event::Bulk(BulkEvent::Asked), opener)
            >
                {strings::REMOVE_SELECTED}
            </button>
            <button
                type="button"
                class="ade-button ade-button-link"
                on:click=dispatch.on_press(Event::Selection(SelectionEvent::Cleared))
            >
                {strings::CLEAR_SELECTION}
            </button>
        </div>
    }
    .into_any()
}
