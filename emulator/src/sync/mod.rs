//! Twilio Sync: Maps, Map Items and everybody who listens to them. Its two front ends are `sync_rest` and `twilsock`.
//! [`Sync`] may be used from outside, and through it a [`Turn`]: all that touches a Map happens in one, one at a time.
//! Does not know requests, sockets or other products.

pub mod date;
pub mod error;
mod expiry;
pub mod hub;
pub mod insights;
pub mod items;
pub mod maps;
pub mod paging;
pub mod records;
mod seed;
pub mod subscription;
pub mod ttl;
pub mod turn;

use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use serde_json::Value;
use tokio::sync::mpsc::UnboundedSender;

use crate::clock::Clock;
use crate::sid::random_sid;
use crate::store::{Store, StoreError};
use error::SyncError;
use hub::{Hub, Outgoing, PeerId};
use records::{NAMES, Namespace};
use turn::Turn;

const STATE: &str = "sync.state";
const STORAGE_ID: &str = "storage_id";

/// The Sync product: who is connected, and which data set this is.
#[derive(Debug)]
pub struct Sync {
    clock: Clock,
    hub: Mutex<Hub>,
    storage_id: Mutex<String>,
    /// How late what has expired is removed, in seconds.
    lateness: AtomicU32,
}

impl Sync {
    /// Opens the data set, naming it if it is new.
    ///
    /// # Errors
    ///
    /// [`StoreError`] when the storage cannot be read or written.
    pub fn open(store: &Store, clock: Clock) -> Result<Self, StoreError> {
        let storage_id = match store.get(STATE, STORAGE_ID)? {
            Some(known) => known,
            None => name_data_set(store)?,
        };
        Ok(Self { clock, hub: Mutex::default(), storage_id: Mutex::new(storage_id), lateness: AtomicU32::new(0) })
    }

    /// Takes note that the storage was cleared: every connection is dropped and browsers' caches become void.
    ///
    /// # Errors
    ///
    /// [`StoreError`] when the storage cannot be written.
    pub fn reset(&self, store: &Store) -> Result<(), StoreError> {
        *lock(&self.storage_id) = name_data_set(store)?;
        self.drop_sockets();
        Ok(())
    }

    /// From now on, what has expired is removed this much later than it could be, in seconds. Twilio promises no instant.
    ///
    /// <https://www.twilio.com/docs/sync/api/map-item-resource>
    pub fn remove_expired_late(&self, seconds: u32) {
        self.lateness.store(seconds, Ordering::Relaxed);
    }

    /// The name of the data set: what a browser cached under another name is void.
    #[must_use]
    pub fn storage_id(&self) -> String {
        lock(&self.storage_id).clone()
    }

    /// Begins a turn: nobody else reads or writes Maps until it is dropped. Expired Items and Maps are gone in it.
    ///
    /// # Errors
    ///
    /// [`SyncError`] when the storage fails.
    pub fn turn<'a>(&'a self, store: &'a Store) -> Result<Turn<'a>, SyncError> {
        let mut turn = Turn::new(&self.clock, lock(&self.hub), store);
        turn.remove_expired(self.lateness.load(Ordering::Relaxed))?;
        Ok(turn)
    }

    /// Registers a connection that has signed in.
    pub fn join(&self, identity: &str, outbox: UnboundedSender<Outgoing>) -> PeerId {
        lock(&self.hub).join(identity, outbox)
    }

    /// Forgets a connection and its subscriptions.
    pub fn leave(&self, peer: PeerId) {
        lock(&self.hub).leave(peer);
    }

    /// Drops every connection, without a closing frame, so that clients come back at once.
    pub fn drop_sockets(&self) {
        lock(&self.hub).send_to(None, &Outgoing::Drop);
    }

    /// Drops the connections of one identity, or all, because their tokens have expired.
    pub fn tokens_expired(&self, identity: Option<&str>) {
        lock(&self.hub).send_to(identity, &Outgoing::Drop);
    }

    /// Tells every connection that its token is about to expire.
    pub fn tokens_about_to_expire(&self) {
        lock(&self.hub).send_to(None, &Outgoing::TokenAboutToExpire);
    }

    /// Puts many Items into a Map of the default Service in one transaction, creating the Map if need be.
    ///
    /// # Errors
    ///
    /// [`StoreError`] when the storage fails.
    pub fn seed_map(
        &self,
        store: &Store,
        unique_name: &str,
        items: impl Iterator<Item = (String, Value)>,
    ) -> Result<(), StoreError> {
        Turn::new(&self.clock, lock(&self.hub), store).seed_map(unique_name, items)
    }

    /// The SID of a Map of the default Service.
    ///
    /// # Errors
    ///
    /// [`StoreError`] when the storage fails.
    pub fn map_sid(&self, store: &Store, unique_name: &str) -> Result<Option<String>, StoreError> {
        store.get(NAMES, &Namespace::default_service().name_key(unique_name))
    }
}

fn name_data_set(store: &Store) -> Result<String, StoreError> {
    let storage_id = random_sid("SS");
    store.write(|tx| tx.put(STATE, STORAGE_ID, &storage_id))?;
    Ok(storage_id)
}

/// A thread that panicked in its turn wrote nothing, so what the lock guards is still sound.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
