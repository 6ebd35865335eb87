//! How components read the model.
//!
//! What follows the whole model is worked out anew at every event, so it must be cheap. What is not cheap at 10,000
//! rows follows a part of it only: the draft, the selection, what was asked of the table.

use std::sync::Arc;

use leptos::prelude::*;
use shared::AgentExtension;

use super::derived::{Condition, Flag, Number, Part, Text};
use crate::model::{Differences, Draft, Model, RecentChanges, Roster, RowKeys, Selection};
use crate::signals::Signals;

type Build = Box<dyn Fn(&Model) -> Option<AnyView> + Send + Sync>;

/// Reads the model; what reads through it follows the model or a part of it.
#[derive(Clone, Copy)]
pub(super) struct ModelReader {
    model: RwSignal<Model>,
    roster: RwSignal<()>,
    draft: RwSignal<()>,
    teams: RwSignal<()>,
    selection: RwSignal<()>,
    recent_changes: RwSignal<()>,
    differences: Memo<Option<Arc<Differences>>>,
}

impl ModelReader {
    pub(super) fn new(signals: Signals) -> Self {
        let (model, draft) = (RwSignal::from(signals.model), RwSignal::from(signals.draft));
        let published = signals.published;
        let differences = Memo::new(move |_| {
            draft.track();
            published.track();
            model.with_untracked(|model| model.differences().map(Arc::new))
        });
        Self {
            model,
            roster: signals.roster.into(),
            draft,
            teams: signals.teams.into(),
            selection: signals.selection.into(),
            recent_changes: signals.recent_changes.into(),
            differences,
        }
    }

    pub(super) fn text(self, read: fn(&Model) -> String) -> Text {
        Box::new(move || self.model.with(read))
    }

    pub(super) fn flag(self, read: fn(&Model) -> bool) -> Flag {
        Box::new(move || self.model.with(read))
    }

    pub(super) fn part(self, build: impl Fn(&Model) -> Option<AnyView> + Send + Sync + 'static) -> Part {
        let build: Build = Box::new(build);
        Box::new(move || self.model.with(&build))
    }

    pub(super) fn number(self, read: fn(&Model) -> Option<usize>) -> Number {
        Memo::new(move |_| self.model.with(read))
    }

    pub(super) fn condition(self, holds: fn(&Model) -> bool) -> Condition {
        Condition::new(move || self.model.with(holds))
    }

    /// Holds while something is open; `read` says which opening it is, so that the next one begins afresh.
    pub(super) fn opening(self, read: fn(&Model) -> Option<usize>) -> Condition {
        Condition::while_some(self.number(read))
    }

    /// A text about the row that stands in a slot of the table; empty where the row is gone.
    pub(super) fn row_text(self, row: RwSignal<Option<Arc<RowKeys>>>, read: fn(&AgentExtension) -> String) -> String {
        let text = |row: Arc<RowKeys>| self.with_untracked(|model| model.draft.get(&row.key).map(read));
        row.get().and_then(text).unwrap_or_default()
    }

    /// Reads without following, for what follows something else.
    pub(super) fn with_untracked<T>(self, read: impl FnOnce(&Model) -> T) -> T {
        self.model.with_untracked(read)
    }

    /// Follows the rows, and how far they are read.
    pub(super) fn draft<T>(self, read: impl FnOnce(&Draft) -> T) -> T {
        self.draft.track();
        self.model.with_untracked(|model| read(&model.draft))
    }

    /// Follows what was asked of the table.
    pub(super) fn roster<T>(self, read: impl FnOnce(&Roster) -> T) -> T {
        self.roster.track();
        self.model.with_untracked(|model| read(&model.roster))
    }

    /// Follows which rows are chosen.
    pub(super) fn selection<T>(self, read: impl FnOnce(&Selection) -> T) -> T {
        self.selection.track();
        self.model.with_untracked(|model| read(&model.selection))
    }

    /// Follows which rows others have just changed.
    pub(super) fn recent_changes<T>(self, read: impl FnOnce(&RecentChanges) -> T) -> T {
        self.recent_changes.track();
        self.model.with_untracked(|model| read(&model.recent_changes))
    }

    /// Follows what is known of the teams.
    pub(super) fn track_teams(self) {
        self.teams.track();
    }

    /// Follows how the draft differs from what is published: worked out when one of the two changes.
    pub(super) fn differences(self) -> Option<Arc<Differences>> {
        self.differences.get()
    }
}
