//! Events of Workers, from whoever changes a Worker to the Flex UIs and the live queries that listen.
//!
//! Knows neither Workers nor sockets.

use serde_json::Value;
use tokio::sync::{broadcast, watch};

/// More events than this are not kept for a client that is slow to read them.
const CAPACITY: usize = 64;

/// What happened to a Worker.
#[derive(Clone, Debug)]
pub struct WorkerEvent {
    /// The Worker (`WK…`).
    pub worker_sid: String,
    /// `{event_type, payload}`, as it is sent.
    pub message: Value,
}

/// Who listens to Workers.
#[derive(Debug)]
pub struct WorkerEvents {
    flex: broadcast::Sender<WorkerEvent>,
    index: watch::Sender<()>,
}

impl Default for WorkerEvents {
    fn default() -> Self {
        Self { flex: broadcast::channel(CAPACITY).0, index: watch::Sender::default() }
    }
}

impl WorkerEvents {
    /// Listens from now on.
    #[must_use]
    pub fn listen(&self) -> broadcast::Receiver<WorkerEvent> {
        self.flex.subscribe()
    }

    /// Tells everybody who listens, and who watches the search index.
    pub fn send(&self, event: WorkerEvent) {
        // Nobody listening is no failure.
        let _nobody = self.flex.send(event);
        self.index_has_changed();
    }

    /// Watches the search index of Workers: what has changed in it is for the watcher to find out.
    #[must_use]
    pub fn watch_index(&self) -> watch::Receiver<()> {
        self.index.subscribe()
    }

    /// Tells those who watch the search index that a Worker was created, changed or removed.
    pub fn index_has_changed(&self) {
        self.index.send_replace(());
    }
}
