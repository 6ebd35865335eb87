//! Faults that a test injects into the next requests that match.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use axum::http::StatusCode;
use serde::Deserialize;

use crate::clock::Clock;
use crate::rest::RestError;

/// What is to happen to the next requests that match.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// They are answered later.
    Delay(Duration),
    /// They are not answered as they would be.
    Reply(ReplyFault),
}

/// What becomes of the reply to a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReplyFault {
    /// It is a failure, and nothing is done.
    Fail(Failure),
    /// It is lost.
    Lose(Loss),
    /// It is cut at once, and what was asked is done this much later: the network kept the request for so long.
    Late(Duration),
}

/// How a reply is lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub struct Loss {
    /// What comes in its place.
    pub how: LossKind,
    /// Whether it is lost before anything was done; otherwise what was asked is done first.
    #[serde(default)]
    pub before: bool,
}

/// What comes in the place of a lost reply.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LossKind {
    /// The connection is closed without a byte.
    Cut,
    /// 502 with a page of HTML, as a gateway on the way sends it.
    Html,
    /// The status of success with a body that is not JSON.
    Garbage,
    /// Nothing, until the client gives up.
    Hang,
}

/// What a request that is to fail is answered with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// The HTTP status.
    pub status: u16,
    /// Twilio's error code.
    pub code: u32,
    /// What Twilio's `message` field is to say.
    pub message: String,
    /// Seconds for the `Retry-After` header, if any.
    pub retry_after: Option<u32>,
}

/// Which requests a fault is for.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Target {
    /// The HTTP method; any if left out.
    #[serde(default)]
    pub method: Option<String>,
    /// A part of the path as the log shows it.
    #[serde(default)]
    pub path: String,
    /// How many requests.
    #[serde(default = "once")]
    pub times: u32,
    /// How many requests that match come first and are spared.
    #[serde(default)]
    pub after: u32,
}

fn once() -> u32 {
    1
}

#[derive(Debug)]
pub(super) struct Faults {
    clock: Clock,
    pending: Mutex<Vec<PendingFault>>,
}

/// A fault that `target.times` requests are still to meet.
#[derive(Debug)]
struct PendingFault {
    target: Target,
    fault: Fault,
}

impl Faults {
    pub(super) fn new(clock: Clock) -> Self {
        Self { clock, pending: Mutex::default() }
    }

    pub(super) fn inject(&self, target: Target, fault: Fault) {
        self.pending().push(PendingFault { target, fault });
    }

    pub(super) fn clear(&self) {
        self.pending().clear();
    }

    /// Waits for as long as a request is to be delayed, and returns what becomes of its reply.
    pub(super) async fn reply_fault_for(&self, method: &str, path: &str) -> Option<ReplyFault> {
        let delay = self.take(method, path, |fault| match fault {
            Fault::Delay(delay) => Some(*delay),
            Fault::Reply(_) => None,
        });
        if let Some(delay) = delay {
            self.clock.sleep(delay).await;
        }
        self.take(method, path, |fault| match fault {
            Fault::Reply(fault) => Some(fault.clone()),
            Fault::Delay(_) => None,
        })
    }

    fn take<T>(&self, method: &str, path: &str, pick: impl Fn(&Fault) -> Option<T>) -> Option<T> {
        let mut pending = self.pending();
        let (met, found) = pending
            .iter_mut()
            .filter(|pending| pending.target.times > 0 && pending.target.matches(method, path))
            .filter_map(|pending| pick(&pending.fault).map(|found| (pending, found)))
            .find_map(|(pending, found)| pending.target.is_due().then_some((pending, found)))?;
        met.target.times -= 1;
        pending.retain(|pending| pending.target.times > 0);
        Some(found)
    }

    fn pending(&self) -> MutexGuard<'_, Vec<PendingFault>> {
        self.pending.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Target {
    fn matches(&self, method: &str, path: &str) -> bool {
        self.method.as_deref().is_none_or(|wanted| wanted.eq_ignore_ascii_case(method)) && path.contains(&self.path)
    }

    /// Whether enough requests came first; otherwise this one is counted.
    fn is_due(&mut self) -> bool {
        let spared = self.after > 0;
        self.after = self.after.saturating_sub(1);
        !spared
    }
}

impl From<Failure> for RestError {
    fn from(failure: Failure) -> Self {
        let status = StatusCode::from_u16(failure.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        Self::new(status, failure.code, failure.message).retry_after(failure.retry_after)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn failure(status: u16) -> ReplyFault {
        ReplyFault::Fail(Failure { status, code: 20503, message: "ordered".into(), retry_after: None })
    }

    fn fault(status: u16) -> Fault {
        Fault::Reply(failure(status))
    }

    fn target(method: &str, path: &str, times: u32) -> Target {
        Target { method: Some(method.into()), path: path.into(), times, after: 0 }
    }

    #[tokio::test]
    async fn an_ordered_failure_is_met_as_often_as_ordered_and_only_by_what_matches() {
        let faults = Faults::new(Clock::default());
        faults.inject(target("POST", "/Builds", 2), fault(503));
        assert_eq!(faults.reply_fault_for("GET", "/serverless/v1/Builds").await, None);
        assert_eq!(faults.reply_fault_for("POST", "/serverless/v1/Assets").await, None);
        for _ in 0..2 {
            assert_eq!(faults.reply_fault_for("post", "/serverless/v1/Builds").await, Some(failure(503)));
        }
        assert_eq!(faults.reply_fault_for("POST", "/serverless/v1/Builds").await, None);
    }

    #[tokio::test]
    async fn requests_that_come_first_are_spared_and_only_those_that_match_are_counted() {
        let faults = Faults::new(Clock::default());
        faults.inject(Target { after: 2, ..target("POST", "/Builds", 1) }, fault(503));
        for path in ["/serverless/v1/Builds", "/serverless/v1/Assets", "/serverless/v1/Builds"] {
            assert_eq!(faults.reply_fault_for("POST", path).await, None, "{path}");
        }
        assert_eq!(faults.reply_fault_for("POST", "/serverless/v1/Builds").await, Some(failure(503)));
        assert_eq!(faults.reply_fault_for("POST", "/serverless/v1/Builds").await, None);
    }
}
