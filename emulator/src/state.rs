//! What every handler can reach: the account, its storage, its clock, and what is kept in memory only.
//!
//! Knows none of the APIs and sockets that answer from it, nor how it comes to be. Of the products it holds the domain of
//! Sync alone, on which several of them stand: `sync_rest`, `twilsock`, `flex` and the demo data.

use std::sync::Arc;
use std::time::Duration;

use crate::account::Account;
use crate::clock::Clock;
use crate::store::Store;
use crate::sync::Sync;
use crate::traffic::Traffic;
use crate::worker_events::WorkerEvents;

/// The state of a running emulator.
#[derive(Debug)]
pub struct AppState {
    /// `http://127.0.0.1:<port>`, without a trailing slash.
    pub base: String,
    /// The base URL of the backend, which the plugin reads from the Flex configuration.
    pub functions_base: String,
    /// How many extensions a reset seeds unless it is told.
    pub demo: usize,
    /// How long a Build stays `building`.
    pub build_delay: Duration,
    /// What every date, expiry and wait goes by. Tests hold it and move it on.
    pub clock: Clock,
    /// The embedded storage: every record that survives a restart.
    pub store: Store,
    /// The account, its credentials and the tokens that it gives out.
    pub account: Account,
    /// Sync: Maps, Map Items and who listens to them.
    pub sync: Sync,
    /// The recorded calls and the faults to inject.
    pub traffic: Arc<Traffic>,
    /// The Flex UIs that listen to their Workers.
    pub worker_events: WorkerEvents,
}
