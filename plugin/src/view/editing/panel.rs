//! The panel beside the table where an extension is added or edited.
//!
//! It is not modal: the table stays in view and live.

use leptos::ev::{KeyboardEvent, SubmitEvent};
use leptos::prelude::*;

use super::agent_field::agent_field;
use super::edit_conflict::edit_conflict;
use super::number_field::number_field;
use crate::model::{ConnectionStatus, Event, Model, PanelEvent, PanelMode};
use crate::strings;
use crate::view::derived::Part;
use crate::view::dispatch::Dispatch;
use crate::view::focus::{Focus, ReturnTo, focus_on_load};
use crate::view::model_reader::ModelReader;
use crate::view::widgets::{alert, icons};

pub(in crate::view) fn panel(reader: ModelReader, focus: Focus, dispatch: Dispatch) -> Part {
    let open = reader.opening(|model| model.panel.as_ref().map(|panel| panel.opening));
    focus.return_when_closed(open, ReturnTo { opener: Some(focus.panel), or_else: focus.add_button });
    open.then(move || open_panel(reader, dispatch))
}

fn open_panel(reader: ModelReader, dispatch: Dispatch) -> AnyView {
    let (agent_input, number_input) = (NodeRef::new(), NodeRef::new());
    focus_on_load(if untrack(reader.flag(lacks_agent)) { agent_input } else { number_input });
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
                    disabled=reader.flag(Model::is_saving_panel)
                    on:click=close.clone()
                >
                    {icons::cross()}
                </button>
            </div>
            <form class="ade-form" novalidate on:submit=submit>
                {edit_conflict(reader, number_input, dispatch)}
                {agent_field(reader, agent_input, dispatch)}
                {number_field(reader, number_input, dispatch)}
                {reader.part(failure)}
                <div class="ade-form-actions">
                    <button type="submit" class="ade-button ade-button-primary" disabled=reader.flag(Model::is_saving_panel)>
                        {reader.text(save)}
                    </button>
                    <button
                        type="button"
                        class="ade-button ade-button-secondary"
                        disabled=reader.flag(Model::is_saving_panel)
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

/// Whether the agent is what has to be filled in first.
fn lacks_agent(model: &Model) -> bool {
    model.panel.as_ref().is_none_or(|panel| panel.agent.is_none())
}

fn title(model: &Model) -> String {
    (if is_adding(model) { strings::ADD_TITLE } else { strings::EDIT_TITLE }).to_owned()
}

fn save(model: &Model) -> String {
    (if model.is_saving_panel() { strings::SAVING } else { strings::SAVE }).to_owned()
}

/// Why it was not saved. That somebody else changed the row is said above the fields, by `edit_conflict`.
fn failure(model: &Model) -> Option<AnyView> {
    let panel = model.panel.as_ref()?;
    if panel.saving && model.connection.status == ConnectionStatus::Lost {
        return Some(alert::error(strings::SAVED_WHEN_BACK.to_owned()));
    }
    let failure = panel.failure.as_ref().filter(|_| panel.theirs(&model.draft).is_none())?;
    Some(alert::error(strings::save_failure(failure)))
}
