//! A modal dialog: the browser keeps the focus in it, and Escape means no.
//!
//! The focus begins on the element with `autofocus`, which is the answer that does no harm. What the dialog is about is
//! said by the elements `<name>-title` and `<name>-text` in its content.

use leptos::html;
use leptos::prelude::*;

use crate::model::Event;
use crate::view::dispatch::Dispatch;

pub(in crate::view) fn dialog(name: &str, canceled: Event, content: AnyView, dispatch: Dispatch) -> AnyView {
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
