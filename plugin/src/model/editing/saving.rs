//! Saving what the panel holds: a guarded write, and, where the number changed, the removal of the old row after it.
//!
//! There is never a moment without either row, and the new row says which one it replaces: whoever comes after a crash
//! can finish the change.

use shared::{AgentExtension, ExtensionNumber, NumberRules};

use super::agent::Agent;
use super::panel::{Panel, PanelMode};
use crate::model::draft::{Draft, Guard, NotWritten, Put, Write};
use crate::model::writes::{Asker, SaveFailure, Sent};
use crate::model::{Effect, Model, Notification};

impl Panel {
    fn row(&self, number: ExtensionNumber, agent: &Agent, draft: &Draft) -> AgentExtension {
        let replaces_key = match &self.mode {
            PanelMode::Add => None,
            PanelMode::Edit { key, .. } if key != number.as_str() => Some(key.clone()),
            // A change that was cut off earlier can still be finished.
            PanelMode::Edit { before, .. } => {
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
                PanelMode::Add => serde_json::Map::new(),
                PanelMode::Edit { before, .. } => before.other.clone(),
            },
        }
    }

    fn guard(&self, number: &ExtensionNumber) -> Guard {
        match &self.mode {
            PanelMode::Edit { key, before } if key == number.as_str() => Guard::Unchanged(before.clone()),
            PanelMode::Add | PanelMode::Edit { .. } => Guard::FreeOrSameAgent,
        }
    }

    /// What saving writes, as the fields stand; none while they are not complete.
    fn put(&self, rules: &NumberRules, draft: &Draft) -> Option<Put> {
        let number = ExtensionNumber::parse(&self.number, rules).ok()?;
        let guard = self.guard(&number);
        Some(Put { row: self.row(number, self.agent.as_ref()?, draft), guard })
    }
}

impl Model {
    pub(super) fn save(&mut self) -> Vec<Effect> {
        let rules = self.published.rules();
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
        let Some(put) = panel.put(&rules, &self.draft) else { return Vec::new() };
        if self.connection.is_lost() {
            self.panel = None;
            return self.queue_write(put);
        }
        panel.saving = true;
        let request = self.next_request();
        vec![self.send(Asker::Panel, request, put.row.extension_number.to_string(), Write::Put(Box::new(put)))]
    }

    /// The answer to the write of the row, or to the removal of the old one.
    pub(in crate::model) fn save_answered(&mut self, sent: &Sent, outcome: Result<(), NotWritten>) -> Vec<Effect> {
        if !self.panel.as_ref().is_some_and(|panel| panel.saving) {
            return Vec::new();
        }
        match (&sent.what, outcome) {
            (_, Err(NotWritten::Refused(refusal))) => self.not_saved(refusal.into()),
            (Write::Put(_), Err(NotWritten::Problem(problem))) => self.not_saved(SaveFailure::Problem(problem)),
            (Write::Remove, Err(NotWritten::Problem(problem))) => self.not_saved(SaveFailure::OldNumberStays(problem)),
            (Write::Put(put), Ok(())) => self.row_saved(&put.row.extension_number),
            (Write::Remove, Ok(())) => self.saved(),
        }
    }

    /// The new row stands; only now may the old one go, so that callers never find neither.
    fn row_saved(&mut self, number: &ExtensionNumber) -> Vec<Effect> {
        let Some(panel) = &mut self.panel else { return Vec::new() };
        panel.saved_as = Some(number.clone());
        let PanelMode::Edit { key, before } = &panel.mode else { return self.saved() };
        if key == number.as_str() {
            return self.saved();
        }
        if self.draft.get(key).is_some_and(|old| old != before) {
            return self.not_saved(SaveFailure::ChangedByOther);
        }
        let old = key.clone();
        let request = self.next_request();
        vec![self.send(Asker::Panel, request, old, Write::Remove)]
    }

    fn saved(&mut self) -> Vec<Effect> {
        let saved = self.panel.take().and_then(|panel| self.draft.get(panel.saved_as?.as_str()).cloned());
        saved.map(|row| Effect::Notify(Notification::Saved(row))).into_iter().collect()
    }

    fn not_saved(&mut self, failure: SaveFailure) -> Vec<Effect> {
        let Some(panel) = &mut self.panel else { return Vec::new() };
        panel.saving = false;
        panel.failure = Some(failure);
        let later = self.queue_failed_save();
        if later.is_empty() { vec![Effect::Notify(Notification::SaveFailed)] } else { later }
    }

    /// Where the connection is why it failed, it waits for the connection, and the panel is free again. Sync may say that
    /// a save failed before it says that the connection is lost.
    pub(in crate::model) fn queue_failed_save(&mut self) -> Vec<Effect> {
        let rules = self.published.rules();
        let Some(panel) = self.panel.as_ref().filter(|panel| !panel.saving && self.connection.is_lost()) else {
            return Vec::new();
        };
        let Some(SaveFailure::Problem(problem) | SaveFailure::OldNumberStays(problem)) = &panel.failure else {
            return Vec::new();
        };
        match panel.put(&rules, &self.draft).filter(|_| problem.is_passing()) {
            Some(put) => {
                self.panel = None;
                self.queue_write(put)
            }
            None => Vec::new(),
        }
    }
}
