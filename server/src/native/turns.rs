//! Work that keeps its thread busy, a few pieces at a time, on threads that answer nobody.
//!
//! Knows nothing of what is done.

use std::num::NonZero;
use std::sync::Arc;
use std::thread::available_parallelism;

use tokio::sync::Semaphore;
use tokio::task::JoinError;

/// A turn for each piece of work that may be under way at once: one processor is left to those who answer callers.
#[derive(Debug)]
pub(crate) struct Turns(Arc<Semaphore>);

impl Turns {
    /// As many as there are processors to spare, and at least one.
    pub(crate) fn new() -> Self {
        let processors = available_parallelism().map_or(1, NonZero::get);
        Self(Arc::new(Semaphore::new((processors - 1).max(1))))
    }

    /// Does the work when it is its turn, and completes when it is done.
    ///
    /// # Panics
    ///
    /// When the work does.
    pub(crate) async fn run(&self, work: Box<dyn FnOnce() + Send>) {
        let turn = Arc::clone(&self.0).acquire_owned().await;
        // Whoever waits may be gone before it is done; the turn lasts as long as the work.
        let done = tokio::task::spawn_blocking(move || {
            work();
            drop(turn);
        });
        match done.await.map_err(JoinError::try_into_panic) {
            Ok(()) => {}
            Err(Ok(panic)) => std::panic::resume_unwind(panic),
            // The process ends, and nobody waits any more.
            Err(Err(_)) => std::future::pending().await,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::mpsc;
    use std::time::Duration;

    /// How long a test waits for what does not happen.
    const NEVER: Duration = Duration::from_secs(30);

    #[tokio::test]
    async fn work_that_keeps_its_thread_busy_keeps_nobody_else_waiting() {
        let turns = Turns::new();
        let (somebody_else, heard) = mpsc::channel();
        let work = turns.run(Box::new(move || heard.recv_timeout(NEVER).unwrap()));
        // They share the one thread of this test.
        tokio::join!(work, async move { somebody_else.send(()).unwrap() });
    }

    #[tokio::test]
    async fn a_mistake_in_such_work_is_one_of_whoever_asked_for_it_and_others_have_their_turn() {
        let turns = Arc::new(Turns::new());
        for _ in 0..100 {
            let asking = turns.clone();
            let asked = tokio::spawn(async move { asking.run(Box::new(|| panic!("a mistake"))).await });
            assert!(asked.await.unwrap_err().is_panic());
        }
        turns.run(Box::new(|| {})).await;
    }
}
