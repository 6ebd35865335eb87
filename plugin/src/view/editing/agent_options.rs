//! The list of agents below the field where one is looked for.

use leptos::prelude::*;

use crate::model::{Agent, AgentSearch, Event, Model, PanelEvent};
use crate::view::dispatch::Dispatch;

/// How many agents the list shows; more are found by typing more.
pub(super) const MOST_SHOWN: usize = 20;

/// The agents to choose from.
pub(super) fn listed(model: &Model) -> &[Agent] {
    match model.panel.as_ref().map(|panel| &panel.search) {
        Some(AgentSearch::Found(agents)) => &agents[..agents.len().min(MOST_SHOWN)],
        _ => &[],
    }
}

pub(super) fn agent_options(agents: &[Agent], active: usize, dispatch: Dispatch) -> AnyView {
    let options: Vec<_> =
        agents.iter().enumerate().map(|(position, agent)| option(position, agent, active, dispatch)).collect();
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

/// The id of an option, by which the field names the one that Enter would choose.
pub(super) fn option_id(position: usize) -> String {
    format!("ade-agent-{position}")
}
