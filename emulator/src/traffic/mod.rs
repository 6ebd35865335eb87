//! What was asked of the emulator, and the faults that a test injects, for REST and for requests inside Twilsock.
//! [`Traffic`] may be used by every product; [`record_and_inject`] is the middleware for REST.
//! Does not know what any call means.

mod body;
mod call_log;
mod faults;
mod layer;
mod samples;

use std::io;

use crate::clock::Clock;
use call_log::CallLog;
pub use call_log::{Call, RecordedCall};
use faults::Faults;
pub use faults::{Failure, Fault, Target};
pub use layer::record_and_inject;
use samples::Samples;

/// The call log, the injected faults, and the samples if somebody wants them.
#[derive(Debug)]
pub struct Traffic {
    log: CallLog,
    faults: Faults,
    samples: Option<Samples>,
}

impl Traffic {
    /// An empty log without faults.
    ///
    /// # Errors
    ///
    /// When the environment asks for samples in a folder that cannot be written.
    pub fn new(clock: Clock) -> io::Result<Self> {
        let samples = Samples::from_env()?;
        Ok(Self { log: CallLog::new(clock.clone()), faults: Faults::new(clock), samples })
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

    /// Waits for as long as a request is to be delayed, and returns the failure that it is to be answered with.
    pub async fn failure_for(&self, method: &str, path: &str) -> Option<Failure> {
        self.faults.failure_for(method, path).await
    }
}
