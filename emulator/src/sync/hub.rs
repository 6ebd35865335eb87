//! Who is connected, and who listens to which Map.
//!
//! Knows nothing of storage or of the bytes on the wire.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use bytes::Bytes;
use tokio::sync::mpsc::UnboundedSender;

use super::records::{ItemRecord, MapRecord};

/// Something that happened to a Map.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// The Map right after it happened; its `last_event_id` is the id of this event.
    pub map: MapRecord,
    /// What happened.
    pub kind: ChangeKind,
}

/// What happened to a Map.
#[derive(Clone, Debug, PartialEq)]
pub enum ChangeKind {
    /// A key that was not there before has an Item now.
    ItemAdded(ItemRecord),
    /// An Item has new data.
    ItemUpdated(ItemRecord),
    /// The Item is gone; this is what it was.
    ItemRemoved(ItemRecord),
    /// The Item under this key was removed while the listener was away; only a tombstone is left of it.
    ItemGone(String),
    /// The Map itself is gone.
    MapRemoved,
}

/// What is waiting to be sent to one connection, in order.
#[derive(Clone, Debug)]
pub enum Outgoing {
    /// A finished frame.
    Frame(Bytes),
    /// A change of a Map that the connection listens to.
    Change(Arc<Change>),
    /// The token is about to expire.
    TokenAboutToExpire,
    /// Drop the connection at once, without a closing frame.
    Drop,
}

#[derive(Debug)]
struct Peer {
    identity: String,
    outbox: UnboundedSender<Outgoing>,
    listens_to: BTreeSet<String>,
}

/// The identifier of one signed-in connection.
pub type PeerId = u64;

/// All signed-in connections.
#[derive(Debug, Default)]
pub struct Hub {
    peers: BTreeMap<PeerId, Peer>,
    next: PeerId,
}

impl Hub {
    /// Registers a connection that has signed in.
    pub fn join(&mut self, identity: &str, outbox: UnboundedSender<Outgoing>) -> PeerId {
        self.next += 1;
        let peer = Peer { identity: identity.to_owned(), outbox, listens_to: BTreeSet::new() };
        self.peers.insert(self.next, peer);
        self.next
    }

    /// Forgets a connection and all that it listens to.
    pub fn leave(&mut self, peer: PeerId) {
        self.peers.remove(&peer);
    }

    pub(super) fn listen(&mut self, peer: PeerId, map_sid: &str) {
        if let Some(peer) = self.peers.get_mut(&peer) {
            peer.listens_to.insert(map_sid.to_owned());
        }
    }

    pub(super) fn stop_listening(&mut self, peer: PeerId, map_sid: &str) {
        if let Some(peer) = self.peers.get_mut(&peer) {
            peer.listens_to.remove(map_sid);
        }
    }

    /// Queues a change for everybody who listens to its Map, the writer included.
    pub(super) fn publish(&self, change: &Arc<Change>) {
        for peer in self.peers.values().filter(|peer| peer.listens_to.contains(&change.map.sid)) {
            send(peer, Outgoing::Change(change.clone()));
        }
    }

    /// Queues something for every connection, or for those of one identity.
    pub(super) fn send_to(&self, identity: Option<&str>, outgoing: &Outgoing) {
        for peer in self.peers.values().filter(|peer| identity.is_none_or(|wanted| peer.identity == wanted)) {
            send(peer, outgoing.clone());
        }
    }
}

/// A connection that is closing has no receiver any more; it will leave the hub by itself.
fn send(peer: &Peer, outgoing: Outgoing) {
    let _closing = peer.outbox.send(outgoing);
}
