//! Runs tasks on one thread and in virtual time: of those that are ready the seed says which goes on, and when none is,
//! the clock jumps to the next timer.
//!
//! From outside: an `Executor` is given tasks and told to `step`; a group of tasks can be ended wherever they wait.
//!
//! Knows nothing of servers and requests.

mod ready;
mod timers;

use std::collections::BTreeMap;
use std::future::Future;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use emulator::clock::Clock;

use self::ready::{Ready, TaskWaker};
use self::timers::{Sleep, Timers};
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
    timers: Timers,
    ready: Ready,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    tasks: BTreeMap<TaskId, Task>,
    last_id: TaskId,
    current: Option<TaskId>,
}

struct Task {
    group: Group,
    future: Pin<Box<dyn Future<Output = ()> + Send>>,
    wakes: Arc<TaskWaker>,
    waker: Waker,
}

impl Executor {
    /// An executor without tasks, which moves `clock` on.
    #[must_use]
    pub(crate) fn new(clock: Clock) -> Self {
        let (timers, ready, state) = (Timers::default(), Ready::default(), Mutex::default());
        Self(Arc::new(Inner { clock, timers, ready, state }))
    }

    /// The clock that this executor moves on.
    #[must_use]
    pub(crate) fn clock(&self) -> &Clock {
        &self.0.clock
    }

    /// How long the run lasts by now.
    #[must_use]
    pub(crate) fn elapsed(&self) -> Duration {
        self.0.timers.elapsed()
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
        let wakes = self.0.ready.add(id);
        let waker = Waker::from(wakes.clone());
        state.tasks.insert(id, Task { group, future: Box::pin(future), wakes, waker });
        id
    }

    /// Drops every task of a group wherever it waits. It must not be called by one of them.
    pub(crate) fn end_group(&self, group: usize) {
        let is_of_it = |_: &TaskId, task: &mut Task| task.group == Some(group);
        let ended: Vec<_> = self.state().tasks.extract_if(.., is_of_it).collect();
        // What they hold may wake others or end timers, so the state is free again.
        drop(ended);
    }

    /// Completes after `duration`.
    #[must_use]
    pub(crate) fn sleep(&self, duration: Duration) -> Sleep {
        self.0.timers.sleep(duration)
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
        match self.0.ready.take(choices) {
            Some(id) => self.poll(id).map(|()| true),
            None => Ok(self.0.timers.jump(|passed| self.0.clock.advance(passed))),
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
        task.wakes.taken();
        let mut context = Context::from_waker(&task.waker);
        let (polled, panic) =
            panics::captured(|| catch_unwind(AssertUnwindSafe(|| task.future.as_mut().poll(&mut context))));
        match polled {
            Ok(Poll::Pending) => drop(self.state().tasks.insert(id, task)),
            Ok(Poll::Ready(())) | Err(_) => drop(task),
        }
        self.state().current = None;
        panic.map_or(Ok(()), Err)
    }

    fn state(&self) -> MutexGuard<'_, State> {
        lock(&self.0.state)
    }
}

/// Nothing here is half-written when a task panics: tasks are polled while nothing is locked.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests;
