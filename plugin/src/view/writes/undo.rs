//! The offer to take a removal back, at the bottom of the view. It stays while the pointer or the keyboard is on it.

use leptos::ev::FocusEvent;
use leptos::html;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::Element;

use crate::model::{Event, Model, UndoEvent, UndoState};
use crate::strings;
use crate::view::derived::Part;
use crate::view::dispatch::Dispatch;
use crate::view::focus::{Focus, ReturnTo};
use crate::view::model_reader::ModelReader;

pub(in crate::view) fn undo(reader: ModelReader, focus: Focus, dispatch: Dispatch) -> Part {
    let open = reader.opening(|model| model.undo.as_ref().map(|undo| undo.serial as usize));
    focus.return_when_closed(open, ReturnTo { opener: None, or_else: focus.add_button });
    open.then(move || offer(reader, focus.undo_button, dispatch))
}

fn offer(reader: ModelReader, button: NodeRef<html::Button>, dispatch: Dispatch) -> AnyView {
    let hold = move |held| dispatch.send(Event::Undo(UndoEvent::Held(held)));
    // A click leaves the focus on a button without a sign; only whoever works by keyboard needs the time.
    let focused = move |event: FocusEvent| hold(by_keyboard(&event));
    view! {
        <div
            class="ade-undo"
            on:pointerenter=move |_| hold(true)
            on:pointerleave=move |_| hold(false)
        >
            <p class="ade-undo-text" role="status">
                {reader.text(text)}
            </p>
            <button
                type="button"
                class="ade-button ade-button-small ade-undo-button"
                node_ref=button
                disabled=reader.flag(is_restoring)
                on:focus=focused
                on:blur=move |_| hold(false)
                on:click=dispatch.on_press(Event::Undo(UndoEvent::Clicked))
            >
                {reader.text(name)}
            </button>
            <button
                type="button"
                class="ade-button ade-button-small ade-undo-button"
                disabled=reader.flag(is_restoring)
                on:click=dispatch.on_press(Event::Undo(UndoEvent::Dismissed))
            >
                {strings::DISMISS}
            </button>
        </div>
    }
    .into_any()
}

fn by_keyboard(event: &FocusEvent) -> bool {
    let element = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    element.is_some_and(|element| element.matches(":focus-visible").unwrap_or(false))
}

fn is_restoring(model: &Model) -> bool {
    model.undo.as_ref().is_some_and(|undo| matches!(undo.state, UndoState::Restoring(_)))
}

fn text(model: &Model) -> String {
    let Some(undo) = &model.undo else { return String::new() };
    match &undo.state {
        UndoState::Offered => strings::undo_offer(&undo.rows),
        UndoState::Restoring(batch) => strings::restoring(batch.settled(), batch.total()),
        UndoState::Failed(failed) => strings::not_restored(failed),
    }
}

fn name(model: &Model) -> String {
    let failed = model.undo.as_ref().is_some_and(|undo| matches!(undo.state, UndoState::Failed(_)));
    (if failed { strings::TRY_AGAIN } else { strings::UNDO }).to_owned()
}
