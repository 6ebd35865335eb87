//! The row that is edited, as somebody else left it meanwhile, and which of the two is kept.
//!
//! Knows nothing of input fields and of Sync: it compares the panel with the draft, whenever either changes.

use shared::AgentExtension;

use super::panel::{Panel, PanelMode};
use crate::model::draft::Draft;
use crate::model::writes::SaveFailure;
use crate::model::{Effect, Model};

/// What somebody else made of the row since the panel opened.
#[derive(Clone, Debug, PartialEq)]
pub enum Theirs {
    /// It leads to another agent, or was saved anew.
    Changed(AgentExtension),
    /// It has another number now; holds the row that took its place.
    Renumbered(AgentExtension),
    /// It is gone.
    Removed,
}

impl Theirs {
    /// The row as they left it, if there is one.
    #[must_use]
    pub fn row(&self) -> Option<&AgentExtension> {
        match self {
            Self::Changed(row) | Self::Renumbered(row) => Some(row),
            Self::Removed => None,
        }
    }
}

impl Panel {
    /// How somebody else left the row since the panel opened, if they touched it at all.
    #[must_use]
    pub fn theirs(&self, draft: &Draft) -> Option<Theirs> {
        let PanelMode::Edit { key, before } = &self.mode else { return None };
        let now = draft.get(key);
        if self.saving || now == Some(before) {
            return None;
        }
        Some(match (now, draft.successor(key)) {
            (Some(row), _) => Theirs::Changed(row.clone()),
            (None, Some(row)) if self.saved_as.as_ref() != Some(&row.extension_number) => {
                Theirs::Renumbered(row.clone())
            }
            (None, _) => Theirs::Removed,
        })
    }
}

impl Model {
    /// What was typed stays, and saving replaces what they made of the row.
    pub(super) fn keep_mine(&mut self) -> Vec<Effect> {
        let Some(panel) = &mut self.panel else { return Vec::new() };
        let Some(theirs) = panel.theirs(&self.draft) else { return Vec::new() };
        panel.mode = match theirs {
            Theirs::Changed(before) => PanelMode::Edit { key: panel.key().unwrap_or_default().to_owned(), before },
            Theirs::Renumbered(before) => PanelMode::Edit { key: before.extension_number.to_string(), before },
            Theirs::Removed => PanelMode::Add,
        };
        panel.saved_as = None;
        if panel.failure == Some(SaveFailure::ChangedByOther) {
            panel.failure = None;
        }
        Vec::new()
    }

    /// What was typed is given up: the panel starts over from their row, or closes where there is none.
    pub(super) fn keep_theirs(&mut self) -> Vec<Effect> {
        let Some(panel) = self.panel.as_ref().filter(|panel| !panel.saving) else { return Vec::new() };
        match panel.theirs(&self.draft) {
            Some(Theirs::Changed(before)) => {
                let key = panel.key().unwrap_or_default().to_owned();
                self.open_panel(PanelMode::Edit { key, before })
            }
            Some(Theirs::Renumbered(before)) => {
                self.open_panel(PanelMode::Edit { key: before.extension_number.to_string(), before })
            }
            Some(Theirs::Removed) => {
                self.panel = None;
                Vec::new()
            }
            None => Vec::new(),
        }
    }
}
