//! One extension in the table, and what can be done with it.

use std::sync::Arc;

use leptos::prelude::*;
use shared::AgentExtension;

use super::reader::{Part, Reader, Text};
use super::rows::Rows;
use super::selection::Boxes;
use super::{Dispatch, ago, focus::Opener, found, icons};
use crate::model::{Entry, Event, PanelEvent, RemovalEvent};
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

/// The row is gone for a moment before the table notices; everything in it is empty then.
pub(super) fn row(key: &str, seat: Seat) -> AnyView {
    let shared_key: Arc<str> = key.into();
    // Whatever happens to other rows, this one is drawn anew only when it was written itself.
    let entry = {
        let key = Arc::clone(&shared_key);
        Memo::new(move |_| seat.reader.draft(|draft| draft.entry(&key).cloned()))
    };
    let marked = |read: fn(&AgentExtension) -> &str| -> Part {
        let key = Arc::clone(&shared_key);
        Box::new(move || {
            entry.track();
            let text = seat.reader.peek(|model| model.draft.get(&key).map(|row| read(row).to_owned()))?;
            Some(seat.rows.words.with(|words| found::found(&text, words)))
        })
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
        <tr>
            {seat.boxes.cell(&shared_key)} <th scope="row">{marked(|row| &row.worker_full_name)}</th>
            <td class="ade-number">{marked(|row| row.extension_number.as_str())}</td>
            <td class="ade-wide ade-sid">{marked(|row| row.worker_sid.as_str())}</td>
            <td class="ade-middle ade-updater">{updater}</td>
            <td class="ade-middle ade-ago">{updated_at} {unpublished(&shared_key, seat.reader)}</td>
            {actions(&shared_key, entry, seat)}
        </tr>
    }
    .into_any()
}

/// The mark on a row that callers do not know yet.
fn unpublished(key: &Arc<str>, reader: Reader) -> Part {
    let key = Arc::clone(key);
    let view = || view! { <span class="ade-mark">{strings::NOT_PUBLISHED}</span> }.into_any();
    Box::new(move || reader.differences().is_some_and(|differences| differences.has(&key)).then(view))
}

fn actions(key: &Arc<str>, entry: Memo<Option<Arc<Entry>>>, seat: Seat) -> AnyView {
    let label = |label: fn(&AgentExtension) -> String| -> Text {
        let key = Arc::clone(key);
        Box::new(move || {
            entry.track();
            seat.reader.peek(|model| model.draft.get(&key).map(label).unwrap_or_default())
        })
    };
    let edit = Event::Panel(PanelEvent::EditClicked(key.to_string()));
    let remove = Event::Removal(RemovalEvent::Asked(key.to_string()));
    view! {
        <td class="ade-row-actions">
            <button
                type="button"
                class="ade-button ade-button-icon"
                title=strings::EDIT
                aria-label=label(strings::edit_label)
                on:click=seat.dispatch.on_open(edit, seat.panel_opener)
            >
                {icons::pencil()}
            </button>
            <button
                type="button"
                class="ade-button ade-button-icon ade-button-danger-icon"
                title=strings::REMOVE
                aria-label=label(strings::remove_label)
                on:click=seat.dispatch.on_open(remove, seat.removal_opener)
            >
                {icons::bin()}
            </button>
        </td>
    }
    .into_any()
}
