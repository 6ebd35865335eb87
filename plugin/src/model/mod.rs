//! What the view knows and how it changes: `update(&mut Model, Event) -> Vec<Effect>`.
//!
//! Pure: it knows nothing of Leptos, JavaScript, Sync, HTTP or the clock. Whoever runs it carries out the effects
//! and reports what came of them as events, so that every story can be told in a plain test.

mod connection;
mod draft;
mod guard;
mod panel;
mod problem;
mod publish;
mod published;
mod removal;
mod roster;
mod saving;
#[cfg(test)]
mod stories;

use serde_json::Value;
use shared::AgentExtension;

pub use connection::{Connection, ConnectionEvent, Link, SocketState};
pub use draft::{Draft, DraftEvent, Item, Reading};
pub use guard::{Guard, Refusal};
pub use panel::{Agent, Mode, NumberProblem, Panel, PanelEvent, Search};
pub use problem::Problem;
pub use publish::{Conflict, Publish, PublishEvent, PublishFailure, Stage};
pub use published::{Loaded, Published, PublishedEvent};
pub use removal::{Removal, RemovalEvent, RemovalState};
pub use roster::{PAGE_SIZE, Roster, by_value};
pub use saving::{Failure, Put, PutOutcome};

/// Everything the view shows.
#[derive(Clone, Debug, Default)]
pub struct Model {
    /// The Sync Map as far as it has been read.
    pub draft: Draft,
    /// What is deployed, as the server last said.
    pub published: Published,
    /// The publish that this view runs, and what stands in its way.
    pub publish: Publish,
    /// Which part of the table is shown.
    pub roster: Roster,
    /// The panel for adding or editing, while it is open.
    pub panel: Option<Panel>,
    /// The question whether to remove an extension, while it is asked.
    pub removal: Option<Removal>,
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
    /// About the panel for adding and editing.
    Panel(PanelEvent),
    /// About removing an extension.
    Removal(RemovalEvent),
    /// About the connection to Sync.
    Connection(ConnectionEvent),
    /// Another page of the table was asked for, counted from 0.
    PageChosen(usize),
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
    /// Write one Map Item, if the guard allows it.
    Put(Put),
    /// Remove one Map Item. One that is gone already is a success.
    Remove {
        /// The Map Item's key.
        key: String,
        /// To be returned with the answer.
        request: u32,
    },
    /// Ask the server for a Build of these rows.
    Update {
        /// To be returned with the answer.
        attempt: u32,
        /// The rows as they stood when the button was pressed.
        rows: Vec<Value>,
        /// The Asset Version that they are meant to replace.
        version: Option<String>,
    },
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
    /// "Connected again" was shown long enough.
    SaidBack,
}

/// What Flex is to tell the person, whichever view is open.
#[derive(Clone, Debug, PartialEq)]
pub enum Notification {
    /// An extension was written.
    Saved(AgentExtension),
    /// An extension was removed.
    Removed(AgentExtension),
    /// The draft is live; holds how many extensions.
    Published(usize),
    /// The draft did not go live.
    PublishFailed,
    /// An extension could not be written or removed.
    SaveFailed,
}

/// Takes in what happened and says what is to be done.
pub fn update(model: &mut Model, event: Event) -> Vec<Effect> {
    match event {
        Event::Shown => model.shown(),
        Event::Draft(event) => model.draft_event(event),
        Event::Published(event) => model.published_event(event),
        Event::Publish(event) => model.publish_event(event),
        Event::Panel(event) => model.panel_event(event),
        Event::Removal(event) => model.removal_event(event),
        Event::Connection(event) => model.connection.update(event),
        Event::PageChosen(page) => {
            model.roster.page = page;
            Vec::new()
        }
        Event::Elapsed(Timer::Search(request)) => model.panel_event(PanelEvent::SearchDue(request)),
        Event::Elapsed(Timer::Poll(attempt)) => model.publish_event(PublishEvent::PollDue(attempt)),
        Event::Elapsed(Timer::SaidBack) => model.connection.said_back(),
    }
}

impl Model {
    /// Opens what is not open yet, and looks anew at what may have been published meanwhile.
    fn shown(&mut self) -> Vec<Effect> {
        let mut effects = Vec::new();
        if self.draft.reading == Reading::NotYet {
            self.draft.set_reading(Reading::Underway);
            effects.push(Effect::OpenDraft);
        }
        effects.push(self.list());
        effects
    }

    fn next_request(&mut self) -> u32 {
        self.requests += 1;
        self.requests
    }

    /// How many extensions differ from what is published; none while either side is not known.
    #[must_use]
    pub fn change_count(&self) -> Option<usize> {
        let loaded = self.published.loaded.as_ref()?;
        (self.draft.reading == Reading::Done).then(|| self.draft.directory().changes_since(&loaded.directory).len())
    }
}
