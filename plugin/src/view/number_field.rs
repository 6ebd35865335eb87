//! The field where the number is typed, with its rule and what is wrong with it.

use leptos::html;
use leptos::prelude::*;

use super::reader::Reader;
use super::{Dispatch, panel};
use crate::model::{Event, Model, PanelEvent};
use crate::strings;

pub(super) fn number_field(reader: Reader, input: NodeRef<html::Input>, dispatch: Dispatch) -> AnyView {
    let number = |model: &Model| model.panel.as_ref().map(|panel| panel.number.clone()).unwrap_or_default();
    view! {
        <div class="ade-field">
            <label class="ade-label" for="ade-number">
                {strings::EXTENSION}
            </label>
            <input
                id="ade-number"
                class="ade-input"
                type="text"
                inputmode="numeric"
                autocomplete="off"
                aria-describedby="ade-number-hint ade-number-problem"
                aria-invalid=reader.text(|model| (!problem(model).is_empty()).to_string())
                aria-required="true"
                readonly=reader.flag(panel::is_saving)
                node_ref=input
                prop:value=reader.text(number)
                on:input=move |event| dispatch.send(Event::Panel(PanelEvent::NumberTyped(event_target_value(&event))))
                on:blur=move |_| dispatch.send(Event::Panel(PanelEvent::NumberLeft))
            />
            <p class="ade-hint" id="ade-number-hint">
                {reader.text(|model| strings::number_hint(model.published.rules()))}
            </p>
            <p class="ade-problem" id="ade-number-problem" aria-live="polite">
                {reader.text(problem)}
            </p>
        </div>
    }
    .into_any()
}

fn problem(model: &Model) -> String {
    let problem = model.panel.as_ref().and_then(|panel| panel.number_problem(model.published.rules(), &model.draft));
    problem.map(|problem| strings::number_problem(&problem)).unwrap_or_default()
}
