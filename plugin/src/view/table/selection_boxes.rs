//! The checkboxes by which rows are chosen: one in each row, and one for the page.

use std::sync::Arc;

use leptos::ev::MouseEvent;
use leptos::prelude::*;

use crate::model::{Event, RowKeys, SelectionEvent};
use crate::strings;
use crate::view::derived::{Flag, Text};
use crate::view::dispatch::Dispatch;
use crate::view::model_reader::ModelReader;

/// What all checkboxes need.
#[derive(Clone, Copy)]
pub(super) struct SelectionBoxes {
    reader: ModelReader,
    /// The rows on the page, in their order.
    on_page: Memo<Vec<Arc<RowKeys>>>,
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
    pub(super) fn new(reader: ModelReader, on_page: Memo<Vec<Arc<RowKeys>>>, dispatch: Dispatch) -> Self {
        Self { reader, on_page, dispatch }
    }

    /// The first cell of a row: the checkbox, and the mark where somebody else has just changed the row.
    pub(super) fn cell(self, row: RwSignal<Option<Arc<RowKeys>>>) -> AnyView {
        let Self { reader, dispatch, .. } = self;
        let label: Text = Box::new(move || reader.row_text(row, strings::select_label));
        let checked: Flag =
            Box::new(move || row.get().is_some_and(|row| reader.selection(|selection| selection.has(&row.key))));
        let class: Text = Box::new(move || {
            let marked = row.get().is_some_and(|row| reader.recent_changes(|changes| changes.has(&row.key)));
            (if marked { "ade-box-cell ade-marked" } else { "ade-box-cell" }).to_owned()
        });
        let pressed = move |press: MouseEvent| {
            let Some(row) = row.get_untracked() else { return };
            let (key, range, shown) = (row.key.clone(), press.shift_key(), self.keys_on_page());
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
