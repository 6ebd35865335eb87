//! The model in signals: components follow the parts that they show. If they all followed the whole model, a hundred
//! rows would look at every event to see whether it is about them.
//!
//! Knows nothing of what the events mean.

use leptos::prelude::{ArcRwSignal, Notify, Update};

use crate::model::{Effect, Event, Model, update};

/// The model, and a signal for each part of it that is followed by itself.
#[derive(Clone, Debug, Default)]
pub(crate) struct Signals {
    /// The model. Notifies of all events but those that are about the table only: a keystroke in the search box must
    /// not have everything else worked out anew.
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
    pub(crate) recent_changes: ArcRwSignal<()>,
}

/// A part of the model that is followed by itself.
struct Part<'a> {
    signal: &'a ArcRwSignal<()>,
    /// The number that rises when the part changes.
    stamp: fn(&Model) -> usize,
    before: usize,
}

impl Signals {
    /// Applies events to the model, notifies whoever follows what changed, and returns what is to be done.
    pub(crate) fn apply(&self, events: Vec<Event>) -> Vec<Effect> {
        let mut effects = Vec::new();
        let mut changed = Vec::new();
        let about_table = events.iter().filter(|event| matches!(event, Event::Roster(_))).count();
        let only_table = about_table == events.len();
        self.model.maybe_update(|model| {
            let parts = self.parts(model);
            effects.extend(events.into_iter().flat_map(|event| update(model, event)));
            for part in parts {
                if (part.stamp)(model) != part.before {
                    changed.push(part.signal);
                }
            }
            !(only_table && effects.is_empty())
        });
        if about_table > 0 {
            self.roster.notify();
        }
        changed.into_iter().for_each(Notify::notify);
        effects
    }

    fn parts(&self, model: &Model) -> [Part<'_>; 5] {
        let part = |signal, stamp: fn(&Model) -> usize| Part { signal, stamp, before: stamp(model) };
        [
            part(&self.draft, |model| model.draft.stamp),
            part(&self.published, |model| model.published.stamp),
            part(&self.teams, |model| model.teams.stamp),
            part(&self.selection, |model| model.selection.stamp),
            part(&self.recent_changes, |model| model.recent_changes.stamp),
        ]
    }
}
