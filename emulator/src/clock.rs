//! The one clock of the emulator: whatever is dated, expires, or is waited for goes by it.
//!
//! It runs with the machine's clock until a test holds it or moves it on.

use std::sync::Arc;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use tokio::sync::watch;

/// The clock. Clones of it show the same time.
#[derive(Clone, Debug)]
pub struct Clock(Arc<watch::Sender<Mode>>);

#[derive(Clone, Copy, Debug)]
enum Mode {
    /// It is this much ahead of the machine's clock.
    Running { ahead: SignedDuration },
    /// It stands at this instant.
    Held(Timestamp),
}

impl Mode {
    fn now(self) -> Timestamp {
        match self {
            Self::Running { ahead } => Timestamp::now() + ahead,
            Self::Held(at) => at,
        }
    }
}

impl Default for Clock {
    fn default() -> Self {
        Self(Arc::new(watch::Sender::new(Mode::Running { ahead: SignedDuration::ZERO })))
    }
}

impl Clock {
    /// A clock that stands at an instant until it is moved on.
    #[must_use]
    pub fn held_at(instant: Timestamp) -> Self {
        Self(Arc::new(watch::Sender::new(Mode::Held(instant))))
    }

    /// The present instant.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.0.borrow().now()
    }

    /// The present instant in microseconds since 1970, as records keep it.
    #[must_use]
    pub fn now_microseconds(&self) -> i64 {
        self.now().as_microsecond()
    }

    /// Stops the clock at the present instant. Only [`Clock::advance`] moves it then.
    pub fn hold(&self) {
        self.0.send_modify(|mode| *mode = Mode::Held(mode.now()));
    }

    /// Moves the clock on, held or not. Whoever waits for an instant that is passed goes on.
    pub fn advance(&self, by: Duration) {
        let by = SignedDuration::try_from(by).unwrap_or(SignedDuration::MAX);
        self.0.send_modify(|mode| match mode {
            Mode::Running { ahead } => *ahead = ahead.saturating_add(by),
            Mode::Held(at) => *at = at.saturating_add(by).unwrap_or(Timestamp::MAX),
        });
    }

    /// Waits for as long as `duration`.
    pub async fn sleep(&self, duration: Duration) {
        let duration = SignedDuration::try_from(duration).unwrap_or(SignedDuration::MAX);
        self.sleep_until(self.now().saturating_add(duration).unwrap_or(Timestamp::MAX)).await;
    }

    /// How many tasks wait for an instant. A test sees by it that what it has started is waiting now.
    #[must_use]
    pub fn sleepers(&self) -> usize {
        self.0.receiver_count()
    }

    /// Waits until `at`. Giving up the wait loses nothing.
    pub async fn sleep_until(&self, at: Timestamp) {
        let mut changes = self.0.subscribe();
        loop {
            let mode = *changes.borrow_and_update();
            let left = Duration::try_from(at.duration_since(mode.now())).unwrap_or_default();
            match mode {
                _ if left.is_zero() => return,
                Mode::Running { .. } => {
                    let _elapsed_or_changed = tokio::time::timeout(left, changes.changed()).await;
                }
                // The clock is borrowed here, so its sender is there and this is no error.
                Mode::Held(_) => drop(changes.changed().await),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR: Duration = Duration::from_secs(3600);

    #[test]
    fn a_held_clock_shows_one_instant_until_it_is_moved_on() {
        let clock = Clock::default();
        clock.hold();
        let held_at = clock.now();
        assert_eq!(clock.now(), held_at);
        clock.clone().advance(HOUR);
        assert_eq!(clock.now(), held_at + HOUR);
    }

    #[tokio::test]
    async fn whoever_waits_goes_on_when_the_clock_is_moved_past_the_instant() {
        for is_held in [true, false] {
            let clock = Clock::default();
            if is_held {
                clock.hold();
            }
            let waiting = tokio::spawn({
                let clock = clock.clone();
                async move { clock.sleep(HOUR).await }
            });
            tokio::task::yield_now().await;
            assert!(!waiting.is_finished(), "held: {is_held}");
            assert_eq!(clock.sleepers(), 1);
            clock.advance(HOUR);
            tokio::time::timeout(Duration::from_secs(10), waiting).await.expect("goes on").unwrap();
            assert_eq!(clock.sleepers(), 0);
        }
    }
}
