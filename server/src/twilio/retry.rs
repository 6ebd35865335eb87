//! When to try a call again, and after how long.
//!
//! Knows nothing of the network. The pauses follow the account's settings with full jitter, and `Retry-After` where
//! Twilio says it, as far as there is time.

use std::time::Duration;

use backon::{BackoffBuilder, ExponentialBackoff, ExponentialBuilder};

use super::TwilioError;

/// The longest that one call waits because Twilio asked for it; a longer wait is passed on to whoever asked.
const LONGEST_RETRY_AFTER: Duration = Duration::from_secs(10);

/// How often and how patiently a call is repeated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RetryPolicy {
    /// How many times a call is repeated after the first try.
    pub limit: u32,
    /// The longest wait before the first repetition; it doubles with each one.
    pub min_backoff: Duration,
    /// The longest wait between two tries.
    pub max_backoff: Duration,
}

impl RetryPolicy {
    /// The longest wait before each repetition, as many as there may be.
    pub(super) fn longest_pauses(self) -> ExponentialBackoff {
        ExponentialBuilder::new()
            .with_factor(2.0)
            .with_min_delay(self.min_backoff)
            .with_max_delay(self.max_backoff)
            .with_max_times(self.limit as usize)
            .build()
    }
}

/// The pause before the next try; none to give up.
///
/// `longest` is what the policy allows, none once there are no more repetitions. Of that, `random` picks a part, so that
/// many who failed together do not come back together. `left` is the time until nobody waits for the answer any more.
pub(super) fn pause(
    error: &TwilioError,
    longest: Option<Duration>,
    random: u64,
    left: Option<Duration>,
) -> Option<Duration> {
    let longest = longest?;
    let pause = match error {
        TwilioError::RateLimited { retry_after: Some(asked), .. } if *asked > LONGEST_RETRY_AFTER => return None,
        // At least as long as without it: a wait of nothing is no reason to come back at once.
        TwilioError::RateLimited { retry_after: Some(asked), .. } => (*asked).max(part_of(longest, random)),
        _ => part_of(longest, random),
    };
    (left.is_none_or(|left| pause < left)).then_some(pause)
}

/// Somewhere between nothing and the whole.
fn part_of(longest: Duration, random: u64) -> Duration {
    // The precision of a float is far beyond that of a timer.
    longest.mul_f64(random as f64 / u64::MAX as f64)
}

/// The wait that `Retry-After` asks for, in whole seconds (RFC 9110, 10.2.3; Twilio sends no dates there).
pub(super) fn retry_after(headers: &http::HeaderMap) -> Option<Duration> {
    headers.get(http::header::RETRY_AFTER)?.to_str().ok()?.trim().parse().ok().map(Duration::from_secs)
}

#[cfg(test)]
mod tests {
    use super::*;

    const POLICY: RetryPolicy =
        RetryPolicy { limit: 5, min_backoff: Duration::from_millis(100), max_backoff: Duration::from_millis(300) };
    const SECOND: Duration = Duration::from_secs(1);

    fn rate_limit(seconds: u64) -> TwilioError {
        TwilioError::RateLimited { operation: "fetch Build", retry_after: Some(Duration::from_secs(seconds)) }
    }

    #[test]
    fn the_longest_wait_doubles_up_to_its_bound_and_ends_at_the_limit() {
        let waits: Vec<_> = POLICY.longest_pauses().map(|wait| wait.as_millis()).collect();
        assert_eq!(waits, [100, 200, 300, 300, 300]);
        assert_eq!(RetryPolicy { limit: 0, ..POLICY }.longest_pauses().count(), 0);
    }

    #[test]
    fn the_wait_is_anything_from_nothing_to_the_longest() {
        let error = TwilioError::NotFound { operation: "fetch Build" };
        for (random, expected) in [(0, 0), (u64::MAX / 2, 500), (u64::MAX, 1000)] {
            assert_eq!(pause(&error, Some(SECOND), random, None), Some(Duration::from_millis(expected)));
        }
        assert_eq!(pause(&error, None, 0, None), None);
    }

    #[test]
    fn twilios_own_wait_is_kept_unless_it_is_too_long_to_wait_for() {
        assert_eq!(pause(&rate_limit(1), Some(SECOND), 0, None), Some(SECOND));
        assert_eq!(pause(&rate_limit(0), Some(SECOND), u64::MAX, None), Some(SECOND));
        assert_eq!(pause(&rate_limit(30), Some(SECOND), 0, None), None);
        assert_eq!(pause(&rate_limit(5), Some(SECOND), 0, Some(4 * SECOND)), None);
        assert_eq!(pause(&rate_limit(5), None, 0, None), None);
    }
}
