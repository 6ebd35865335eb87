//! The question whether to remove an extension.

use leptos::prelude::*;

use super::dialog::dialog;
use super::reader::Reader;
use super::{Dispatch, alerts};
use crate::model::{Event, Model, RemovalEvent, RemovalState};
use crate::strings;

pub(super) fn removal(reader: Reader, dispatch: Dispatch) -> AnyView {
    let content = view! {
        <h2 class="ade-panel-title" id="ade-remove-title">
            {strings::REMOVE_TITLE}
        </h2>
        <p class="ade-dialog-text" id="ade-remove-text">
            {reader.text(question)}
        </p>
        {reader.part(problem)}
        <div class="ade-form-actions">
            <button
                type="button"
                class="ade-button ade-button-danger"
                disabled=reader.flag(is_removing)
                on:click=dispatch.on_press(Event::Removal(RemovalEvent::Confirmed))
            >
                {reader.text(remove)}
            </button>
            <button
                type="button"
                class="ade-button ade-button-secondary"
                autofocus=true
                disabled=reader.flag(is_removing)
                on:click=dispatch.on_press(Event::Removal(RemovalEvent::Canceled))
            >
                {strings::CANCEL}
            </button>
        </div>
    };
    dialog("ade-remove", Event::Removal(RemovalEvent::Canceled), content.into_any(), dispatch)
}

fn is_removing(model: &Model) -> bool {
    model.removal.as_ref().is_some_and(|removal| removal.state == RemovalState::Removing)
}

fn remove(model: &Model) -> String {
    (if is_removing(model) { strings::REMOVING } else { strings::REMOVE }).to_owned()
}

fn question(model: &Model) -> String {
    model.removal.as_ref().map(|removal| strings::remove_question(&removal.extension)).unwrap_or_default()
}

fn problem(model: &Model) -> Option<AnyView> {
    let removal = model.removal.as_ref()?;
    match &removal.state {
        RemovalState::Asking | RemovalState::Removing => None,
        RemovalState::ChangedMeanwhile => Some(alerts::error(strings::changed_meanwhile(&removal.extension))),
        RemovalState::Failed(problem) => Some(alerts::error(strings::removal_failed(problem))),
    }
}
