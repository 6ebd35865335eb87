//! Virtual time: who waits for which instant of it.
//!
//! Knows nothing of tasks, only of how to wake them. Instants are microseconds since the run began.

use std::collections::BTreeMap;
use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use super::lock;

/// The time of a run, and whoever waits for a later one. Clones are the same one.
#[derive(Clone, Default)]
pub(super) struct Timers(Arc<Mutex<State>>);

#[derive(Default)]
struct State {
    now: u64,
    last_number: u64,
    waiting: BTreeMap<Key, Waker>,
}

/// When it is due, and its number, which tells timers of one instant apart.
type Key = (u64, u64);

impl Timers {
    /// How long the run lasts by now.
    #[must_use]
    pub(super) fn elapsed(&self) -> Duration {
        Duration::from_micros(lock(&self.0).now)
    }

    /// Completes after `duration`.
    #[must_use]
    pub(super) fn sleep(&self, duration: Duration) -> Sleep {
        let due = lock(&self.0).now.saturating_add(u64::try_from(duration.as_micros()).unwrap_or(u64::MAX));
        Sleep { timers: self.clone(), due, key: None }
    }

    /// Moves time on to the next instant that anybody waits for, and wakes whoever does. `passed` is told how much time
    /// that is before anybody is woken. False when nobody waits for anything.
    pub(super) fn jump(&self, passed: impl FnOnce(Duration)) -> bool {
        let due = {
            let mut state = lock(&self.0);
            let Some((&(at, _), _)) = state.waiting.first_key_value() else { return false };
            passed(Duration::from_micros(at.saturating_sub(state.now)));
            state.now = state.now.max(at);
            let later = state.waiting.split_off(&(at + 1, 0));
            std::mem::replace(&mut state.waiting, later)
        };
        due.into_values().for_each(Waker::wake);
        true
    }
}

/// Waits for an instant of virtual time.
pub(crate) struct Sleep {
    timers: Timers,
    due: u64,
    key: Option<Key>,
}

impl Future for Sleep {
    type Output = ();

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        let Self { timers, due, key } = self.get_mut();
        let mut state = lock(&timers.0);
        if state.now >= *due {
            return Poll::Ready(());
        }
        let key = *key.get_or_insert_with(|| {
            state.last_number += 1;
            (*due, state.last_number)
        });
        state.waiting.insert(key, context.waker().clone());
        Poll::Pending
    }
}

impl Drop for Sleep {
    fn drop(&mut self) {
        if let Some(key) = self.key {
            // A waker that is dropped may not end while the state is locked.
            let waker = lock(&self.timers.0).waiting.remove(&key);
            drop(waker);
        }
    }
}
