//! The tasks that can go on: whoever is woken stands here once, until it is taken.
//!
//! Knows nothing of what they do.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::task::Wake;

use super::{TaskId, lock};
use crate::seed::Choices;

/// The tasks that can go on. Clones are the same ones.
#[derive(Clone, Default)]
pub(super) struct Ready(Arc<Mutex<Vec<TaskId>>>);

/// Puts one task among those that can go on.
pub(super) struct TaskWaker {
    id: TaskId,
    is_queued: AtomicBool,
    ready: Ready,
}

impl Ready {
    /// What wakes a task, which can go on at once.
    pub(super) fn add(&self, id: TaskId) -> Arc<TaskWaker> {
        let waker = Arc::new(TaskWaker { id, is_queued: AtomicBool::new(false), ready: self.clone() });
        waker.wake_by_ref();
        waker
    }

    /// Takes one of them, and where there are several, the one that is chosen.
    pub(super) fn take(&self, choices: &Mutex<Choices>) -> Option<TaskId> {
        let mut ready = lock(&self.0);
        match ready.len() {
            0 | 1 => ready.pop(),
            several => Some(ready.swap_remove(lock(choices).below(several))),
        }
    }
}

impl TaskWaker {
    /// Its task goes on now; from here on it can be woken again.
    pub(super) fn taken(&self) {
        self.is_queued.store(false, Ordering::Relaxed);
    }
}

impl Wake for TaskWaker {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        if !self.is_queued.swap(true, Ordering::Relaxed) {
            lock(&self.ready.0).push(self.id);
        }
    }
}
