//! Tells the Flex UIs of a person that their Worker changed.
//!
//! Knows nothing of sockets: see `event_bridge`.

use serde_json::{Value, json};
use tokio::sync::broadcast;

use crate::account::Account;
use crate::taskrouter::Worker;

/// More events than this are not kept for a client that is slow to read them.
const KEPT: usize = 64;

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
        Self(broadcast::channel(KEPT).0)
    }
}

impl WorkerEvents {
    /// Listens from now on.
    #[must_use]
    pub fn listen(&self) -> broadcast::Receiver<WorkerEvent> {
        self.0.subscribe()
    }

    /// Tells everybody that a Worker is in another Activity now.
    pub fn activity_updated(&self, account: &Account, worker: &Worker) {
        let message = json!({"event_type": "worker.activity.update", "payload": worker.for_flex(account)});
        // Nobody listening is no failure.
        let _nobody = self.0.send(WorkerEvent { worker_sid: worker.sid.clone(), message });
    }
}
