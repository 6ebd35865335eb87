//! The model, and who is told when it changes: what a page of the table follows has signals of its own. Following the
//! whole model, a hundred rows would have to look at every event whether it is about them.
//!
//! Knows nothing of what the events mean.

use leptos::prelude::{ArcRwSignal, Notify, Update};

use crate::model::{Effect, Event, Model, update};

/// The model, and a signal for each part that is followed by itself.
#[derive(Clone, Debug, Default)]
pub(crate) struct Told {
    /// The model. Tells of all events but those that are about the table only: a keystroke in the search box must not
    /// have everything else worked out anew.
    pub(crate) model: ArcRwSignal<Model>,
    /// What was asked of the table.
    pub(crate) roster: ArcRwSignal<()>,
    /// The rows, and how far they are read.
    pub(crate) draft: ArcRwSignal<()>,
    /// What is deployed.
    pub(crate) published: ArcRwSignal<()>,
    /// The teams of the agents.
    pub(crate) teams: ArcRwSignal<()>,
    /// Which rows are chosen.
    pub(crate) selection: ArcRwSignal<()>,
    /// Which rows others have just changed.
    pub(crate) marks: ArcRwSignal<()>,
}

impl Told {
    /// Lets the model take in what happened, tells whoever follows what changed, and returns what is to be done.
    pub(crate) fn take_in(&self, events: Vec<Event>) -> Vec<Effect> {
        let mut effects = Vec::new();
        let mut parts = Vec::new();
        let about_table = events.iter().filter(|event| matches!(event, Event::Roster(_))).count();
        let only_table = about_table == events.len();
        self.model.maybe_update(|model| {
            let before = stamps(model);
            effects.extend(events.into_iter().flat_map(|event| update(model, event)));
            parts.extend(self.parts().into_iter().zip(before.into_iter().zip(stamps(model))));
            !(only_table && effects.is_empty())
        });
        if about_table > 0 {
            self.roster.notify();
        }
        parts.iter().filter(|(_, (before, after))| before != after).for_each(|(part, _)| part.notify());
        effects
    }

    /// In the order of their stamps.
    fn parts(&self) -> [&ArcRwSignal<()>; 5] {
        [&self.draft, &self.published, &self.teams, &self.selection, &self.marks]
    }
}

fn stamps(model: &Model) -> [usize; 5] {
    [model.draft.stamp, model.published.stamp, model.teams.stamp, model.selection.stamp, model.recent_changes.stamp]
}
