//! What can be done with one extension: editing and removing it.

use std::sync::Arc;

use leptos::ev::MouseEvent;
use leptos::prelude::*;
use shared::AgentExtension;

use crate::model::{Event, PanelEvent, RemovalEvent, RowKeys};
use crate::strings;
use crate::view::derived::Text;
use crate::view::dispatch::Dispatch;
use crate::view::focus::{Focus, Opener};
use crate::view::model_reader::ModelReader;
use crate::view::widgets::icons;

pub(super) fn row_actions(
    row: RwSignal<Option<Arc<RowKeys>>>,
    reader: ModelReader,
    focus: Focus,
    dispatch: Dispatch,
) -> AnyView {
    let label = |label: fn(&AgentExtension) -> String| -> Text { Box::new(move || reader.row_text(row, label)) };
    let open = |opener: Opener, event: fn(String) -> Event| {
        move |press: MouseEvent| {
            opener.remember(&press);
            if let Some(row) = row.get_untracked() {
                dispatch.send(event(row.key.clone()));
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
                on:click=open(focus.panel, |key| Event::Panel(PanelEvent::EditClicked(key)))
            >
                {icons::pencil()}
            </button>
            <button
                type="button"
                class="ade-button ade-button-icon ade-button-danger-icon"
                title=strings::REMOVE
                aria-label=label(strings::remove_label)
                on:click=open(focus.removal, |key| Event::Removal(RemovalEvent::Asked(key)))
            >
                {icons::bin()}
            </button>
        </td>
    }
    .into_any()
}
