//! The field where an agent is looked for by name and chosen from a list.
//!
//! A combobox as in the ARIA practices: <https://www.w3.org/WAI/ARIA/apg/patterns/combobox/>.

use leptos::ev::KeyboardEvent;
use leptos::html;
use leptos::prelude::*;

use super::reader::{Flag, Part, Reader, Text};
use super::{Dispatch, panel};
use crate::model::{Agent, AgentSearch, Event, Model, PanelEvent};
use crate::strings;

/// How many agents the list shows; more are found by typing more.
const MOST_SHOWN: usize = 20;

pub(super) fn agent_field(reader: Reader, input: NodeRef<html::Input>, dispatch: Dispatch) -> AnyView {
    // The option that Enter would choose; none while the list is folded away.
    let active = RwSignal::new(Some(0));
    let shown = reader.number(|model| Some(found(model).len()));
    let open = move || active.get().filter(|_| shown.get() > Some(0));
    let expanded: Text = Box::new(move || open().is_some().to_string());
    let described: Text = Box::new(move || open().map(option_id).unwrap_or_default());
    let folded: Flag = Box::new(move || open().is_none());
    let options: Part = Box::new(move || {
        let active = open()?;
        reader.part(move |model| Some(options(found(model), active, dispatch)))()
    });
    let key = move |event: KeyboardEvent| {
        let (Some(at), Some(shown @ 1..)) = (active.get_untracked(), shown.get_untracked()) else { return };
        match event.key().as_str() {
            "ArrowDown" => active.set(Some((at + 1) % shown)),
            "ArrowUp" => active.set(Some((at + shown - 1) % shown)),
            "Enter" => dispatch.send(Event::Panel(PanelEvent::ResultChosen(at))),
            "Escape" => {
                active.set(None);
                event.stop_propagation();
            }
            _ => return,
        }
        event.prevent_default();
    };
    let typed = move |text: String| {
        active.set(Some(0));
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
                aria-activedescendant=described
                aria-describedby="ade-agent-hint ade-agent-also"
                aria-required="true"
                readonly=reader.flag(panel::is_saving)
                node_ref=input
                prop:value=reader.text(text)
                on:input=move |event| typed(event_target_value(&event))
                on:keydown=key
                on:blur=move |_| active.set(None)
            />
            <div id="ade-agents" class="ade-options" role="listbox" aria-label=strings::AGENTS_FOUND hidden=folded>
                {options}
            </div>
            <p class="ade-hint" id="ade-agent-hint" role="status">
                {reader.text(hint)}
            </p>
            <p class="ade-hint ade-also" id="ade-agent-also" aria-live="polite">
                {reader.text(also_has)}
            </p>
        </div>
    }
    .into_any()
}

fn found(model: &Model) -> &[Agent] {
    match model.panel.as_ref().map(|panel| &panel.search) {
        Some(AgentSearch::Found(agents)) => &agents[..agents.len().min(MOST_SHOWN)],
        _ => &[],
    }
}

fn text(model: &Model) -> String {
    model.panel.as_ref().map(|panel| panel.agent_text.clone()).unwrap_or_default()
}

fn options(found: &[Agent], active: usize, dispatch: Dispatch) -> AnyView {
    let options: Vec<_> =
        found.iter().enumerate().map(|(position, agent)| option(position, agent, active, dispatch)).collect();
    options.into_any()
}

fn option(position: usize, agent: &Agent, active: usize, dispatch: Dispatch) -> AnyView {
    view! {
        <div
            id=option_id(position)
            class="ade-option"
            role="option"
            aria-selected=(position == active).to_string()
            // Pressing must not take the focus from the field, or the list would fold before the click.
            on:mousedown=|event| event.prevent_default()
            on:click=dispatch.on_press(Event::Panel(PanelEvent::ResultChosen(position)))
        >
            <span class="ade-option-name">{agent.full_name.clone()}</span>
            <span class="ade-option-sid">{agent.worker_sid.to_string()}</span>
        </div>
    }
    .into_any()
}

fn option_id(position: usize) -> String {
    format!("ade-agent-{position}")
}

fn hint(model: &Model) -> String {
    match model.panel.as_ref().map(|panel| &panel.search) {
        Some(AgentSearch::Underway) => strings::SEARCHING.to_owned(),
        Some(AgentSearch::Failed(problem)) => strings::search_failed(problem),
        Some(AgentSearch::Found(agents)) if agents.is_empty() => strings::NO_AGENT_FOUND.to_owned(),
        Some(AgentSearch::Found(agents)) if agents.len() > MOST_SHOWN => strings::more_agents(MOST_SHOWN, agents.len()),
        _ => strings::AGENT_HINT.to_owned(),
    }
}

/// The other numbers of the agent that is chosen.
fn also_has(model: &Model) -> String {
    let Some((panel, agent)) = model.panel.as_ref().and_then(|panel| Some((panel, panel.agent.as_ref()?))) else {
        return String::new();
    };
    strings::also_has(model.draft.others_of(&agent.worker_sid, panel.key()))
}
