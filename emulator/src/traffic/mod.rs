//! What was asked of the emulator, and the faults that a test injects, for REST and for requests inside Twilsock.
//! [`Traffic`] may be used by every product; [`record_and_inject`] is the middleware for REST.
//! Does not know what any call means.

mod body;
mod call_log;
mod faults;
mod layer;
mod loss;
mod samples;

use std::io;
use std::time::Duration;

use axum::http::HeaderMap;
use axum::response::Response;

use crate::clock::Clock;
use call_log::CallLog;
pub use call_log::{Call, RecordedCall};
use faults::Faults;
pub use faults::{Failure, Fault, Loss, LossKind, ReplyFault, Target};
pub use layer::record_and_inject;
pub(crate) use loss::{GARBAGE, GATEWAY_PAGE};
use samples::Samples;

/// The call log, the injected faults, and the samples if somebody wants them.
#[derive(Debug)]
pub struct Traffic {
    clock: Clock,
    log: CallLog,
    faults: Faults,
    samples: Option<Samples>,
}

impl Traffic {
    /// An empty log without faults.
    #[must_use]
    pub fn new(clock: Clock) -> Self {
        Self { log: CallLog::new(clock.clone()), faults: Faults::new(clock.clone()), clock, samples: None }
    }

    /// The same, with samples where the environment names a folder for them.
    ///
    /// # Errors
    ///
    /// When that can not be written.
    pub fn from_env(clock: Clock) -> io::Result<Self> {
        Ok(Self { samples: Samples::from_env()?, ..Self::new(clock) })
    }

    /// Records a call that is answered, and keeps a sample of it if somebody wants one.
    async fn keep(&self, call: Call, headers: &HeaderMap, response: Response) -> Response {
        let call = Call { status: response.status().as_u16(), ..call };
        let response = match &self.samples {
            Some(samples) => samples.keep(&call, headers, response).await.unwrap_or_else(layer::not_kept),
            None => response,
        };
        self.record(call);
        response
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
