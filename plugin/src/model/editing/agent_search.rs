//! The search for the agent who is to have a number: it waits for a pause in typing, and late answers are dropped.
//!
//! Knows nothing of how Workers are searched.

use super::agent::AgentSearch;
use super::panel::{Panel, PanelEvent};
use crate::model::{Effect, Model, Timer};

/// How long typing must pause before the search is sent, in milliseconds.
const SEARCH_AFTER: u32 = 250;

impl Model {
    pub(super) fn agent_typed(&mut self, text: String) -> Vec<Effect> {
        let request = self.next_request();
        let Some(panel) = self.panel.as_mut().filter(|panel| !panel.saving) else { return Vec::new() };
        panel.agent = None;
        panel.agent_text = text;
        panel.search_request = request;
        if panel.agent_text.trim().is_empty() {
            panel.search = AgentSearch::Idle;
            return Vec::new();
        }
        panel.search = AgentSearch::Underway;
        vec![Effect::Wait { milliseconds: SEARCH_AFTER, timer: Timer::Search(request) }]
    }
}

impl Panel {
    pub(super) fn search_event(&mut self, event: PanelEvent) -> Vec<Effect> {
        match event {
            PanelEvent::SearchDue(request) if self.awaits(request) => {
                return vec![Effect::SearchWorkers { request, text: self.agent_text.trim().to_owned() }];
            }
            PanelEvent::Searched { request, answer } if self.awaits(request) => {
                self.search = answer.map_or_else(AgentSearch::Failed, AgentSearch::Found);
            }
            _ => {}
        }
        Vec::new()
    }

    /// Whether this is the last search, and it is not answered yet.
    fn awaits(&self, request: u32) -> bool {
        request == self.search_request && self.search == AgentSearch::Underway
    }

    pub(super) fn choose(&mut self, position: usize) {
        let AgentSearch::Found(agents) = &self.search else { return };
        let Some(agent) = agents.get(position).cloned() else { return };
        self.agent_text.clone_from(&agent.full_name);
        self.agent = Some(agent);
        self.search = AgentSearch::Idle;
        self.failure = None;
    }
}
