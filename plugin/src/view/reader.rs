//! How components read the model: as texts, flags and parts that follow it.
//!
//! All texts are of one type, and so are all flags and all parts. What Leptos generates for each type of closure is
//! then generated three times instead of sixty times, which is a third of the module's size.

use std::sync::Arc;

use leptos::prelude::*;

use crate::model::{Differences, Draft, Model, Roster};

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
    draft_stamp: Memo<Option<usize>>,
    teams_stamp: Memo<Option<usize>>,
    differences: Memo<Option<Arc<Differences>>>,
}

impl Reader {
    pub(super) fn new(model: RwSignal<Model>) -> Self {
        let draft_stamp = Memo::new(move |_| Some(model.with(|model| model.draft.stamp)));
        let teams_stamp = Memo::new(move |_| Some(model.with(|model| model.teams.stamp)));
        let published_stamp = Memo::new(move |_| Some(model.with(|model| model.published.stamp)));
        let differences = Memo::new(move |_| {
            _ = (draft_stamp.get(), published_stamp.get());
            model.with_untracked(|model| model.differences().map(Arc::new))
        });
        Self { model, draft_stamp, teams_stamp, differences }
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
        // A memo that is only tracked is never worked out, and so never changes.
        _ = self.draft_stamp.get();
        self.model.with_untracked(|model| read(&model.draft))
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
        _ = self.teams_stamp.get();
    }

    /// What was asked for of the table.
    pub(super) fn roster(self) -> Memo<Roster> {
        Memo::new(move |_| self.model.with(|model| model.roster.clone()))
    }

    /// Whether a name is the one that the model holds.
    pub(super) fn is(self, read: fn(&Model) -> Option<String>, name: Option<String>) -> Flag {
        Box::new(move || self.model.with(read) == name)
    }

    /// How many changes are not published: worked out when the draft or what is published changes.
    pub(super) fn changes(self) -> Memo<Option<usize>> {
        Memo::new(move |_| self.differences().map(|differences| differences.count()))
    }
}
