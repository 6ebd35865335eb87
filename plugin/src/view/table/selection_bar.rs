//! How many rows are chosen, and what can be done with them.

use leptos::prelude::*;

use crate::model::{BulkRemovalEvent, Event, SelectionEvent};
use crate::strings;
use crate::view::derived::Part;
use crate::view::dispatch::Dispatch;
use crate::view::focus::Opener;
use crate::view::model_reader::ModelReader;
use crate::view::widgets::link_button::link_button;

/// Nothing while no row is chosen.
pub(super) fn selection_bar(reader: ModelReader, opener: Opener, dispatch: Dispatch) -> Part {
    let count = reader.number(|model| Some(model.selection.count(&model.draft)));
    Box::new(move || {
        let count = count.get().filter(|count| *count > 0)?;
        Some(bar(count, opener, dispatch))
    })
}

fn bar(count: usize, opener: Opener, dispatch: Dispatch) -> AnyView {
    view! {
        <div class="ade-selection">
            <span role="status">{strings::selected(count)}</span>
            <button
                type="button"
                class="ade-button ade-button-secondary ade-button-small"
                on:click=dispatch.on_open(Event::BulkRemoval(BulkRemovalEvent::Asked), opener)
            >
                {strings::REMOVE_SELECTED}
            </button>
            {link_button(strings::CLEAR_SELECTION, Event::Selection(SelectionEvent::Cleared), dispatch)}
        </div>
    }
    .into_any()
}
