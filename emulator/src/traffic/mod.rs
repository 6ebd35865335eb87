//! What was asked of the emulator, and the failures that a test ordered.
//!
//! Knows nothing of what the calls mean. The same two tables serve REST and the requests inside Twilsock.

mod body;
mod layer;

use std::collections::VecDeque;
use std::sync::Mutex;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::rest::{RestError, date, now};
pub use body::redacted;
pub use layer::record_and_disturb;

/// Older calls are forgotten, so that a long development session does not grow without end.
const KEPT_CALLS: usize = 20_000;

/// One request and the status it got.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Call {
    /// `rest` or `twilsock`.
    pub via: &'static str,
    /// The HTTP method.
    pub method: String,
    /// The host without `.twilio.com`, then the path: `/serverless/v1/Services`, `/cds.us1/v3/Maps`.
    pub path: String,
    /// The query's fields by name.
    pub query: Value,
    /// The body: a form's fields by name, JSON as it is, null if there was none.
    pub body: Value,
    /// The HTTP status of the answer.
    pub status: u16,
}

/// A call in the log.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Recorded {
    /// Its position in the log, counted from 1.
    pub seq: u64,
    /// When it was answered, RFC 3339.
    pub at: String,
    /// The request, without secrets, and its status.
    #[serde(flatten)]
    pub call: Call,
}

/// An ordered failure that a request has to answer with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The HTTP status.
    pub status: u16,
    /// Twilio's error code.
    pub code: u32,
    /// A sentence.
    pub message: String,
    /// Seconds for the `Retry-After` header, if any.
    pub retry_after: Option<u32>,
}

/// What is to happen to the next requests that match.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Disturbance {
    /// They fail.
    Fail(Fault),
    /// They are answered later.
    Delay(Duration),
}

/// Which requests an order is about.
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
}

fn once() -> u32 {
    1
}

#[derive(Debug, Default)]
struct Log {
    last_seq: u64,
    calls: VecDeque<Recorded>,
}

/// The call log and the ordered disturbances.
#[derive(Debug, Default)]
pub struct Traffic {
    log: Mutex<Log>,
    orders: Mutex<Vec<(Target, Disturbance)>>,
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}

impl Traffic {
    /// Adds a call to the log. Tokens and passwords in it are left out.
    pub fn record(&self, call: Call) {
        let call = Call { query: redacted(call.query), body: redacted(call.body), ..call };
        let mut log = lock(&self.log);
        log.last_seq += 1;
        let (seq, at) = (log.last_seq, date(now()));
        log.calls.push_back(Recorded { seq, at, call });
        if log.calls.len() > KEPT_CALLS {
            log.calls.pop_front();
        }
    }

    /// The calls after a position in the log, oldest first.
    #[must_use]
    pub fn calls(&self, since: u64) -> Vec<Recorded> {
        lock(&self.log).calls.iter().filter(|call| call.seq > since).cloned().collect()
    }

    /// Orders what the next requests that match are to meet.
    pub fn order(&self, target: Target, disturbance: Disturbance) {
        lock(&self.orders).push((target, disturbance));
    }

    /// Forgets the orders that were not met yet.
    pub fn withdraw_orders(&self) {
        lock(&self.orders).clear();
    }

    /// What a request meets before it is answered: waits as long as ordered, and returns the failure if one was.
    pub async fn meet(&self, method: &str, path: &str) -> Option<Fault> {
        let delay = self.take(method, path, |disturbance| match disturbance {
            Disturbance::Delay(delay) => Some(*delay),
            Disturbance::Fail(_) => None,
        });
        if let Some(delay) = delay {
            tokio::time::sleep(delay).await;
        }
        self.take(method, path, |disturbance| match disturbance {
            Disturbance::Fail(fault) => Some(fault.clone()),
            Disturbance::Delay(_) => None,
        })
    }

    fn take<T>(&self, method: &str, path: &str, pick: impl Fn(&Disturbance) -> Option<T>) -> Option<T> {
        let mut orders = lock(&self.orders);
        let at = orders.iter().position(|(target, disturbance)| {
            target.times > 0 && target.matches(method, path) && pick(disturbance).is_some()
        })?;
        let found = pick(&orders[at].1);
        orders[at].0.times -= 1;
        orders.retain(|(target, _)| target.times > 0);
        found
    }
}

impl Target {
    fn matches(&self, method: &str, path: &str) -> bool {
        self.method.as_deref().is_none_or(|wanted| wanted.eq_ignore_ascii_case(method)) && path.contains(&self.path)
    }
}

impl From<Fault> for RestError {
    fn from(fault: Fault) -> Self {
        let status =
            axum::http::StatusCode::from_u16(fault.status).unwrap_or(axum::http::StatusCode::INTERNAL_SERVER_ERROR);
        Self::new(status, fault.code, fault.message).retry_after(fault.retry_after)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn fault(status: u16) -> Disturbance {
        Disturbance::Fail(Fault { status, code: 20503, message: "ordered".into(), retry_after: None })
    }

    fn target(method: &str, path: &str, times: u32) -> Target {
        Target { method: Some(method.into()), path: path.into(), times }
    }

    #[tokio::test]
    async fn an_ordered_failure_is_met_as_often_as_ordered_and_only_by_what_matches() {
        let traffic = Traffic::default();
        traffic.order(target("POST", "/Builds", 2), fault(503));
        assert_eq!(traffic.meet("GET", "/serverless/v1/Builds").await, None);
        assert_eq!(traffic.meet("POST", "/serverless/v1/Assets").await, None);
        for _ in 0..2 {
            assert_eq!(traffic.meet("post", "/serverless/v1/Builds").await.map(|fault| fault.status), Some(503));
        }
        assert_eq!(traffic.meet("POST", "/serverless/v1/Builds").await, None);
    }

    #[test]
    fn the_log_is_in_order_and_holds_no_tokens() {
        let traffic = Traffic::default();
        for status in [200, 404] {
            traffic.record(Call {
                via: "rest",
                method: "POST".into(),
                path: "/iam/x".into(),
                query: json!({"token": "secret"}),
                body: json!({"token": "secret", "deep": [{"Token": "secret", "kept": 1}]}),
                status,
            });
        }
        let calls = traffic.calls(1);
        assert_eq!(calls.len(), 1);
        assert_eq!((calls[0].seq, calls[0].call.status), (2, 404));
        let text = serde_json::to_string(&traffic.calls(0)).unwrap();
        assert!(!text.contains("secret"), "{text}");
        assert!(text.contains("\"kept\":1"), "{text}");
    }
}
