//! A button that looks like a link.

use leptos::prelude::*;

use crate::model::Event;
use crate::view::dispatch::Dispatch;

pub(in crate::view) fn link_button(name: &str, event: Event, dispatch: Dispatch) -> AnyView {
    view! {
        <button type="button" class="ade-button ade-button-link" on:click=dispatch.on_press(event)>
            {name.to_owned()}
        </button>
    }
    .into_any()
}
