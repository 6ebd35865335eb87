//! The writes that are underway, and who asked for each: whoever asked is told the answer, nobody else.
//!
//! Knows nothing of what the askers do with it.

use std::collections::BTreeMap;

use crate::model::draft::Write;
use crate::model::{Effect, Model};

/// Who asked for a write.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::model) enum Asker {
    /// The panel for adding and editing, for the row or for the removal of the one that it replaces.
    Panel,
    /// The removal of one row.
    Removal,
    /// The removal of all chosen rows.
    BulkRemoval,
    /// Taking a removal back.
    Undo,
    /// A write or a removal that had waited for the connection.
    Outbox,
    /// Settling a change of number that was cut off.
    Renumbering,
}

/// A write that Sync has not answered yet.
#[derive(Clone, Debug)]
pub(in crate::model) struct Sent {
    /// Who is told the answer.
    pub(in crate::model) asker: Asker,
    /// The key of the Map Item.
    pub(in crate::model) key: String,
    /// What was asked for.
    pub(in crate::model) what: Write,
}

/// The writes that are underway, by their requests.
#[derive(Clone, Debug, Default)]
pub(in crate::model) struct Underway(BTreeMap<u32, Sent>);

impl Underway {
    /// Takes the write out that a request belongs to. None where it is answered already.
    pub(in crate::model) fn settle(&mut self, request: u32) -> Option<Sent> {
        self.0.remove(&request)
    }

    /// Whether a write of our own is about the row under this key: its event is no change by others.
    pub(in crate::model) fn is_about(&self, key: &str) -> bool {
        self.0.values().any(|sent| sent.key == key || sent.what.replaced_key() == Some(key))
    }
}

impl Model {
    /// Asks for a write of the Map Item under a key; the answer goes to `asker`.
    pub(in crate::model) fn send(&mut self, asker: Asker, request: u32, key: String, what: Write) -> Effect {
        self.underway.0.insert(request, Sent { asker, key: key.clone(), what: what.clone() });
        Effect::Write { request, key, what }
    }
}
