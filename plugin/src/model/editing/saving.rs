//! Saving what the panel holds: a guarded write, and, where the number changed, the removal of the old row after it.
//!
//! Knows nothing of input fields. There is never a moment without either row, and the new row says which one it
//! replaces: whoever comes after a crash can finish the change.

use shared::{AgentExtension, ExtensionNumber, NumberRules};

use super::agent::Agent;
use super::panel::{Mode, Panel};
use crate::model::draft::{Draft, Guard, Put, PutOutcome};
use crate::model::writes::SaveFailure;
use crate::model::{Effect, Link, Model, Notification, Problem};

impl Panel {
    fn row(&self, number: ExtensionNumber, agent: &Agent, draft: &Draft) -> AgentExtension {
        let replaces_key = match &self.mode {
            Mode::Add => None,
            Mode::Edit { key, .. } if key != number.as_str() => Some(key.clone()),
            // A change that was cut off earlier can still be finished.
            Mode::Edit { before, .. } => {
                let is_left = |key: &String| draft.get(key).is_some_and(|old| old.updated_at <= before.updated_at);
                before.replaces_key.clone().filter(is_left)
            }
        };
        AgentExtension {
            worker_full_name: agent.full_name.clone(),
            extension_number: number,
            worker_sid: agent.worker_sid.clone(),
            updated_by: None,
            updated_at: None,
            replaces_key,
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

    /// What saving writes, as the fields stand; none while they are not complete.
    fn put(&self, request: u32, rules: &NumberRules, draft: &Draft) -> Option<Put> {
        let number = ExtensionNumber::parse(&self.number, rules).ok()?;
        let guard = self.guard(&number);
        Some(Put { request, row: self.row(number, self.agent.as_ref()?, draft), guard })
    }

    fn not_saved(&mut self, failure: SaveFailure) -> Vec<Effect> {
        self.saving = false;
        self.failure = Some(failure);
        vec![Effect::Notify(Notification::SaveFailed)]
    }
}

impl Model {
    pub(in crate::model) fn save(&mut self) -> Vec<Effect> {
        let rules = self.published.rules();
        let request = self.next_request();
        let Some(panel) = self.panel.as_mut().filter(|panel| !panel.saving) else { return Vec::new() };
        panel.number_left = true;
        panel.failure = None;
        if panel.theirs(&self.draft).is_some() {
            panel.failure = Some(SaveFailure::ChangedByOther);
            return Vec::new();
        }
        if panel.agent.is_none() {
            panel.failure = Some(SaveFailure::AgentMissing);
            return Vec::new();
        }
        if panel.number_problem(&rules, &self.draft).is_some() {
            return Vec::new();
        }
        let Some(put) = panel.put(request, &rules, &self.draft) else { return Vec::new() };
        if self.connection.link == Link::Lost {
            self.panel = None;
            return self.keep_for_later(put);
        }
        panel.saving = true;
        panel.write = request;
        vec![Effect::Put(put)]
    }

    /// Sync may say that a save failed before it says that the connection is lost: then that is why, and it waits.
    pub(in crate::model) fn keep_what_failed(&mut self) -> Vec<Effect> {
        let failed = self.panel.as_ref().filter(|panel| !panel.saving).and_then(|panel| panel.failure.clone());
        match failed {
            Some(SaveFailure::Problem(problem) | SaveFailure::OldNumberStays(problem)) => {
                self.save_later(&problem).unwrap_or_default()
            }
            _ => Vec::new(),
        }
    }

    /// Sync could not be reached: what was being saved waits for the connection, and the panel is free again.
    fn save_later(&mut self, problem: &Problem) -> Option<Vec<Effect>> {
        let rules = self.published.rules();
        let panel = self.panel.as_ref().filter(|_| self.is_offline() && problem.is_passing())?;
        let put = panel.put(panel.write, &rules, &self.draft)?;
        self.panel = None;
        Some(self.keep_for_later(put))
    }

    /// The new row stands; only now may the old one go, so that callers never find neither.
    pub(in crate::model) fn written(&mut self, request: u32, answer: Result<PutOutcome, Problem>) -> Vec<Effect> {
        let is_ours = |panel: &Panel| panel.saving && panel.write == request;
        if !self.panel.as_ref().is_some_and(is_ours) {
            return self.kept_written(request, &answer).unwrap_or_else(|| {
                self.both_kept(request, answer);
                Vec::new()
            });
        }
        let outcome = match answer {
            Ok(outcome) => outcome,
            Err(problem) => {
                let later = self.save_later(&problem);
                let Some(panel) = &mut self.panel else { return later.unwrap_or_default() };
                return panel.not_saved(SaveFailure::Problem(problem));
            }
        };
        let Some(panel) = &mut self.panel else { return Vec::new() };
        let gone = outcome.item.is_none();
        let new_key = outcome.item.as_ref().map(|item| item.key.clone()).unwrap_or_default();
        if let Some(item) = outcome.item {
            self.draft.write(item);
        }
        match (outcome.refused, &panel.mode) {
            (None, Mode::Edit { key, before }) if *key != new_key => {
                panel.renumbered_to = ExtensionNumber::parse(&new_key, &NumberRules::ANY).ok();
                match self.draft.get(key) {
                    Some(old) if old != before => panel.not_saved(SaveFailure::ChangedByOther),
                    _ => vec![Effect::Remove { key: key.clone(), request }],
                }
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

    pub(in crate::model) fn old_number_removed(&mut self, request: u32, answer: Result<(), Problem>) -> Vec<Effect> {
        let is_ours = |panel: &Panel| panel.saving && panel.write == request;
        if !self.panel.as_ref().is_some_and(is_ours) {
            return self.kept_removed(request, &answer).unwrap_or_else(|| {
                self.old_row_removed(request, answer);
                Vec::new()
            });
        }
        if let Err(problem) = answer {
            let later = self.save_later(&problem);
            let Some(panel) = &mut self.panel else { return later.unwrap_or_default() };
            return panel.not_saved(SaveFailure::OldNumberStays(problem));
        }
        let Some(panel) = &self.panel else { return Vec::new() };
        if let Some(key) = panel.key() {
            self.draft.remove(key);
        }
        let new_key = panel.renumbered_to.as_ref().map(ToString::to_string).unwrap_or_default();
        self.saved(&new_key)
    }

    fn saved(&mut self, key: &str) -> Vec<Effect> {
        self.panel = None;
        self.draft.get(key).cloned().map(|row| Effect::Notify(Notification::Saved(row))).into_iter().collect()
    }
}
