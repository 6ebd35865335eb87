//! The field where an agent is looked for by name and chosen from a list.
//!
//! A combobox as in the ARIA practices: <https://www.w3.org/WAI/ARIA/apg/patterns/combobox/>.

use leptos::ev::KeyboardEvent;
use leptos::html;
use leptos::prelude::*;

use super::agent_options::{MOST_SHOWN, agent_options, listed, option_id};
use crate::model::{AgentSearch, Event, Model, Panel, PanelEvent};
use crate::strings;
use crate::view::derived::{Flag, Number, Part, Text};
use crate::view::dispatch::Dispatch;
use crate::view::model_reader::ModelReader;

/// The list of options below the field.
#[derive(Clone, Copy)]
struct OptionList {
    /// The option that Enter would choose; none while the list is folded away.
    active: RwSignal<Option<usize>>,
    count: Number,
}

impl OptionList {
    /// The active option, while the list is to be seen.
    fn active(self) -> Option<usize> {
        self.active.get().filter(|_| self.count.get() > Some(0))
    }

    fn key_pressed(self, event: &KeyboardEvent, dispatch: Dispatch) {
        let (Some(at), Some(count @ 1..)) = (self.active.get_untracked(), self.count.get_untracked()) else { return };
        match event.key().as_str() {
            "ArrowDown" => self.active.set(Some((at + 1) % count)),
            "ArrowUp" => self.active.set(Some((at + count - 1) % count)),
            "Enter" => dispatch.send(Event::Panel(PanelEvent::ResultChosen(at))),
            "Escape" => {
                self.active.set(None);
                event.stop_propagation();
            }
            _ => return,
        }
        event.prevent_default();
    }
}

pub(super) fn agent_field(reader: ModelReader, input: NodeRef<html::Input>, dispatch: Dispatch) -> AnyView {
    let list = OptionList { active: RwSignal::new(Some(0)), count: reader.number(|model| Some(listed(model).len())) };
    let expanded: Text = Box::new(move || list.active().is_some().to_string());
    let active_id: Text = Box::new(move || list.active().map(option_id).unwrap_or_default());
    let folded: Flag = Box::new(move || list.active().is_none());
    let options: Part = Box::new(move || {
        let active = list.active()?;
        reader.part(move |model| Some(agent_options(listed(model), active, dispatch)))()
    });
    let typed = move |text: String| {
        list.active.set(Some(0));
        dispatch.send(Event::Panel(PanelEvent::AgentTyped(text)));
    };
    view! {
        <div class="ade-field">
            <label class="ade-label" for="ade-agent">
                {strings::AGENT}
            </label>
            <input
                id="ade-agent"
                class="ade-input"
                type="text"
                role="combobox"
                autocomplete="off"
                aria-autocomplete="list"
                aria-controls="ade-agents"
                aria-expanded=expanded
                aria-activedescendant=active_id
                aria-describedby="ade-agent-hint ade-agent-also"
                aria-required="true"
                readonly=reader.flag(Model::is_saving_panel)
                node_ref=input
                prop:value=reader.text(text)
                on:input=move |event| typed(event_target_value(&event))
                on:keydown=move |event| list.key_pressed(&event, dispatch)
                on:blur=move |_| list.active.set(None)
            />
            <div id="ade-agents" class="ade-options" role="listbox" aria-label=strings::AGENTS_FOUND hidden=folded>
                {options}
            </div>
            <p class="ade-hint" id="ade-agent-hint" role="status">
                {reader.text(hint)}
            </p>
            <p class="ade-hint ade-also" id="ade-agent-also" aria-live="polite">
                {reader.text(other_numbers)}
            </p>
        </div>
    }
    .into_any()
}

fn text(model: &Model) -> String {
    model.panel.as_ref().map(|panel| panel.agent_text.clone()).unwrap_or_default()
}

fn hint(model: &Model) -> String {
    let panel = model.panel.as_ref();
    match panel.map(|panel| &panel.search) {
        Some(AgentSearch::Underway) => strings::SEARCHING.to_owned(),
        Some(AgentSearch::Failed(problem)) => strings::search_failed(problem),
        Some(AgentSearch::Found(agents)) if agents.is_empty() => strings::NO_AGENT_FOUND.to_owned(),
        Some(AgentSearch::Found(agents)) if agents.len() > MOST_SHOWN => strings::more_agents(MOST_SHOWN, agents.len()),
        _ => panel.and_then(Panel::nameless).map_or_else(|| strings::AGENT_HINT.to_owned(), strings::nameless_hint),
    }
}

/// The other numbers of the agent that is chosen.
fn other_numbers(model: &Model) -> String {
    let Some((panel, agent)) = model.panel.as_ref().and_then(|panel| Some((panel, panel.agent.as_ref()?))) else {
        return String::new();
    };
    strings::other_numbers(model.draft.others_of(&agent.worker_sid, panel.key()))
}
