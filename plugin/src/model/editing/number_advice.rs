//! What the panel says about the number while it is typed: what is wrong with it, what to mind, and which is free.
//!
//! The rules stand in `shared`. Knows no sentences.

use shared::{AgentExtension, ExtensionNumber, ExtensionNumberError, NumberRules, PrefixConflict};

use super::panel::{Panel, PanelMode};
use crate::model::Model;
use crate::model::draft::Draft;

/// What is wrong with a number, so that it cannot be saved.
#[derive(Clone, Debug, PartialEq)]
pub enum NumberProblem {
    /// It breaks a rule of the account.
    Rule(ExtensionNumberError),
    /// It leads to an agent already; holds that row.
    Taken(AgentExtension),
}

/// What to mind about a number that can be saved.
#[derive(Clone, Debug, PartialEq)]
pub enum NumberWarning {
    /// This extension's number is the beginning of it, and would be reached first.
    BeginsWith(AgentExtension),
    /// It is the beginning of this extension's number, which would be harder to reach.
    IsBeginningOf(AgentExtension),
}

impl Panel {
    /// What is wrong with the number, as far as it can be said before the person has typed it to its end.
    #[must_use]
    pub fn number_problem(&self, rules: &NumberRules, draft: &Draft) -> Option<NumberProblem> {
        match ExtensionNumber::parse(&self.number, rules) {
            Err(ExtensionNumberError::Empty) if !self.number_left => None,
            Err(ExtensionNumberError::Length { min, .. }) if self.number.len() < min && !self.number_left => None,
            Err(error) => Some(NumberProblem::Rule(error)),
            // Our own row, written a moment ago: saving again clears the old one up.
            Ok(number) if self.saved_as.as_ref() == Some(&number) => None,
            Ok(number) => draft.owner(number.as_str(), self.key()).cloned().map(NumberProblem::Taken),
        }
    }

    /// What to mind about a number that is allowed and free.
    #[must_use]
    pub fn number_warning(&self, rules: &NumberRules, draft: &Draft) -> Option<NumberWarning> {
        let number = ExtensionNumber::parse(&self.number, rules).ok()?;
        let owner = |number: ExtensionNumber| draft.owner(number.as_str(), None).cloned();
        let given_up = self.before().map(|before| before.extension_number.as_str());
        if given_up == Some(number.as_str()) {
            return None;
        }
        match draft.numbers().prefix_conflict(number.as_str(), given_up)? {
            PrefixConflict::BeginsWith(shorter) => owner(shorter).map(NumberWarning::BeginsWith),
            PrefixConflict::IsBeginningOf(longer) => owner(longer).map(NumberWarning::IsBeginningOf),
        }
    }

    /// The row that is edited, as it was when the panel opened.
    pub(super) fn before(&self) -> Option<&AgentExtension> {
        match &self.mode {
            PanelMode::Add => None,
            PanelMode::Edit { before, .. } => Some(before),
        }
    }
}

impl Model {
    /// Looks for a free number where the person may want one: nothing is typed, or it cannot be had.
    pub(super) fn suggest_number(&mut self) {
        let Some(panel) = &mut self.panel else { return };
        let rules = self.published.rules();
        let wanted = panel.number.is_empty()
            || matches!(
                panel.number_problem(&rules, &self.draft),
                Some(NumberProblem::Taken(_) | NumberProblem::Rule(ExtensionNumberError::Reserved(_)))
            );
        let from = Some(panel.number.as_str()).filter(|number| !number.is_empty());
        panel.suggestion = if wanted { self.draft.numbers().next_free(from, &rules) } else { None };
    }

    /// Fills the free number in; where somebody else took it meanwhile, the next one.
    pub(super) fn take_suggestion(&mut self) {
        self.suggest_number();
        let Some(panel) = self.panel.as_mut().filter(|panel| !panel.saving) else { return };
        if let Some(number) = panel.suggestion.take() {
            panel.number = number.to_string();
            panel.number_left = false;
            panel.failure = None;
        }
    }
}
