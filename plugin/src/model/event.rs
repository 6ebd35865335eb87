//! Everything that can happen to the model, by the room that it happens in.

use super::connection::ConnectionEvent;
use super::draft_events::DraftEvent;
use super::editing::PanelEvent;
use super::effect::Timer;
use super::problem::Problem;
use super::publishing::{DiscardEvent, PublishEvent, PublishedEvent, ReviewEvent};
use super::table::{RosterEvent, SelectionEvent};
use super::writes::{BulkEvent, OutboxEvent, RemovalEvent, RenumberingEvent, UndoEvent};

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
    Renumbering(RenumberingEvent),
    /// About the connection to Sync.
    Connection(ConnectionEvent),
    /// About which rows the table shows.
    Roster(RosterEvent),
    /// The teams of the Workers that were asked about, by their SIDs.
    TeamsFetched(Result<Vec<(String, String)>, Problem>),
    /// The time that was asked for with [`Effect::Wait`] is over.
    Elapsed(Timer),
}
