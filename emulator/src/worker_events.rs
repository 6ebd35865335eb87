//! Events of Workers, from whoever changes a Worker to the Flex UIs that listen.
//!
//! Knows neither Workers nor sockets.

use serde_json::Value;
use tokio::sync::broadcast;

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
pub struct WorkerEvents(broadcast::Sender<WorkerEvent>);

impl Default for WorkerEvents {
    fn default() -> Self {
        Self(broadcast::channel(CAPACITY).0)
    }
}

impl WorkerEvents {
    /// Listens from now on.
    #[must_use]
    pub fn listen(&self) -> broadcast::Receiver<WorkerEvent> {
        self.0.subscribe()
    }

    /// Tells everybody who listens.
    pub fn send(&self, event: WorkerEvent) {
        // Nobody listening is no failure.
        let _nobody = self.0.send(event);
    }
}
