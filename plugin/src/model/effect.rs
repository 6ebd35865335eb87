//! Everything that the model asks the outside for.

use serde_json::Value;
use shared::{AgentExtension, WorkerSid};

use super::draft::Write;

/// Something to be done outside. What comes of it returns as an [`Event`](super::Event).
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Connect to Sync, subscribe to the Map and to the publish lock, then read all pages. Replaces what was open.
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
    /// Write or remove one Map Item. Answered by [`Event::Answered`](super::Event::Answered).
    Write {
        /// To be returned with the answer.
        request: u32,
        /// The Map Item's key.
        key: String,
        /// What is to be done with it.
        what: Write,
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
    /// Report [`Event::Clock`](super::Event::Clock).
    ReadClock,
    /// Ask the server how the Build is doing.
    FetchBuildStatus {
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
    /// Report [`Event::Elapsed`](super::Event::Elapsed) after this time. Asking again for a timer of the same kind replaces it.
    Wait {
        /// How long.
        milliseconds: u32,
        /// What to report.
        timer: Timer,
    },
    /// Keep these writes for the case that the page is reloaded, in place of those that were kept before.
    StorePending(Vec<Value>),
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
    ReconnectedShown,
    /// A change of a number had time enough to finish.
    RenumberingDue,
    /// The next of many removals may be sent.
    RemoveNext,
    /// The next of many removed rows may be written again.
    RestoreNext,
    /// A removal was offered to be taken back long enough; holds which offer.
    Undo(u32),
    /// A round of the marks on rows that others changed is over.
    RecentChanges,
    /// It is time to announce what others changed.
    Announce,
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
