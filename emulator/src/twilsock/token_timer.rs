//! When a connection has to be told that its token is about to expire, and when it is dropped.
//!
//! Knows nothing of tokens but the instant at which they expire.

use std::time::Duration;

use jiff::Timestamp;

use crate::clock::Clock;

/// How long before the end the warning comes; half of what is left if that is shorter.
const WARNING: Duration = Duration::from_secs(180);

/// What becomes of the token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TokenEvent {
    /// It is about to expire.
    AboutToExpire,
    /// It has expired.
    Expired,
}

/// A timer that goes off at most twice.
#[derive(Clone, Debug)]
pub(super) struct TokenTimer {
    clock: Clock,
    warn_at: Option<Timestamp>,
    expire_at: Option<Timestamp>,
}

impl TokenTimer {
    /// The timer of a connection without a token, which never goes off.
    #[must_use]
    pub(super) fn never(clock: Clock) -> Self {
        Self { clock, warn_at: None, expire_at: None }
    }

    /// The timer of a token that is valid until `expires_at`.
    #[must_use]
    pub(super) fn until(clock: Clock, expires_at: Timestamp) -> Self {
        let now = clock.now();
        let left = Duration::try_from(expires_at.duration_since(now)).unwrap_or_default();
        Self { clock, warn_at: Some(now + (left - WARNING.min(left / 2))), expire_at: Some(now + left) }
    }

    /// Waits for what becomes of the token next; for ever if there is nothing. Giving up the wait loses nothing.
    pub(super) async fn next(&mut self) -> TokenEvent {
        if let Some(at) = self.warn_at {
            self.clock.sleep_until(at).await;
            self.warn_at = None;
            return TokenEvent::AboutToExpire;
        }
        match self.expire_at {
            Some(at) => self.clock.sleep_until(at).await,
            None => std::future::pending().await,
        }
        self.expire_at = None;
        TokenEvent::Expired
    }
}

#[cfg(test)]
mod tests {
    use std::pin::pin;
    use std::task::{Context, Poll, Waker};

    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    const MILLISECOND: Duration = Duration::from_millis(1);

    /// The next event if it has come by now; never waits.
    fn next_by_now(timer: &mut TokenTimer) -> Poll<TokenEvent> {
        pin!(timer.next()).poll(&mut Context::from_waker(Waker::noop()))
    }

    #[test]
    fn a_short_lived_token_is_warned_of_at_half_its_life_and_ends_on_time() {
        let clock = Clock::default();
        clock.hold();
        let mut timer = TokenTimer::until(clock.clone(), clock.now() + 60 * SECOND);
        for event in [TokenEvent::AboutToExpire, TokenEvent::Expired] {
            clock.advance(30 * SECOND - MILLISECOND);
            assert_eq!(next_by_now(&mut timer), Poll::Pending, "too early for {event:?}");
            clock.advance(MILLISECOND);
            assert_eq!(next_by_now(&mut timer), Poll::Ready(event));
        }
        clock.advance(3600 * SECOND);
        assert_eq!(next_by_now(&mut timer), Poll::Pending, "nothing comes after the end");
    }

    #[test]
    fn a_long_lived_token_is_warned_of_three_minutes_before_its_end() {
        let clock = Clock::default();
        let timer = TokenTimer::until(clock.clone(), clock.now() + 3600 * SECOND);
        assert_eq!(timer.expire_at.unwrap() - WARNING, timer.warn_at.unwrap());
    }
}
