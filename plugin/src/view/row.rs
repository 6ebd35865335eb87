//! One extension in the table, and what can be done with it.

use std::sync::Arc;

use leptos::prelude::*;
use shared::AgentExtension;

use super::reader::{Reader, Text};
use super::{Dispatch, focus::Opener, icons};
use crate::model::{Event, PanelEvent, RemovalEvent};
use crate::strings;

pub(super) fn row(
    key: &str,
    reader: Reader,
    panel_opener: Opener,
    removal_opener: Opener,
    dispatch: Dispatch,
) -> AnyView {
    let shared_key: Arc<str> = key.into();
    let text = move |read: fn(&AgentExtension) -> String| -> Text {
        let key = Arc::clone(&shared_key);
        // The row is gone for a moment before the table notices.
        Box::new(move || reader.draft(|draft| draft.get(&key).map(read).unwrap_or_default()))
    };
    let edit = Event::Panel(PanelEvent::EditClicked(key.to_owned()));
    let remove = Event::Removal(RemovalEvent::Asked(key.to_owned()));
    view! {
        <tr>
            <th scope="row">{text(|row| row.worker_full_name.clone())}</th>
            <td class="ade-number">{text(|row| row.extension_number.to_string())}</td>
            <td class="ade-wide ade-sid">{text(|row| row.worker_sid.to_string())}</td>
            <td class="ade-row-actions">
                <button
                    type="button"
                    class="ade-button ade-button-icon"
                    title=strings::EDIT
                    aria-label=text(strings::edit_label)
                    on:click=dispatch.on_open(edit, panel_opener)
                >
                    {icons::pencil()}
                </button>
                <button
                    type="button"
                    class="ade-button ade-button-icon ade-button-danger-icon"
                    title=strings::REMOVE
                    aria-label=text(strings::remove_label)
                    on:click=dispatch.on_open(remove, removal_opener)
                >
                    {icons::bin()}
                </button>
            </td>
        </tr>
    }
    .into_any()
}
