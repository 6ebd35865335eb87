//! The question whether to remove an extension. A modal dialog, because the answer cannot be taken back here.

use leptos::html;
use leptos::prelude::*;

use super::Dispatch;
use super::reader::Reader;
use crate::model::{Event, Model, RemovalEvent, RemovalState};
use crate::strings;

pub(super) fn removal(reader: Reader, dispatch: Dispatch) -> AnyView {
    let dialog = NodeRef::<html::Dialog>::new();
    // Showing a dialog that is shown already is the only way this fails.
    dialog.on_load(|dialog| request_animation_frame(move || _ = dialog.show_modal()));
    let cancel = NodeRef::<html::Button>::new();
    cancel.on_load(|button| request_animation_frame(move || _ = button.focus()));
    let canceled = move |event: leptos::ev::Event| {
        event.prevent_default();
        dispatch.send(Event::Removal(RemovalEvent::Canceled));
    };
    view! {
        <dialog
            class="ade-dialog"
            node_ref=dialog
            aria-labelledby="ade-remove-title"
            aria-describedby="ade-remove-text"
            on:cancel=canceled
        >
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
                    node_ref=cancel
                    disabled=reader.flag(is_removing)
                    on:click=dispatch.on_press(Event::Removal(RemovalEvent::Canceled))
                >
                    {strings::CANCEL}
                </button>
            </div>
        </dialog>
    }
    .into_any()
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
    let text = match &removal.state {
        RemovalState::Asking | RemovalState::Removing => return None,
        RemovalState::ChangedMeanwhile => strings::changed_meanwhile(&removal.extension),
        RemovalState::Failed(problem) => strings::removal_failed(problem),
    };
    let view = view! {
        <div class="ade-alert ade-alert-error">
            <p class="ade-alert-text" role="alert">
                {text}
            </p>
        </div>
    };
    Some(view.into_any())
}
