//! The panel beside the table where an extension is added or edited.
//!
//! It is not modal: the table stays in view and live.

use leptos::ev::{KeyboardEvent, SubmitEvent};
use leptos::prelude::*;

use super::focus::focus_at_once;
use super::reader::Reader;
use super::{Dispatch, agent_field, alerts, conflict, icons, number_field};
use crate::model::{ConnectionStatus, Event, Model, PanelEvent, PanelMode};
use crate::strings;

pub(super) fn panel(reader: Reader, dispatch: Dispatch) -> AnyView {
    let (agent_input, number_input) = (NodeRef::new(), NodeRef::new());
    focus_at_once(if untrack(reader.flag(is_adding)) { agent_input } else { number_input });
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        dispatch.send(Event::Panel(PanelEvent::SaveClicked));
    };
    let escape = move |event: KeyboardEvent| {
        if event.key() == "Escape" {
            event.stop_propagation();
            dispatch.send(Event::Panel(PanelEvent::Closed));
        }
    };
    let close = dispatch.on_press(Event::Panel(PanelEvent::Closed));
    view! {
        <section class="ade-panel" role="dialog" aria-labelledby="ade-panel-title" on:keydown=escape>
            <div class="ade-panel-head">
                <h2 class="ade-panel-title" id="ade-panel-title">
                    {reader.text(title)}
                </h2>
                <button
                    type="button"
                    class="ade-button ade-button-icon"
                    aria-label=strings::CLOSE
                    disabled=reader.flag(is_saving)
                    on:click=close.clone()
                >
                    {icons::cross()}
                </button>
            </div>
            <form class="ade-form" novalidate on:submit=submit>
                {reader.part(move |model| conflict::conflict(model, number_input, dispatch))}
                {agent_field::agent_field(reader, agent_input, dispatch)}
                {number_field::number_field(reader, number_input, dispatch)}
                {reader.part(failure)}
                <div class="ade-form-actions">
                    <button type="submit" class="ade-button ade-button-primary" disabled=reader.flag(is_saving)>
                        {reader.text(save)}
                    </button>
                    <button
                        type="button"
                        class="ade-button ade-button-secondary"
                        disabled=reader.flag(is_saving)
                        on:click=close
                    >
                        {strings::CANCEL}
                    </button>
                </div>
            </form>
        </section>
    }
    .into_any()
}

fn is_adding(model: &Model) -> bool {
    model.panel.as_ref().is_none_or(|panel| panel.mode == PanelMode::Add)
}

pub(super) fn is_saving(model: &Model) -> bool {
    model.panel.as_ref().is_some_and(|panel| panel.saving)
}

fn title(model: &Model) -> String {
    (if is_adding(model) { strings::ADD_TITLE } else { strings::EDIT_TITLE }).to_owned()
}

fn save(model: &Model) -> String {
    (if is_saving(model) { strings::SAVING } else { strings::SAVE }).to_owned()
}

/// Why it was not saved. That somebody else changed the row is said beside it, by `conflict`.
fn failure(model: &Model) -> Option<AnyView> {
    let panel = model.panel.as_ref()?;
    if panel.saving && model.connection.status == ConnectionStatus::Lost {
        return Some(alerts::error(strings::SAVED_WHEN_BACK.to_owned()));
    }
    let failure = panel.failure.as_ref().filter(|_| panel.theirs(&model.draft).is_none())?;
    Some(alerts::error(strings::failure(failure)))
}
