//! Runs tasks on one thread and in virtual time: of those that are ready the seed says which goes on, and when none is,
//! the clock jumps to the next timer.
//!
//! From outside: an `Executor` is given tasks and told to `step`; a group of tasks can be ended wherever they wait.
//!
//! Knows nothing of servers and requests.

use std::collections::BTreeMap;
use std::future::Future;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Wake, Waker};
use std::time::Duration;

use emulator::clock::Clock;

use crate::panics;
use crate::seed::Choices;

/// The name of a task. None is given twice in a run.
pub(crate) type TaskId = u64;

/// Tasks that end together, such as those of one process; none for those that end by themselves.
pub(crate) type Group = Option<usize>;

/// Tasks, timers and the clock of one run. Clones are the same one.
#[derive(Clone)]
pub(crate) struct Executor(Arc<Inner>);

struct Inner {
    clock: Clock,
    ready: Arc<Ready>,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    tasks: BTreeMap<TaskId, Task>,
    timers: BTreeMap<TimerKey, Waker>,
    /// Microseconds since the run began.
    now: u64,
    last_id: u64,
    current: Option<TaskId>,
}

/// When it is due, and its number, which tells timers of one instant apart.
type TimerKey = (u64, u64);

struct Task {
    group: Group,
    future: Pin<Box<dyn Future<Output = ()> + Send>>,
    waker: Arc<TaskWaker>,
}

#[derive(Default)]
struct Ready(Mutex<Vec<TaskId>>);

struct TaskWaker {
    id: TaskId,
    is_queued: AtomicBool,
    ready: Arc<Ready>,
}

impl Wake for TaskWaker {
    fn wake(self: Arc<Self>) {
        if !self.is_queued.swap(true, Ordering::Relaxed) {
            lock(&self.ready.0).push(self.id);
        }
    }
}

impl Executor {
    /// An executor without tasks, which moves `clock` on.
    #[must_use]
    pub(crate) fn new(clock: Clock) -> Self {
        Self(Arc::new(Inner { clock, ready: Arc::default(), state: Mutex::default() }))
    }

    /// The clock that this executor moves on.
    #[must_use]
    pub(crate) fn clock(&self) -> &Clock {
        &self.0.clock
    }

    /// How long the run lasts by now.
    #[must_use]
    pub(crate) fn elapsed(&self) -> Duration {
        Duration::from_micros(self.state().now)
    }

    /// The task that is being polled.
    #[must_use]
    pub(crate) fn current(&self) -> Option<TaskId> {
        self.state().current
    }

    /// Starts a task.
    pub(crate) fn spawn(&self, group: Group, future: impl Future<Output = ()> + Send + 'static) -> TaskId {
        let mut state = self.state();
        state.last_id += 1;
        let id = state.last_id;
        let waker = Arc::new(TaskWaker { id, is_queued: AtomicBool::new(false), ready: self.0.ready.clone() });
        state.tasks.insert(id, Task { group, future: Box::pin(future), waker: waker.clone() });
        waker.wake();
        id
    }

    /// Drops every task of a group wherever it waits. It must not be called by one of them.
    pub(crate) fn end_group(&self, group: usize) {
        let ended: Vec<Task> = {
            let mut state = self.state();
            let ids: Vec<_> =
                state.tasks.iter().filter(|(_, task)| task.group == Some(group)).map(|(id, _)| *id).collect();
            ids.iter().filter_map(|id| state.tasks.remove(id)).collect()
        };
        // What they hold may wake others or end timers, so the state is free again.
        drop(ended);
    }

    /// Completes after `duration`.
    #[must_use]
    pub(crate) fn sleep(&self, duration: Duration) -> Sleep {
        let due = self.state().now.saturating_add(u64::try_from(duration.as_micros()).unwrap_or(u64::MAX));
        Sleep { executor: self.clone(), due, timer: None }
    }

    /// Waits for `work`, but not longer than `limit`; `None` when it took longer. The work is dropped then.
    pub(crate) async fn timeout<T>(&self, limit: Duration, work: impl Future<Output = T>) -> Option<T> {
        let (mut work, mut timer) = (std::pin::pin!(work), std::pin::pin!(self.sleep(limit)));
        std::future::poll_fn(move |context| match work.as_mut().poll(context) {
            Poll::Ready(value) => Poll::Ready(Some(value)),
            Poll::Pending => timer.as_mut().poll(context).map(|()| None),
        })
        .await
    }

    /// Drops every task.
    pub(crate) fn end(&self) {
        let ended = std::mem::take(&mut self.state().tasks);
        drop(ended);
    }

    /// Polls one task, or moves the clock on where none is ready; false when nothing will ever happen any more.
    ///
    /// # Errors
    ///
    /// What a task panicked with. That task is gone.
    pub(crate) fn step(&self, choices: &Mutex<Choices>) -> Result<bool, String> {
        let next = {
            let mut ready = lock(&self.0.ready.0);
            match ready.len() {
                0 => None,
                1 => ready.pop(),
                several => Some(ready.swap_remove(lock(choices).below(several))),
            }
        };
        match next {
            Some(id) => self.poll(id).map(|()| true),
            None => Ok(self.jump_to_next_timer()),
        }
    }

    fn poll(&self, id: TaskId) -> Result<(), String> {
        let Some(mut task) = ({
            let mut state = self.state();
            state.current = Some(id);
            state.tasks.remove(&id)
        }) else {
            return Ok(());
        };
        task.waker.is_queued.store(false, Ordering::Relaxed);
        let waker = Waker::from(task.waker.clone());
        let (polled, panic) = panics::captured(|| {
            catch_unwind(AssertUnwindSafe(|| task.future.as_mut().poll(&mut Context::from_waker(&waker))))
        });
        match polled {
            Ok(Poll::Pending) => drop(self.state().tasks.insert(id, task)),
            Ok(Poll::Ready(())) | Err(_) => drop(task),
        }
        self.state().current = None;
        panic.map_or(Ok(()), Err)
    }

    fn jump_to_next_timer(&self) -> bool {
        let due: Vec<Waker> = {
            let mut state = self.state();
            let Some((&(at, _), _)) = state.timers.first_key_value() else { return false };
            self.0.clock.advance(Duration::from_micros(at.saturating_sub(state.now)));
            state.now = state.now.max(at);
            let later = state.timers.split_off(&(at + 1, 0));
            std::mem::replace(&mut state.timers, later).into_values().collect()
        };
        due.into_iter().for_each(Waker::wake);
        true
    }

    fn state(&self) -> MutexGuard<'_, State> {
        lock(&self.0.state)
    }
}

/// Waits for an instant of virtual time.
pub(crate) struct Sleep {
    executor: Executor,
    due: u64,
    timer: Option<TimerKey>,
}

impl Future for Sleep {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        let executor = self.executor.clone();
        let mut state = executor.state();
        if state.now >= self.due {
            return Poll::Ready(());
        }
        let key = self.timer.unwrap_or_else(|| {
            state.last_id += 1;
            (self.due, state.last_id)
        });
        state.timers.insert(key, context.waker().clone());
        self.timer = Some(key);
        Poll::Pending
    }
}

impl Drop for Sleep {
    fn drop(&mut self) {
        if let Some(key) = self.timer {
            // A waker that is dropped may not end while the state is locked.
            let waker = self.executor.state().timers.remove(&key);
            drop(waker);
        }
    }
}

/// Nothing here is half-written when a task panics: tasks are polled while nothing is locked.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests;
