//! When a connection has to be told that its token is about to expire, and when it is dropped.
//!
//! Knows nothing of tokens but the instant at which they expire.

use std::time::Duration;

use jiff::Timestamp;
use tokio::time::Instant;

/// How long before the end the warning comes; half of what is left if that is shorter.
const WARNING: Duration = Duration::from_secs(180);

/// What the clock struck.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Strike {
    /// The token is about to expire.
    AboutToExpire,
    /// The token has expired.
    Expired,
}

/// A clock that strikes at most twice.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct TokenClock {
    warn_at: Option<Instant>,
    expire_at: Option<Instant>,
}

impl TokenClock {
    /// The clock of a token that is valid until `expires_at`.
    #[must_use]
    pub(super) fn until(expires_at: Timestamp) -> Self {
        let left = Duration::try_from(expires_at.duration_since(Timestamp::now())).unwrap_or_default();
        let now = Instant::now();
        Self { warn_at: Some(now + left - WARNING.min(left / 2)), expire_at: Some(now + left) }
    }

    /// Waits for the next strike; for ever if there is none. Giving up the wait loses nothing.
    pub(super) async fn strike(&mut self) -> Strike {
        if let Some(at) = self.warn_at {
            tokio::time::sleep_until(at).await;
            self.warn_at = None;
            return Strike::AboutToExpire;
        }
        match self.expire_at {
            Some(at) => tokio::time::sleep_until(at).await,
            None => std::future::pending().await,
        }
        self.expire_at = None;
        Strike::Expired
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn seconds_to_strikes(lifetime: i64) -> (Vec<Strike>, [Duration; 2]) {
        let start = Instant::now();
        let mut clock = TokenClock::until(Timestamp::now() + jiff::SignedDuration::from_millis(lifetime));
        let first = clock.strike().await;
        let warned = start.elapsed();
        (vec![first, clock.strike().await], [warned, start.elapsed()])
    }

    #[tokio::test]
    async fn a_short_lived_token_is_warned_of_at_half_its_life_and_ends_on_time() {
        let (strikes, [warned, expired]) = seconds_to_strikes(60).await;
        assert_eq!(strikes, [Strike::AboutToExpire, Strike::Expired]);
        assert!(warned >= Duration::from_millis(25) && warned < expired && expired >= Duration::from_millis(55));
    }

    #[test]
    fn a_long_lived_token_is_warned_of_three_minutes_before_its_end() {
        let clock = TokenClock::until(Timestamp::now() + jiff::SignedDuration::from_secs(3600));
        assert_eq!(clock.expire_at.unwrap() - clock.warn_at.unwrap(), WARNING);
    }
}
