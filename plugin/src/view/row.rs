//! One extension in the table, and what can be done with it.

use std::sync::Arc;

use leptos::ev::MouseEvent;
use leptos::prelude::*;
use shared::AgentExtension;

use super::reader::{Flag, Part, Reader, Text};
use super::rows::Rows;
use super::seated::Seated;
use super::selection::Boxes;
use super::{Dispatch, ago, focus::Opener, found, icons};
use crate::model::{Event, PanelEvent, RemovalEvent, RowKeys};
use crate::strings;

/// What all rows need.
#[derive(Clone, Copy)]
pub(super) struct Seat {
    pub(super) reader: Reader,
    pub(super) rows: Rows,
    pub(super) boxes: Boxes,
    pub(super) clock: RwSignal<Option<usize>>,
    pub(super) panel_opener: Opener,
    pub(super) removal_opener: Opener,
    pub(super) dispatch: Dispatch,
}

/// Whatever happens to other rows, what stands in this place is drawn anew only when it was written itself, or when it
/// becomes another row.
pub(super) fn row(seated: Seated, seat: Seat) -> AnyView {
    let place = seated.place.id;
    let (entry, words) = (RwSignal::from(seated.entry), RwSignal::from(seated.words));
    let hidden: Flag = Box::new(move || seated.waits.get());
    let marked = |read: fn(&AgentExtension) -> String| -> Part {
        Box::new(move || Some(words.with(|words| found::found(&seat.reader.extension(entry, read), words))))
    };
    let updater: Text = Box::new(move || {
        let name = entry.get().and_then(|entry| entry.updated_by.clone());
        name.unwrap_or_else(|| strings::UNKNOWN.to_owned())
    });
    let updated_at: Part = Box::new(move || {
        let moment = entry.get()?.updated_at;
        Some(moment.map_or_else(|| strings::UNKNOWN.into_any(), |moment| ago::ago(moment, seat.clock)))
    });
    view! {
        <tr hidden=hidden data-place=place.to_string()>
            {seat.boxes.cell(entry)} <th scope="row">{marked(|row| row.worker_full_name.clone())}</th>
            <td class="ade-number">{marked(|row| row.extension_number.to_string())}</td>
            <td class="ade-wide ade-sid">{marked(|row| row.worker_sid.to_string())}</td>
            <td class="ade-middle ade-updater">{updater}</td>
            <td class="ade-middle ade-ago">{updated_at} {unpublished(entry, seat.reader)}</td>
            {actions(entry, seat)}
        </tr>
    }
    .into_any()
}

/// The mark on a row that callers do not know yet.
fn unpublished(entry: RwSignal<Option<Arc<RowKeys>>>, reader: Reader) -> Part {
    let view = || view! { <span class="ade-mark">{strings::NOT_PUBLISHED}</span> }.into_any();
    Box::new(move || {
        let entry = entry.get()?;
        reader.differences().is_some_and(|differences| differences.has(&entry.key)).then(view)
    })
}

fn actions(entry: RwSignal<Option<Arc<RowKeys>>>, seat: Seat) -> AnyView {
    let label =
        |label: fn(&AgentExtension) -> String| -> Text { Box::new(move || seat.reader.extension(entry, label)) };
    let open = |opener: Opener, event: fn(String) -> Event| {
        move |press: MouseEvent| {
            opener.remember(&press);
            if let Some(entry) = entry.get_untracked() {
                seat.dispatch.send(event(entry.key.clone()));
            }
        }
    };
    view! {
        <td class="ade-row-actions">
            <button
                type="button"
                class="ade-button ade-button-icon"
                title=strings::EDIT
                aria-label=label(strings::edit_label)
                on:click=open(seat.panel_opener, |key| Event::Panel(PanelEvent::EditClicked(key)))
            >
                {icons::pencil()}
            </button>
            <button
                type="button"
                class="ade-button ade-button-icon ade-button-danger-icon"
                title=strings::REMOVE
                aria-label=label(strings::remove_label)
                on:click=open(seat.removal_opener, |key| Event::Removal(RemovalEvent::Asked(key)))
            >
                {icons::bin()}
            </button>
        </td>
    }
    .into_any()
}
