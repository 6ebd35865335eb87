//! What the view knows and how it changes: `update(&mut Model, Event) -> Vec<Effect>`.
//!
//! Pure: it knows nothing of Leptos, JavaScript, Sync, HTTP or the clock. Whoever runs it carries out the effects
//! and reports what came of them as events, so that every story can be told in a plain test.

mod agent_search;
mod batch;
mod bulk;
mod connection;
mod differences;
mod discard;
mod draft;
mod draft_index;
mod entry;
mod fold;
mod guard;
mod listing;
mod marks;
mod moment;
mod moves;
mod number_advice;
mod order;
mod outbox;
mod outbox_answers;
mod outbox_removals;
mod panel;
mod problem;
mod progress;
mod publish;
mod published;
mod put;
mod removal;
mod review;
mod roster;
mod saving;
mod selection;
mod stage;
#[cfg(test)]
mod stories;
mod teams;
mod theirs;
mod undo;

use serde_json::Value;
use shared::{AgentExtension, WorkerSid};

pub use agent_search::{Agent, Search};
pub use batch::{Batch, Keyed, Miss};
pub use bulk::{Bulk, BulkEvent, BulkState};
pub use connection::{Connection, ConnectionEvent, Link, SocketState};
pub use differences::Differences;
pub use discard::{Discard, DiscardEvent, DiscardState};
pub use draft::{Draft, DraftEvent, Item, Reading};
pub use entry::Entry;
pub use fold::{matches, words};
pub use guard::{Guard, Refusal};
pub use listing::{Listing, Trail};
pub use marks::{Marks, Noticed};
pub use moves::{Moves, MovesEvent, Unfinished};
pub use number_advice::{NumberProblem, NumberWarning};
pub use order::{Column, Sort, by_value};
pub use outbox::{Outbox, OutboxEvent, Pending, PendingState};
pub use outbox_removals::PendingRemoval;
pub use panel::{Mode, Panel, PanelEvent};
pub use problem::Problem;
pub use progress::{Progress, began};
pub use publish::{Publish, PublishEvent};
pub use published::{Loaded, Published, PublishedEvent};
pub use put::{Failure, Put, PutOutcome};
pub use removal::{Removal, RemovalEvent, RemovalState};
pub use review::{BrokenRow, Obstacle, Review, ReviewEvent};
pub use roster::{Filter, PAGE_SIZES, Roster, RosterEvent};
pub use selection::{Selection, SelectionEvent};
pub use stage::{Conflict, PublishFailure, Stage};
pub use teams::{TEAM_ATTRIBUTE, Teams};
pub use theirs::Theirs;
pub use undo::{UNDO_FOR, Undo, UndoEvent, UndoState, judge_restore};

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
    pub moves: Moves,
    /// The panel for adding or editing, while it is open.
    pub panel: Option<Panel>,
    /// The question whether to remove an extension, while it is asked.
    pub removal: Option<Removal>,
    /// The rows that are chosen for what is done to many at once.
    pub selection: Selection,
    /// The removal of all chosen rows, while it is asked about or underway.
    pub bulk: Option<Bulk>,
    /// The last removal, while it can be taken back.
    pub undo: Option<Undo>,
    /// Which rows others have just changed.
    pub marks: Marks,
    /// The connection to Sync.
    pub connection: Connection,
    /// Counts requests, so that answers that come too late can be told apart.
    requests: u32,
}

/// Something that happened.
#[derive(Clone, Debug)]
pub enum Event {
    /// The view came on the screen.
    Shown,
    /// About the Sync Map.
    Draft(DraftEvent),
    /// About what is deployed.
    Published(PublishedEvent),
    /// About publishing.
    Publish(PublishEvent),
    /// About the review before a publish.
    Review(ReviewEvent),
    /// About discarding a publish.
    Discard(DiscardEvent),
    /// The time now, in milliseconds since 1970.
    Clock(i64),
    /// About the panel for adding and editing.
    Panel(PanelEvent),
    /// About removing an extension.
    Removal(RemovalEvent),
    /// About which rows are chosen.
    Selection(SelectionEvent),
    /// About removing all chosen rows.
    Bulk(BulkEvent),
    /// About taking a removal back.
    Undo(UndoEvent),
    /// About writes that wait for the connection.
    Outbox(OutboxEvent),
    /// About changes of a number that were cut off half-way.
    Moves(MovesEvent),
    /// About the connection to Sync.
    Connection(ConnectionEvent),
    /// About which rows the table shows.
    Roster(RosterEvent),
    /// The teams of the Workers that were asked about, by their SIDs.
    TeamsFetched(Result<Vec<(String, String)>, Problem>),
    /// The time that was asked for with [`Effect::Wait`] is over.
    Elapsed(Timer),
}

/// Something to be done outside. What comes of it returns as an [`Event`].
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Connect to Sync, subscribe to the Map and to the word who is publishing, then read all pages. Replaces what was open.
    OpenDraft,
    /// Hand the Flex user's present token to the Sync client.
    RenewToken,
    /// Ask the server what is published.
    List {
        /// To be returned with the answer.
        request: u32,
    },
    /// Look for Workers whose name contains a text.
    SearchWorkers {
        /// To be returned with the answer.
        request: u32,
        /// Part of a name.
        text: String,
    },
    /// Ask for the teams of some Workers.
    FetchTeams(Vec<WorkerSid>),
    /// Write one Map Item, if the guard allows it.
    Put(Put),
    /// Remove one Map Item. One that is gone already is a success.
    Remove {
        /// The Map Item's key.
        key: String,
        /// To be returned with the answer.
        request: u32,
    },
    /// Write a removed row again as it was, if [`judge_restore`] allows it.
    Restore {
        /// The Map Item's key.
        key: String,
        /// The row as it was.
        row: Box<AgentExtension>,
        /// To be returned with the answer.
        request: u32,
    },
    /// Ask the server for a Build of these rows.
    Update {
        /// To be returned with the answer.
        attempt: u32,
        /// The rows as they were reviewed.
        rows: Vec<Value>,
        /// The Asset Version that they are meant to replace.
        version: Option<String>,
        /// Their number, where a person confirmed it.
        confirmed_count: Option<usize>,
    },
    /// Ask the server to discard the publish that got this far.
    Discard {
        /// To be returned with the answer.
        request: u32,
        /// The Build's SID, if it has one.
        build_sid: Option<String>,
        /// When it began.
        started_at: String,
    },
    /// Report [`Event::Clock`].
    ReadClock,
    /// Ask the server how the Build is doing.
    FetchStatus {
        /// To be returned with the answer.
        attempt: u32,
        /// The Build's SID.
        build_sid: String,
    },
    /// Ask the server to deploy the Build.
    Deploy {
        /// To be returned with the answer.
        attempt: u32,
        /// The Build's SID.
        build_sid: String,
    },
    /// Report [`Event::Elapsed`] after this time. Asking again for a timer of the same kind replaces it.
    Wait {
        /// How long.
        milliseconds: u32,
        /// What to report.
        timer: Timer,
    },
    /// Keep these writes for the case that the page is reloaded, in place of those that were kept before.
    KeepWrites(Vec<Value>),
    /// Show a Flex notification.
    Notify(Notification),
}

/// What a wait is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Timer {
    /// The person stopped typing a name; holds the search it is for.
    Search(u32),
    /// It is time to ask for the Build's status again; holds the publish attempt.
    Poll(u32),
    /// Somebody has been publishing for another second.
    Second,
    /// "Connected again" was shown long enough.
    SaidBack,
    /// A change of a number had time enough to finish.
    MoveDue,
    /// The next of many removals may be sent.
    Bulk,
    /// The next of many removed rows may be written again.
    Restore,
    /// A removal was offered to be taken back long enough; holds which offer.
    Undo(u32),
    /// A round of the marks on rows that others changed is over.
    Marks,
    /// It is time to speak of what others changed.
    Speak,
}

/// What Flex is to tell the person, whichever view is open.
#[derive(Clone, Debug, PartialEq)]
pub enum Notification {
    /// An extension was written.
    Saved(AgentExtension),
    /// The draft is live; holds how many extensions.
    Published(usize),
    /// The draft did not go live.
    PublishFailed,
    /// An extension could not be written or removed.
    SaveFailed,
}

/// Takes in what happened and says what is to be done.
pub fn update(model: &mut Model, event: Event) -> Vec<Effect> {
    let mut effects = model.take_in(event);
    effects.extend(model.keep_what_failed());
    effects.extend(model.keep_failed_removal());
    effects.extend(model.send_kept());
    effects.extend(model.watch_moves());
    effects
}

impl Model {
    fn take_in(&mut self, event: Event) -> Vec<Effect> {
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
            Event::Bulk(event) => self.bulk_event(event),
            Event::Undo(event) => self.undo_event(event),
            Event::Outbox(event) => self.outbox_event(event),
            Event::Moves(event) => self.moves_event(event),
            Event::Connection(event) => self.connection.update(event),
            Event::Roster(event) => self.roster_event(event),
            Event::TeamsFetched(answer) => self.teams_fetched(answer),
            Event::Elapsed(Timer::Search(request)) => self.panel_event(PanelEvent::SearchDue(request)),
            Event::Elapsed(Timer::Poll(attempt)) => self.publish_event(PublishEvent::PollDue(attempt)),
            Event::Elapsed(Timer::Second) => vec![Effect::ReadClock],
            Event::Elapsed(Timer::SaidBack) => self.connection.said_back(),
            Event::Elapsed(Timer::MoveDue) => self.move_due(),
            Event::Elapsed(Timer::Bulk) => self.remove_next(),
            Event::Elapsed(Timer::Restore) => self.restore_next(),
            Event::Elapsed(Timer::Undo(serial)) => self.undo_due(serial),
            Event::Elapsed(Timer::Marks) => self.marks.fade(),
            Event::Elapsed(Timer::Speak) => self.marks.speak(),
        }
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

    fn next_request(&mut self) -> u32 {
        self.requests += 1;
        self.requests
    }
}
