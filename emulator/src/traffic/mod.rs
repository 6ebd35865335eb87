//! What was asked of the emulator, and the faults that a test injects, for REST and for requests inside Twilsock.
//! [`Traffic`] may be used by every product; [`record_and_inject`] is the middleware for REST.
//! Does not know what any call means.

mod body;
mod call_log;
mod faults;
mod layer;
mod loss;

use std::time::Duration;

use crate::clock::Clock;
use call_log::CallLog;
pub use call_log::{Call, RecordedCall};
use faults::Faults;
pub use faults::{Failure, Fault, Loss, LossKind, ReplyFault, Target};
pub use layer::record_and_inject;
pub(crate) use loss::{GARBAGE, GATEWAY_PAGE};

/// The call log and the injected faults.
#[derive(Debug)]
pub struct Traffic {
    clock: Clock,
    log: CallLog,
    faults: Faults,
}

impl Traffic {
    /// An empty log without faults.
    #[must_use]
    pub fn new(clock: Clock) -> Self {
        Self { log: CallLog::new(clock.clone()), faults: Faults::new(clock.clone()), clock }
    }

    /// Adds a call to the log. Tokens and passwords in it are left out.
    pub fn record(&self, call: Call) {
        self.log.record(call);
    }

    /// The calls after a position in the log, oldest first.
    #[must_use]
    pub fn calls(&self, since: u64) -> Vec<RecordedCall> {
        self.log.calls(since)
    }

    /// Injects a fault into the next requests that match.
    pub fn inject(&self, target: Target, fault: Fault) {
        self.faults.inject(target, fault);
    }

    /// Forgets the faults that no request has met yet.
    pub fn clear_faults(&self) {
        self.faults.clear();
    }

    /// Waits for as long as a request is to be delayed, and returns what becomes of its reply.
    pub async fn reply_fault_for(&self, method: &str, path: &str) -> Option<ReplyFault> {
        self.faults.reply_fault_for(method, path).await
    }

    /// Waits until whoever asked gives up.
    pub async fn hang(&self) {
        self.clock.sleep(Duration::MAX).await;
    }

    /// Waits for as long as a late request is on its way.
    pub async fn be_late(&self, by: Duration) {
        self.clock.sleep(by).await;
    }
}
