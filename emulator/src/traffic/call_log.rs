//! The log of what was asked of the emulator.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};

use serde::Serialize;
use serde_json::Value;

use super::body::redacted;
use crate::clock::Clock;
use crate::rest::date;

/// Older calls are forgotten, so that a long development session does not grow without end.
const CAPACITY: usize = 20_000;

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
    /// The HTTP status of the answer, also if the answer was lost; 0 if it was lost before there was one.
    pub status: u16,
}

/// A call in the log.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RecordedCall {
    /// Its position in the log, counted from 1.
    pub seq: u64,
    /// When it was answered, RFC 3339.
    pub at: String,
    /// The request, without secrets, and its status.
    #[serde(flatten)]
    pub call: Call,
}

#[derive(Debug)]
pub(super) struct CallLog {
    clock: Clock,
    entries: Mutex<Entries>,
}

#[derive(Debug, Default)]
struct Entries {
    last_seq: u64,
    calls: VecDeque<RecordedCall>,
}

impl CallLog {
    pub(super) fn new(clock: Clock) -> Self {
        Self { clock, entries: Mutex::default() }
    }

    /// Adds a call. Tokens and passwords in it are left out.
    pub(super) fn record(&self, call: Call) {
        let call = Call { query: redacted(call.query), body: redacted(call.body), ..call };
        let mut entries = self.entries.lock().unwrap_or_else(PoisonError::into_inner);
        entries.last_seq += 1;
        let (seq, at) = (entries.last_seq, date(self.clock.now_microseconds()));
        entries.calls.push_back(RecordedCall { seq, at, call });
        if entries.calls.len() > CAPACITY {
            entries.calls.pop_front();
        }
    }

    /// The calls after a position, oldest first.
    pub(super) fn calls(&self, since: u64) -> Vec<RecordedCall> {
        let entries = self.entries.lock().unwrap_or_else(PoisonError::into_inner);
        entries.calls.iter().filter(|call| call.seq > since).cloned().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn the_log_is_in_order_and_holds_no_tokens() {
        let log = CallLog::new(Clock::default());
        for status in [200, 404] {
            log.record(Call {
                via: "rest",
                method: "POST".into(),
                path: "/iam/x".into(),
                query: json!({"token": "secret"}),
                body: json!({"token": "secret", "deep": [{"Token": "secret", "kept": 1}]}),
                status,
            });
        }
        let calls = log.calls(1);
        assert_eq!(calls.len(), 1);
        assert_eq!(calls[0].seq, 2);
        assert_eq!(calls[0].call.status, 404);
        let text = serde_json::to_string(&log.calls(0)).unwrap();
        assert!(!text.contains("secret"), "{text}");
        assert!(text.contains("\"kept\":1"), "{text}");
    }
}
