//! Subscribing to a Map: what was missed since a known event, then every change as it happens.
//!
//! Knows nothing of the wire. There is no event log: the newest version of each Item and the tombstones are enough.

use std::ops::Bound;
use std::sync::Arc;

use super::error::SyncError;
use super::hub::{Change, ChangeKind, PeerId};
use super::records::{ItemRecord, MapRecord, Namespace, items_of, tombstones_of};
use super::turn::Turn;

/// A subscription that has just begun.
#[derive(Clone, Debug)]
pub struct NewSubscription {
    /// The id of the Map's latest event.
    pub last_event_id: u64,
    /// What was missed, oldest first. The ids are the `last_event_id` of each change's Map.
    pub missed: Vec<Arc<Change>>,
}

impl Turn<'_> {
    /// Lets a connection listen to a Map, which it saw last right after the event `since`, if at all.
    ///
    /// # Errors
    ///
    /// [`SyncError`] 54200 when this namespace has no such Map.
    pub fn subscribe(
        &mut self,
        peer: PeerId,
        namespace: &Namespace,
        map_sid: &str,
        since: Option<u64>,
    ) -> Result<NewSubscription, SyncError> {
        let map = self.fetch_map(namespace, map_sid).map_err(|error| match error.status {
            404 => SyncError::map_not_found(),
            _ => error,
        })?;
        self.hub.listen(peer, &map.sid);
        let missed = since.map(|since| self.missed(&map, since)).transpose()?.unwrap_or_default();
        Ok(NewSubscription { last_event_id: map.last_event_id, missed })
    }

    /// Ends a subscription.
    pub fn unsubscribe(&mut self, peer: PeerId, map_sid: &str) {
        self.hub.stop_listening(peer, map_sid);
    }

    fn missed(&self, map: &MapRecord, since: u64) -> Result<Vec<Arc<Change>>, SyncError> {
        if since >= map.last_event_id {
            return Ok(Vec::new());
        }
        let mut changes = Vec::new();
        self.store.scan(&items_of(&map.sid), Bound::Unbounded, Bound::Unbounded, false, |_, item: ItemRecord| {
            if item.last_event_id > since {
                let added = item.created_event_id > since;
                let kind = if added { ChangeKind::ItemAdded } else { ChangeKind::ItemUpdated };
                changes.push(at_event(map, item.last_event_id, kind(item)));
            }
            true
        })?;
        self.store.scan(
            &tombstones_of(&map.sid),
            Bound::Unbounded,
            Bound::Unbounded,
            false,
            |key, event_id: u64| {
                if event_id > since {
                    changes.push(at_event(map, event_id, ChangeKind::ItemGone(key.to_owned())));
                }
                true
            },
        )?;
        changes.sort_by_key(|change| change.map.last_event_id);
        Ok(changes)
    }
}

fn at_event(map: &MapRecord, event_id: u64, kind: ChangeKind) -> Arc<Change> {
    Arc::new(Change { map: MapRecord { last_event_id: event_id, ..map.clone() }, kind })
}
