//! Saving what the panel holds: a guarded write, and, where the number changed, the removal of the old row after it.
//!
//! Knows nothing of input fields. There is never a moment without either row.

use shared::{AgentExtension, ExtensionNumber, NumberRules};

use super::{Agent, Effect, Guard, Item, Mode, Model, Notification, Panel, Problem, Refusal};

/// Why saving did not go through.
#[derive(Clone, Debug, PartialEq)]
pub enum Failure {
    /// No agent was chosen from the list.
    AgentMissing,
    /// Sync has the number for another agent.
    Taken(AgentExtension),
    /// Somebody else changed the row since the panel opened, or removed it.
    ChangedByOther(Option<AgentExtension>),
    /// Something that is no agent extension stands under the number.
    Unreadable,
    /// The new number is written, and the old one is still there too.
    OldNumberStays(Problem),
    /// Sync did not take it.
    Problem(Problem),
}

/// A write of one Map Item.
#[derive(Clone, Debug, PartialEq)]
pub struct Put {
    /// To be returned with the answer.
    pub request: u32,
    /// What to write, under its number as the key. Who wrote it and when is filled in by whoever writes.
    pub row: AgentExtension,
    /// What must hold at that moment.
    pub guard: Guard,
}

/// What came of a [`Put`].
#[derive(Clone, Debug, PartialEq)]
pub struct PutOutcome {
    /// What stands under the key now, if anything: ours or theirs. It may never arrive as an event.
    pub item: Option<Item>,
    /// Why it was not written.
    pub refused: Option<Refusal>,
}

impl Panel {
    fn row(&self, number: ExtensionNumber, agent: &Agent) -> AgentExtension {
        AgentExtension {
            worker_full_name: agent.full_name.clone(),
            extension_number: number,
            worker_sid: agent.worker_sid.clone(),
            updated_by: None,
            updated_at: None,
            other: match &self.mode {
                Mode::Add => serde_json::Map::new(),
                Mode::Edit { before, .. } => before.other.clone(),
            },
        }
    }

    fn guard(&self, number: &ExtensionNumber) -> Guard {
        match &self.mode {
            Mode::Edit { key, before } if key == number.as_str() => Guard::Unchanged(before.clone()),
            Mode::Add | Mode::Edit { .. } => Guard::FreeOrSameAgent,
        }
    }

    fn not_saved(&mut self, failure: Failure) -> Vec<Effect> {
        self.saving = false;
        self.failure = Some(failure);
        vec![Effect::Notify(Notification::SaveFailed)]
    }
}

impl Model {
    pub(super) fn save(&mut self) -> Vec<Effect> {
        let rules = self.published.rules();
        let request = self.next_request();
        let Some(panel) = self.panel.as_mut().filter(|panel| !panel.saving) else { return Vec::new() };
        panel.number_left = true;
        panel.failure = None;
        if let Some(theirs) = panel.theirs(&self.draft) {
            panel.failure = Some(Failure::ChangedByOther(theirs));
            return Vec::new();
        }
        let Some(agent) = &panel.agent else {
            panel.failure = Some(Failure::AgentMissing);
            return Vec::new();
        };
        if panel.number_problem(rules, &self.draft).is_some() {
            return Vec::new();
        }
        let Ok(number) = ExtensionNumber::parse(&panel.number, rules) else { return Vec::new() };
        let (guard, row) = (panel.guard(&number), panel.row(number, agent));
        panel.saving = true;
        panel.write = request;
        vec![Effect::Put(Put { request, row, guard })]
    }

    /// The new row stands; only now may the old one go, so that callers never find neither.
    pub(super) fn written(&mut self, request: u32, answer: Result<PutOutcome, Problem>) -> Vec<Effect> {
        let Some(panel) = self.panel.as_mut().filter(|panel| panel.saving && panel.write == request) else {
            return Vec::new();
        };
        let outcome = match answer {
            Ok(outcome) => outcome,
            Err(problem) => return panel.not_saved(Failure::Problem(problem)),
        };
        let gone = outcome.item.is_none();
        let new_key = outcome.item.as_ref().map(|item| item.key.clone()).unwrap_or_default();
        if let Some(item) = outcome.item {
            self.draft.write(item);
        }
        match (outcome.refused, &panel.mode) {
            (None, Mode::Edit { key, .. }) if *key != new_key => {
                panel.moved_to = ExtensionNumber::parse(&new_key, NumberRules::ANY).ok();
                vec![Effect::Remove { key: key.clone(), request }]
            }
            (None, _) => self.saved(&new_key),
            (Some(refusal), _) => {
                if gone && let Some(key) = panel.key() {
                    self.draft.remove(key);
                }
                panel.not_saved(refusal.into())
            }
        }
    }

    pub(super) fn old_number_removed(&mut self, request: u32, answer: Result<(), Problem>) -> Vec<Effect> {
        let Some(panel) = self.panel.as_mut().filter(|panel| panel.saving && panel.write == request) else {
            return Vec::new();
        };
        if let Err(problem) = answer {
            return panel.not_saved(Failure::OldNumberStays(problem));
        }
        if let Some(key) = panel.key() {
            self.draft.remove(key);
        }
        let new_key = panel.moved_to.as_ref().map(ToString::to_string).unwrap_or_default();
        self.saved(&new_key)
    }

    fn saved(&mut self, key: &str) -> Vec<Effect> {
        self.panel = None;
        self.draft.get(key).cloned().map(|row| Effect::Notify(Notification::Saved(row))).into_iter().collect()
    }

    /// Starts over from the row as it is now; a row that is gone becomes a new one.
    pub(super) fn take_theirs(&mut self) -> Vec<Effect> {
        let Some(key) = self.panel.as_ref().and_then(Panel::key).map(str::to_owned) else { return Vec::new() };
        match self.draft.get(&key).cloned() {
            Some(before) => self.open_panel(Mode::Edit { key, before }),
            None => {
                if let Some(panel) = self.panel.as_mut() {
                    panel.mode = Mode::Add;
                    panel.failure = None;
                }
                Vec::new()
            }
        }
    }
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::Taken(theirs) => Self::Taken(*theirs),
            Refusal::Changed(theirs) => Self::ChangedByOther(Some(*theirs)),
            Refusal::Gone => Self::ChangedByOther(None),
            Refusal::Unreadable => Self::Unreadable,
        }
    }
}
