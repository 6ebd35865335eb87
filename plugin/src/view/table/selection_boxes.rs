//! The checkboxes by which rows are chosen: one in each row, and one for the page.

use std::sync::Arc;

use leptos::ev::MouseEvent;
use leptos::prelude::*;

use crate::model::{Entry, Event, SelectionEvent};
use crate::strings;
use crate::view::derived::{Flag, Text};
use crate::view::dispatch::Dispatch;
use crate::view::model_reader::ModelReader;

/// What all checkboxes need.
#[derive(Clone, Copy)]
pub(super) struct SelectionBoxes {
    reader: ModelReader,
    /// The rows on the page, in their order.
    on_page: Memo<Vec<Arc<Entry>>>,
    dispatch: Dispatch,
}

/// How many of the rows on the page are chosen.
#[derive(PartialEq, Eq)]
enum Chosen {
    None,
    Some,
    All,
}

impl SelectionBoxes {
    pub(super) fn new(reader: ModelReader, on_page: Memo<Vec<Arc<Entry>>>, dispatch: Dispatch) -> Self {
        Self { reader, on_page, dispatch }
    }

    /// The first cell of a row: the checkbox, and the mark where somebody else has just changed the row.
    pub(super) fn cell(self, entry: RwSignal<Option<Arc<Entry>>>) -> AnyView {
        let Self { reader, dispatch, .. } = self;
        let label: Text = Box::new(move || reader.row_text(entry, strings::select_label));
        let checked: Flag =
            Box::new(move || entry.get().is_some_and(|entry| reader.selection(|selection| selection.has(&entry.key))));
        let class: Text = Box::new(move || {
            let marked = entry.get().is_some_and(|entry| reader.recent_changes(|changes| changes.has(&entry.key)));
            (if marked { "ade-box-cell ade-marked" } else { "ade-box-cell" }).to_owned()
        });
        let pressed = move |press: MouseEvent| {
            let Some(entry) = entry.get_untracked() else { return };
            let (key, range, shown) = (entry.key.clone(), press.shift_key(), self.keys_on_page());
            dispatch.send(Event::Selection(SelectionEvent::RowToggled { key, range, shown }));
        };
        view! {
            <td class=class>
                <input type="checkbox" class="ade-box" aria-label=label prop:checked=checked on:click=pressed />
            </td>
        }
        .into_any()
    }

    fn keys_on_page(self) -> Vec<String> {
        self.on_page.with_untracked(|rows| rows.iter().map(|row| row.key.clone()).collect())
    }

    fn chosen_on_page(self) -> Chosen {
        self.on_page.with(|rows| {
            let count = self.reader.selection(|selection| selection.count_of(rows.iter().map(|row| &row.key)));
            match count {
                0 => Chosen::None,
                count if count < rows.len() => Chosen::Some,
                _ => Chosen::All,
            }
        })
    }

    /// The checkbox for the whole page. It is neither on nor off where only some rows are chosen.
    pub(super) fn head(self) -> AnyView {
        let dispatch = self.dispatch;
        let all: Flag = Box::new(move || self.chosen_on_page() == Chosen::All);
        let some: Flag = Box::new(move || self.chosen_on_page() == Chosen::Some);
        let pressed = move |_: MouseEvent| {
            dispatch.send(Event::Selection(SelectionEvent::PageToggled { shown: self.keys_on_page() }));
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
