//! The panel where an extension is added or edited: what was typed, what is wrong with it, and how saving goes.
//!
//! Knows nothing of input fields. What was typed stays until it is saved or the person gives it up.

use shared::{AgentExtension, ExtensionNumber, WorkerSid};

use super::agent::{Agent, AgentSearch};
use crate::model::writes::SaveFailure;
use crate::model::{Effect, Model, Problem};

/// What the panel is for.
#[derive(Clone, Debug, PartialEq)]
pub enum PanelMode {
    /// A new extension.
    Add,
    /// The extension under a key.
    Edit {
        /// The key of the Map Item when the panel opened.
        key: String,
        /// The extension when the panel opened.
        before: AgentExtension,
    },
}

/// The panel while it is open. What was typed stays in it until it is saved or given up.
#[derive(Clone, Debug, PartialEq)]
pub struct Panel {
    /// What it is for.
    pub mode: PanelMode,
    /// The number as typed.
    pub number: String,
    /// The agent's name as typed or chosen.
    pub agent_text: String,
    /// The agent that was chosen from the list.
    pub agent: Option<Agent>,
    /// How the search for an agent goes.
    pub search: AgentSearch,
    /// A number that is free, where one may be wanted.
    pub suggestion: Option<ExtensionNumber>,
    /// Which opening of the panel this is, so that a new one starts with fresh fields.
    pub opening: usize,
    /// Whether it is being saved.
    pub saving: bool,
    /// Why it was not saved.
    pub failure: Option<SaveFailure>,
    /// Whether the number was typed to its end, so that "too short" may be said.
    pub(super) number_left: bool,
    /// The number under which the row was written last; where the number changed, the old row may still be there.
    pub(super) saved_as: Option<ExtensionNumber>,
    /// The last search; an answer to another one comes too late.
    pub(super) search_request: u32,
}

/// What happened in the panel.
#[derive(Clone, Debug)]
pub enum PanelEvent {
    /// The button for adding was pressed.
    AddClicked,
    /// The button for editing the row under this key was pressed.
    EditClicked(String),
    /// The person gave it up.
    Closed,
    /// The number field holds this now.
    NumberTyped(String),
    /// The number field was left.
    NumberLeft,
    /// The agent field holds this now.
    AgentTyped(String),
    /// Typing paused; holds the search it is for.
    SearchDue(u32),
    /// The answer to a search.
    Searched {
        /// The search it answers.
        request: u32,
        /// Who matches.
        answer: Result<Vec<Agent>, Problem>,
    },
    /// The agent at this place of the search's result was chosen, counted from 0.
    ResultChosen(usize),
    /// The button for saving was pressed.
    SaveClicked,
    /// The person wants the number that is offered.
    SuggestionClicked,
    /// The person wants the row as somebody else left it.
    TheirsClicked,
    /// The person wants what was typed, whatever somebody else made of the row.
    MineClicked,
}

impl Panel {
    fn open(mode: PanelMode, request: u32) -> Self {
        let before = match &mode {
            PanelMode::Add => None,
            PanelMode::Edit { before, .. } => Some(before.clone()),
        };
        Self {
            number: before.as_ref().map_or_else(String::new, |row| row.extension_number.to_string()),
            agent_text: before.as_ref().map_or_else(String::new, |row| row.worker_full_name.clone()),
            // A row without a name is saved with the one of whoever is chosen.
            agent: before
                .filter(|row| !row.worker_full_name.is_empty())
                .map(|row| Agent { worker_sid: row.worker_sid, full_name: row.worker_full_name }),
            search: AgentSearch::Idle,
            suggestion: None,
            opening: request as usize,
            saving: false,
            failure: None,
            number_left: false,
            saved_as: None,
            mode,
            search_request: 0,
        }
    }

    /// The Worker of the row that is edited, where the row has no name and nobody was chosen yet.
    #[must_use]
    pub fn nameless(&self) -> Option<&WorkerSid> {
        match &self.mode {
            PanelMode::Edit { before, .. } if self.agent.is_none() && before.worker_full_name.is_empty() => {
                Some(&before.worker_sid)
            }
            _ => None,
        }
    }

    /// The key of the row that is edited.
    #[must_use]
    pub fn key(&self) -> Option<&str> {
        match &self.mode {
            PanelMode::Add => None,
            PanelMode::Edit { key, .. } => Some(key),
        }
    }
}

impl Model {
    pub(in crate::model) fn panel_event(&mut self, event: PanelEvent) -> Vec<Effect> {
        match event {
            PanelEvent::AddClicked => self.open_panel(PanelMode::Add),
            PanelEvent::EditClicked(key) => match self.draft.get(&key).cloned() {
                Some(before) => self.open_panel(PanelMode::Edit { key, before }),
                None => Vec::new(),
            },
            PanelEvent::SaveClicked => self.save(),
            PanelEvent::TheirsClicked => self.keep_theirs(),
            PanelEvent::MineClicked => self.keep_mine(),
            PanelEvent::AgentTyped(text) => self.agent_typed(text),
            PanelEvent::Closed => {
                // While saving it stays, because the answer may have to be shown in it.
                self.panel = self.panel.take().filter(|panel| panel.saving);
                Vec::new()
            }
            PanelEvent::SuggestionClicked => {
                self.take_suggestion();
                Vec::new()
            }
            PanelEvent::NumberTyped(_) => {
                let effects = self.panel.as_mut().map_or_else(Vec::new, |panel| panel.field_event(event));
                self.suggest_number();
                effects
            }
            PanelEvent::NumberLeft
            | PanelEvent::SearchDue(_)
            | PanelEvent::Searched { .. }
            | PanelEvent::ResultChosen(_) => {
                self.panel.as_mut().map_or_else(Vec::new, |panel| panel.field_event(event))
            }
        }
    }

    pub(super) fn open_panel(&mut self, mode: PanelMode) -> Vec<Effect> {
        if self.panel.as_ref().is_none_or(|panel| !panel.saving) {
            let request = self.next_request();
            self.panel = Some(Panel::open(mode, request));
            self.suggest_number();
        }
        Vec::new()
    }
}

impl Panel {
    fn field_event(&mut self, event: PanelEvent) -> Vec<Effect> {
        match event {
            // What is on its way must not change meanwhile.
            PanelEvent::NumberTyped(_) | PanelEvent::ResultChosen(_) if self.saving => {}
            PanelEvent::NumberTyped(number) => {
                self.number = number;
                self.failure = None;
            }
            PanelEvent::NumberLeft => self.number_left = !self.number.is_empty(),
            PanelEvent::ResultChosen(position) => self.choose(position),
            PanelEvent::SearchDue(_) | PanelEvent::Searched { .. } => return self.search_event(event),
            _ => {}
        }
        Vec::new()
    }
}

impl Model {
    /// Whether what the panel holds is being saved.
    #[must_use]
    pub fn is_saving_panel(&self) -> bool {
        self.panel.as_ref().is_some_and(|panel| panel.saving)
    }
}
