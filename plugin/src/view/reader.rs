//! How components read the model: as texts, flags and parts that follow it.
//!
//! All texts are of one type, and so are all flags and all parts. What Leptos generates for each type of closure is
//! then generated three times instead of sixty times, which is a third of the module's size.

use std::sync::Arc;

use leptos::prelude::*;
use shared::AgentExtension;

use crate::model::{Differences, Draft, Model, RecentChanges, Roster, RowKeys, Selection};
use crate::told::Told;

/// A text that follows the model.
pub(super) type Text = Box<dyn Fn() -> String + Send + Sync>;
/// A yes or no that follows the model.
pub(super) type Flag = Box<dyn Fn() -> bool + Send + Sync>;
/// A piece of the page, or none, that follows the model.
pub(super) type Part = Box<dyn Fn() -> Option<AnyView> + Send + Sync>;

type Build = Box<dyn Fn(&Model) -> Option<AnyView> + Send + Sync>;

/// Reads the model. What is read is worked out anew at every event, so it must be cheap.
#[derive(Clone, Copy)]
pub(super) struct Reader {
    model: RwSignal<Model>,
    roster: RwSignal<()>,
    draft: RwSignal<()>,
    teams: RwSignal<()>,
    selection: RwSignal<()>,
    marks: RwSignal<()>,
    differences: Memo<Option<Arc<Differences>>>,
}

impl Reader {
    pub(super) fn new(told: Told) -> Self {
        let (model, draft) = (RwSignal::from(told.model), RwSignal::from(told.draft));
        let differences = Memo::new(move |_| {
            draft.track();
            told.published.track();
            model.with_untracked(|model| model.differences().map(Arc::new))
        });
        let [roster, teams, selection, marks] =
            [told.roster, told.teams, told.selection, told.marks].map(RwSignal::from);
        Self { model, roster, draft, teams, selection, marks, differences }
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

    /// A number that is compared before anything that depends on it is worked out anew.
    pub(super) fn number(self, read: fn(&Model) -> Option<usize>) -> Memo<Option<usize>> {
        Memo::new(move |_| self.model.with(read))
    }

    /// Follows the draft only, for what is not cheap at 10,000 rows.
    pub(super) fn draft<T>(self, read: impl FnOnce(&Draft) -> T) -> T {
        self.draft.track();
        self.model.with_untracked(|model| read(&model.draft))
    }

    /// A text about the row that stands in a place; none while none does.
    pub(super) fn extension(
        self,
        entry: RwSignal<Option<Arc<RowKeys>>>,
        read: fn(&AgentExtension) -> String,
    ) -> String {
        let text = |entry: Arc<RowKeys>| self.peek(|model| model.draft.get(&entry.key).map(read));
        entry.get().and_then(text).unwrap_or_default()
    }

    /// Reads once, for what follows something else.
    pub(super) fn peek<T>(self, read: impl FnOnce(&Model) -> T) -> T {
        self.model.with_untracked(read)
    }

    /// How the draft differs from what is published.
    pub(super) fn differences(self) -> Option<Arc<Differences>> {
        self.differences.get()
    }

    /// Whoever calls this is worked out anew when more is known of the teams.
    pub(super) fn follow_teams(self) {
        self.teams.track();
    }

    /// Follows which rows are chosen.
    pub(super) fn selection<T>(self, read: impl FnOnce(&Selection) -> T) -> T {
        self.selection.track();
        self.model.with_untracked(|model| read(&model.selection))
    }

    /// Follows which rows others have just changed.
    pub(super) fn marks<T>(self, read: impl FnOnce(&RecentChanges) -> T) -> T {
        self.marks.track();
        self.model.with_untracked(|model| read(&model.recent_changes))
    }

    /// What was asked of the table.
    pub(super) fn asked<T>(self, read: impl FnOnce(&Roster) -> T) -> T {
        self.roster.track();
        self.model.with_untracked(|model| read(&model.roster))
    }

    /// All of it.
    pub(super) fn roster(self) -> Memo<Roster> {
        Memo::new(move |_| self.asked(Roster::clone))
    }

    /// Whether a name is the one that was asked for.
    pub(super) fn is(self, read: fn(&Roster) -> Option<&String>, name: Option<String>) -> Flag {
        Box::new(move || self.asked(|roster| read(roster) == name.as_ref()))
    }

    /// How many changes are not published: worked out when the draft or what is published changes.
    pub(super) fn changes(self) -> Memo<Option<usize>> {
        Memo::new(move |_| self.differences().map(|differences| differences.count()))
    }
}
