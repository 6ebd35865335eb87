//! When to try a call again, and after how long.
//!
//! Knows nothing of the network. No crate does this through a host's own timer and with Twilio's
//! `Retry-After`, so it is written out here.

use std::time::Duration;

use http::StatusCode;

/// The longest that one call waits because Twilio asked for it. Studio gives up after 10 s, so a longer wait
/// is passed on to the caller instead.
const LONGEST_RETRY_AFTER: Duration = Duration::from_secs(2);

/// How often and how patiently a call is repeated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RetryPolicy {
    /// How many times a call is repeated after the first try.
    pub limit: u32,
    /// The wait before the first repetition.
    pub min_backoff: Duration,
    /// The longest wait between two tries.
    pub max_backoff: Duration,
}

impl RetryPolicy {
    /// How long to wait before repetition number `attempt`, counted from 0; `None` to give up.
    pub(crate) fn pause(self, attempt: u32, retry_after: Option<Duration>) -> Option<Duration> {
        if attempt >= self.limit {
            return None;
        }
        match retry_after {
            Some(asked) if asked > LONGEST_RETRY_AFTER.max(self.max_backoff) => None,
            Some(asked) => Some(asked),
            None => Some(self.min_backoff.saturating_mul(1 << attempt.min(20)).min(self.max_backoff)),
        }
    }
}

/// Whether an answer may be different next time. A rate limit means that nothing was done, so any call may be
/// repeated; after a server error only one that does no harm when it is done twice.
pub(crate) fn is_passing(status: StatusCode, repeatable: bool) -> bool {
    status == StatusCode::TOO_MANY_REQUESTS || (repeatable && status.is_server_error())
}

/// The wait that `Retry-After` asks for, in whole seconds (RFC 9110, 10.2.3; Twilio sends no dates there).
pub(crate) fn retry_after(headers: &http::HeaderMap) -> Option<Duration> {
    headers.get(http::header::RETRY_AFTER)?.to_str().ok()?.trim().parse().ok().map(Duration::from_secs)
}

#[cfg(test)]
mod tests {
    use super::*;

    const POLICY: RetryPolicy =
        RetryPolicy { limit: 5, min_backoff: Duration::from_millis(100), max_backoff: Duration::from_millis(300) };

    #[test]
    fn the_wait_doubles_up_to_its_bound_and_ends_at_the_limit() {
        let waits: Vec<_> = (0..6).map(|attempt| POLICY.pause(attempt, None).map(|wait| wait.as_millis())).collect();
        assert_eq!(waits, [Some(100), Some(200), Some(300), Some(300), Some(300), None]);
    }

    #[test]
    fn twilios_own_wait_is_kept_unless_it_is_too_long_to_wait_for() {
        assert_eq!(POLICY.pause(0, Some(Duration::from_secs(1))), Some(Duration::from_secs(1)));
        assert_eq!(POLICY.pause(0, Some(Duration::from_secs(30))), None);
    }

    #[test]
    fn a_call_that_must_not_happen_twice_is_repeated_only_after_a_rate_limit() {
        assert!(is_passing(StatusCode::TOO_MANY_REQUESTS, false));
        assert!(is_passing(StatusCode::BAD_GATEWAY, true));
        assert!(!is_passing(StatusCode::BAD_GATEWAY, false));
        assert!(!is_passing(StatusCode::NOT_FOUND, true));
    }
}
