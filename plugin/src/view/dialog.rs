//! A modal dialog: the browser keeps the focus in it, and Escape means no.
//!
//! The focus begins on the element with `autofocus`, which is the answer that does no harm.
//! Knows nothing of what it asks. The elements `<name>-title` and `<name>-text` in it say that.

use leptos::html;
use leptos::prelude::*;

use super::Dispatch;
use super::reader::{Part, Reader, Text};
use crate::model::{Event, Model};
use crate::strings;

pub(super) fn dialog(name: &str, canceled: Event, content: AnyView, dispatch: Dispatch) -> AnyView {
    let dialog = NodeRef::<html::Dialog>::new();
    // Showing a dialog that is shown already is the only way this fails.
    dialog.on_load(|dialog| request_animation_frame(move || _ = dialog.show_modal()));
    let canceled = move |event: leptos::ev::Event| {
        event.prevent_default();
        dispatch.send(canceled.clone());
    };
    view! {
        <dialog
            class="ade-dialog"
            node_ref=dialog
            aria-labelledby=format!("{name}-title")
            aria-describedby=format!("{name}-text")
            on:cancel=canceled
        >
            {content}
        </dialog>
    }
    .into_any()
}

/// A question with two answers: the one that does it, and Cancel.
pub(super) struct Question {
    /// What the elements' ids begin with.
    pub(super) name: &'static str,
    pub(super) title: &'static str,
    pub(super) text: Text,
    /// Why it could not be done.
    pub(super) problem: Part,
    /// What stands on the button that does it.
    pub(super) confirm: Text,
    /// Whether it is being done; meanwhile neither answer can be given.
    pub(super) busy: fn(&Model) -> bool,
    pub(super) confirmed: Event,
    pub(super) canceled: Event,
}

pub(super) fn question(question: Question, reader: Reader, dispatch: Dispatch) -> AnyView {
    let Question { name, title, text, problem, confirm, busy, confirmed, canceled } = question;
    let content = view! {
        <h2 class="ade-panel-title" id=format!("{name}-title")>
            {title}
        </h2>
        <p class="ade-dialog-text" id=format!("{name}-text")>
            {text}
        </p>
        {problem}
        <div class="ade-form-actions">
            <button
                type="button"
                class="ade-button ade-button-danger"
                disabled=reader.flag(busy)
                on:click=dispatch.on_press(confirmed)
            >
                {confirm}
            </button>
            <button
                type="button"
                class="ade-button ade-button-secondary"
                autofocus=true
                disabled=reader.flag(busy)
                on:click=dispatch.on_press(canceled.clone())
            >
                {strings::CANCEL}
            </button>
        </div>
    };
    dialog(name, canceled, content.into_any(), dispatch)
}
