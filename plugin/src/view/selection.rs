//! Choosing rows: a box in each row, one for the page, and what can be done with the chosen ones.
//!
//! Knows nothing of how the table decides what it shows.

use std::sync::Arc;

use leptos::ev::MouseEvent;
use leptos::prelude::*;

use super::reader::{Flag, Part, Reader, Text};
use super::{Dispatch, focus::Opener};
use crate::model::{BulkEvent, Event, RowKeys, SelectionEvent};
use crate::strings;

/// What the boxes need to know.
#[derive(Clone, Copy)]
pub(super) struct Boxes {
    reader: Reader,
    /// What the table shows, in its order.
    shown: Memo<Vec<Arc<RowKeys>>>,
    dispatch: Dispatch,
}

impl Boxes {
    pub(super) fn new(reader: Reader, shown: Memo<Vec<Arc<RowKeys>>>, dispatch: Dispatch) -> Self {
        Self { reader, shown, dispatch }
    }

    /// The first cell of a row: the box, and the mark where somebody else has just changed the row.
    pub(super) fn cell(self, entry: RwSignal<Option<Arc<RowKeys>>>) -> AnyView {
        let Self { reader, dispatch, .. } = self;
        let label: Text = Box::new(move || reader.extension(entry, strings::select_label));
        let checked: Flag =
            Box::new(move || entry.get().is_some_and(|entry| reader.selection(|selection| selection.has(&entry.key))));
        let class: Text = Box::new(move || {
            let marked = entry.get().is_some_and(|entry| reader.marks(|marks| marks.has(&entry.key)));
            (if marked { "ade-box-cell ade-marked" } else { "ade-box-cell" }).to_owned()
        });
        let pressed = move |press: MouseEvent| {
            let Some(entry) = entry.get_untracked() else { return };
            let (key, range, shown) = (entry.key.clone(), press.shift_key(), self.keys());
            dispatch.send(Event::Selection(SelectionEvent::RowToggled { key, range, shown }));
        };
        view! {
            <td class=class>
                <input type="checkbox" class="ade-box" aria-label=label prop:checked=checked on:click=pressed />
            </td>
        }
        .into_any()
    }

    fn keys(self) -> Vec<String> {
        self.shown.with_untracked(|shown| shown.iter().map(|row| row.key.clone()).collect())
    }

    /// The box for the whole page. It is neither on nor off where only some rows are chosen.
    pub(super) fn head(self) -> AnyView {
        let Self { reader, shown, dispatch } = self;
        let counts = move || {
            let chosen = |shown: &[Arc<RowKeys>]| {
                reader.selection(|selection| selection.count_of(shown.iter().map(|row| &row.key)))
            };
            shown.with(|shown| (chosen(shown), shown.len()))
        };
        let all: Flag = Box::new(move || matches!(counts(), (count, shown) if count > 0 && count == shown));
        let some: Flag = Box::new(move || matches!(counts(), (count, shown) if count > 0 && count < shown));
        let pressed = move |_: MouseEvent| {
            dispatch.send(Event::Selection(SelectionEvent::PageToggled { shown: self.keys() }));
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
