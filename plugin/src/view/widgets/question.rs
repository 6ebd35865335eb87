//! A dialog with a question and two answers: the one that does it, and Cancel.

use leptos::prelude::*;

use super::dialog::dialog;
use crate::model::Event;
use crate::strings;
use crate::view::derived::{Condition, Part, Text};
use crate::view::dispatch::Dispatch;

pub(in crate::view) struct Question {
    /// What the elements' ids begin with.
    pub(in crate::view) name: &'static str,
    pub(in crate::view) title: &'static str,
    pub(in crate::view) text: Text,
    /// Why it could not be done.
    pub(in crate::view) problem: Part,
    /// What stands on the button that does it.
    pub(in crate::view) confirm: Text,
    /// Whether it is being done; meanwhile neither answer can be given.
    pub(in crate::view) busy: Condition,
    pub(in crate::view) confirmed: Event,
    pub(in crate::view) canceled: Event,
}

pub(in crate::view) fn question(question: Question, dispatch: Dispatch) -> AnyView {
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
                disabled=busy.flag()
                on:click=dispatch.on_press(confirmed)
            >
                {confirm}
            </button>
            <button
                type="button"
                class="ade-button ade-button-secondary"
                autofocus=true
                disabled=busy.flag()
                on:click=dispatch.on_press(canceled.clone())
            >
                {strings::CANCEL}
            </button>
        </div>
    };
    dialog(name, canceled, content.into_any(), dispatch)
}
