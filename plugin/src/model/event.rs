//! Everything that can happen to the model, by the room that it happens in.

use super::connection::ConnectionEvent;
use super::draft::Written;
use super::draft_events::DraftEvent;
use super::editing::PanelEvent;
use super::effect::Timer;
use super::problem::Problem;
use super::publishing::{DiscardEvent, PublishEvent, PublishedEvent, ReviewEvent};
use super::table::{RosterEvent, SelectionEvent};
use super::writes::{BulkRemovalEvent, OutboxEvent, RemovalEvent, RenumberingEvent, UndoEvent};

/// Something that happened.
#[derive(Clone, Debug)]
pub enum Event {
    /// The view came on the screen.
    Shown,
    /// The Sync Map was read or changed.
    Draft(DraftEvent),
    /// What is deployed was fetched, or is to be.
    Published(PublishedEvent),
    /// A publish goes on, or is to.
    Publish(PublishEvent),
    /// The review before a publish was opened, filled in or answered.
    Review(ReviewEvent),
    /// The question whether to discard a publish was asked or answered.
    Discard(DiscardEvent),
    /// The time now, in milliseconds since 1970.
    Clock(i64),
    /// Something was typed, chosen or pressed in the panel for adding and editing.
    Panel(PanelEvent),
    /// The question whether to remove an extension was asked or answered.
    Removal(RemovalEvent),
    /// Rows were chosen, or are no longer.
    Selection(SelectionEvent),
    /// The question whether to remove all chosen rows was asked or answered.
    BulkRemoval(BulkRemovalEvent),
    /// A removal is to be taken back, or not.
    Undo(UndoEvent),
    /// A write that waits for the connection is to be sent again or given up.
    Outbox(OutboxEvent),
    /// A change of number that was cut off is to be settled.
    Renumbering(RenumberingEvent),
    /// Sync's answer to a write.
    Answered {
        /// The request it answers.
        request: u32,
        /// What came of it.
        answer: Result<Written, Problem>,
    },
    /// The connection to Sync, or its token, changed.
    Connection(ConnectionEvent),
    /// Other rows are to be shown.
    Roster(RosterEvent),
    /// The teams of the Workers that were asked about, by their SIDs.
    TeamsFetched(Result<Vec<(String, String)>, Problem>),
    /// The time that was asked for with [`Effect::Wait`] is over.
    Elapsed(Timer),
}
