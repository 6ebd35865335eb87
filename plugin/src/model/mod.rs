//! What the view knows and how it changes: `update(&mut Model, Event) -> Vec<Effect>`.
//!
//! Pure: it knows nothing of Leptos, JavaScript, Sync, HTTP or the clock. Whoever runs it carries out the effects
//! and reports what came of them as events, so that every story can be told in a plain test.

mod answers;
mod connection;
mod draft;
mod draft_events;
mod editing;
mod effect;
mod event;
mod problem;
mod publishing;
mod rfc3339;
#[cfg(test)]
mod stories;
mod table;
mod writes;

use writes::Underway;

pub use connection::{Connection, ConnectionEvent, ConnectionStatus, SocketState};
pub use draft::{Draft, Guard, Item, KeyedRow, Put, Reading, Refusal, RowKeys, Write, Written, matches, words};
pub use draft_events::DraftEvent;
pub use editing::{Agent, AgentSearch, NumberProblem, NumberWarning, Panel, PanelEvent, PanelMode, Theirs};
pub use effect::{Effect, Notification, Timer};
pub use event::Event;
pub use problem::Problem;
pub use publishing::{
    BrokenRow, ChangedRow, Conflict, DeployedDirectory, Differences, Discard, DiscardEvent, DiscardState, Loss,
    Obstacle, Progress, Publish, PublishEvent, PublishFailure, Published, PublishedEvent, Review, ReviewEvent, Stage,
    started_at_milliseconds,
};
pub use table::{
    Announcement, Column, Filter, Listing, PAGE_SIZES, RecentChanges, Roster, RosterEvent, SearchSteps, Selection,
    SelectionEvent, Sort, TEAM_ATTRIBUTE, Teams, by_value,
};
pub use writes::{
    Batch, BulkRemoval, BulkRemovalEvent, BulkRemovalState, FailedRow, Outbox, OutboxEvent, PendingRemoval,
    PendingState, PendingWrite, Removal, RemovalEvent, RemovalState, Renumbering, RenumberingEvent, RowFailure,
    SaveFailure, TheirChange, UNDO_FOR, Undo, UndoEvent, UndoState, UnfinishedRenumbering,
};

/// Everything the view shows.
#[derive(Clone, Debug, Default)]
pub struct Model {
    /// The Sync Map as far as it has been read.
    pub draft: Draft,
    /// What is deployed, as the server last said.
    pub published: Published,
    /// The publish that this view runs, and what stands in its way.
    pub publish: Publish,
    /// What publishing would do, while it is reviewed.
    pub review: Option<Review>,
    /// The question whether to discard a publish, while it is asked.
    pub discard: Option<Discard>,
    /// The time when it was read last, in milliseconds since 1970.
    clock: Option<i64>,
    /// Which part of the table is shown.
    pub roster: Roster,
    /// The teams of the agents.
    pub teams: Teams,
    /// Writes that wait for the connection, or that came back from it.
    pub outbox: Outbox,
    /// Changes of a number that were cut off half-way.
    pub renumbering: Renumbering,
    /// The panel for adding or editing, while it is open.
    pub panel: Option<Panel>,
    /// The question whether to remove an extension, while it is asked.
    pub removal: Option<Removal>,
    /// The rows that are chosen for what is done to many at once.
    pub selection: Selection,
    /// The removal of all chosen rows, while it is asked about or underway.
    pub bulk_removal: Option<BulkRemoval>,
    /// The last removal, while it can be taken back.
    pub undo: Option<Undo>,
    /// Which rows others have just changed.
    pub recent_changes: RecentChanges,
    /// The connection to Sync.
    pub connection: Connection,
    /// The writes that Sync has not answered yet.
    underway: Underway,
    /// Counts requests, so that answers that come too late can be told apart.
    requests: u32,
}

/// Takes in what happened and says what is to be done.
pub fn update(model: &mut Model, event: Event) -> Vec<Effect> {
    let mut effects = model.handle(event);
    // Whatever happened may have left a change of number half done, or taken it out of our own hands.
    effects.extend(model.watch_renumberings());
    effects
}

impl Model {
    fn handle(&mut self, event: Event) -> Vec<Effect> {
        match event {
            Event::Shown => self.shown(),
            Event::Draft(event) => self.draft_event(event),
            Event::Published(event) => self.published_event(event),
            Event::Publish(event) => self.publish_event(event),
            Event::Review(event) => self.review_event(event),
            Event::Discard(event) => self.discard_event(event),
            Event::Clock(now) => self.clock_read(now),
            Event::Panel(event) => self.panel_event(event),
            Event::Removal(event) => self.removal_event(event),
            Event::Selection(event) => self.selection_event(event),
            Event::BulkRemoval(event) => self.bulk_removal_event(event),
            Event::Undo(event) => self.undo_event(event),
            Event::Outbox(event) => self.outbox_event(event),
            Event::Renumbering(event) => self.renumbering_event(event),
            Event::Answered { request, answer } => self.answered(request, answer),
            Event::Connection(event) => self.connection_event(event),
            Event::Roster(event) => self.roster_event(event),
            Event::TeamsFetched(answer) => self.teams_fetched(answer),
            Event::Elapsed(Timer::Search(request)) => self.panel_event(PanelEvent::SearchDue(request)),
            Event::Elapsed(Timer::Poll(attempt)) => self.publish_event(PublishEvent::PollDue(attempt)),
            Event::Elapsed(Timer::Second) => vec![Effect::ReadClock],
            Event::Elapsed(Timer::ReconnectedShown) => self.connection.reconnected_shown(),
            Event::Elapsed(Timer::RenumberingDue) => self.renumbering_due(),
            Event::Elapsed(Timer::RemoveNext) => self.remove_next(),
            Event::Elapsed(Timer::RestoreNext) => self.restore_next(),
            Event::Elapsed(Timer::Undo(serial)) => self.undo_due(serial),
            Event::Elapsed(Timer::RecentChanges) => self.recent_changes.fade(),
            Event::Elapsed(Timer::Announce) => self.recent_changes.announce(),
        }
    }

    /// What could not be written because the connection was lost is queued, and sent when it is back. Sync may say that a
    /// write failed before it says that the connection is lost, so the loss itself queues what failed before.
    fn connection_event(&mut self, event: ConnectionEvent) -> Vec<Effect> {
        let mut effects = self.connection.update(event);
        effects.extend(self.queue_failed_save());
        effects.extend(self.queue_failed_removal());
        effects.extend(self.send_next_pending());
        effects
    }

    /// Opens what is not open yet, and looks anew at what may have been published meanwhile.
    fn shown(&mut self) -> Vec<Effect> {
        let mut effects = Vec::new();
        if self.draft.reading == Reading::NotYet {
            self.draft.set_reading(Reading::Underway);
            effects.push(Effect::OpenDraft);
        }
        effects.push(self.list());
        effects.extend(self.fetch_teams());
        effects
    }

    /// The chosen rows as they are now.
    fn chosen_rows(&self) -> Vec<KeyedRow> {
        self.selection.rows(&self.draft)
    }

    /// Whether this view finishes the change of number itself whose old row has this key: the panel is about it, or the
    /// removal of the old row waits in the outbox.
    fn is_ours_to_finish(&self, key: &str) -> bool {
        self.panel.as_ref().is_some_and(|panel| panel.key() == Some(key)) || self.outbox.replaces(key)
    }

    fn next_request(&mut self) -> u32 {
        self.requests += 1;
        self.requests
    }
}
