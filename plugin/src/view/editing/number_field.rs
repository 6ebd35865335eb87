//! The field where the number is typed, with its rule and what is wrong with it.

use leptos::html;
use leptos::prelude::*;

use crate::model::{Event, Model, PanelEvent};
use crate::strings;
use crate::view::dispatch::Dispatch;
use crate::view::focus::focus_now;
use crate::view::model_reader::ModelReader;

pub(super) fn number_field(reader: ModelReader, input: NodeRef<html::Input>, dispatch: Dispatch) -> AnyView {
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
                aria-describedby="ade-number-hint ade-number-problem ade-number-warning"
                aria-invalid=reader.text(|model| (!problem(model).is_empty()).to_string())
                aria-required="true"
                readonly=reader.flag(Model::is_saving_panel)
                node_ref=input
                prop:value=reader.text(number)
                on:input=move |event| dispatch.send(Event::Panel(PanelEvent::NumberTyped(event_target_value(&event))))
                on:blur=move |_| dispatch.send(Event::Panel(PanelEvent::NumberLeft))
            />
            <p class="ade-hint" id="ade-number-hint">
                {reader.text(|model| strings::number_hint(&model.published.rules()))}
            </p>
            <p class="ade-problem" id="ade-number-problem" aria-live="polite">
                {reader.text(problem)}
            </p>
            <p class="ade-warning" id="ade-number-warning" aria-live="polite">
                {reader.text(warning)}
            </p>
            {reader.part(move |model| suggestion(model, input, dispatch))}
        </div>
    }
    .into_any()
}

fn problem(model: &Model) -> String {
    let problem = model.panel.as_ref().and_then(|panel| panel.number_problem(&model.published.rules(), &model.draft));
    problem.map(|problem| strings::number_problem(&problem)).unwrap_or_default()
}

fn warning(model: &Model) -> String {
    let warning = model.panel.as_ref().and_then(|panel| panel.number_warning(&model.published.rules(), &model.draft));
    warning.map(|warning| strings::number_warning(&warning)).unwrap_or_default()
}

fn suggestion(model: &Model, input: NodeRef<html::Input>, dispatch: Dispatch) -> Option<AnyView> {
    let number = model.panel.as_ref().filter(|panel| !panel.saving)?.suggestion.as_ref()?;
    let view = view! {
        <button
            type="button"
            class="ade-button ade-button-link ade-suggestion"
            // Typing may go on from the number, and the button is about to go.
            on:mousedown=|event| event.prevent_default()
            on:click=move |_| {
                dispatch.send(Event::Panel(PanelEvent::SuggestionClicked));
                focus_now(input);
            }
        >
            {strings::use_suggestion(number.as_str())}
        </button>
    };
    Some(view.into_any())
}
