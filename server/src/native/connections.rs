//! How many connections there may be at once, and which one goes when one more comes.
//!
//! Knows nothing of requests. Whoever has said all of a request is answered, however many others come; of those that
//! keep the server waiting, the one that does so for longest makes room.

use std::collections::HashMap;
use std::time::Duration;

use tokio::sync::watch;
use tokio::task::{AbortHandle, Id, JoinSet};
use tokio::time::Instant;

use super::progress::{Phase, Progress};

/// More connections than this are not open at once: each takes up to 64 kB.
const MOST: usize = 4_096;
/// How many descriptors a process has at least, wherever it runs.
const FEWEST_DESCRIPTORS: u64 = 256;
/// How long to wait when the system has no descriptor for one more connection.
pub(super) const PAUSE: Duration = Duration::from_millis(100);

/// The open connections. Dropping it closes them.
pub(super) struct Connections {
    most: usize,
    tasks: JoinSet<()>,
    open: HashMap<Id, Open>,
}

struct Open {
    task: AbortHandle,
    phase: watch::Receiver<Phase>,
}

impl Connections {
    /// Room for as many as the system has descriptors for; a quarter of them is left for asking Twilio and for files.
    pub(super) fn new() -> Self {
        let descriptors = usize::try_from(descriptors()).unwrap_or(usize::MAX);
        let most = (descriptors - descriptors / 4).min(MOST);
        tracing::debug!(most, "connections at once");
        Self { most, tasks: JoinSet::new(), open: HashMap::new() }
    }

    /// Serves one more connection, in the place of another one if need be. Where all of them are being answered, the
    /// new one is closed.
    pub(super) fn add<Serving>(&mut self, serve: impl FnOnce(Progress) -> Serving)
    where
        Serving: Future<Output = ()> + Send + 'static,
    {
        self.forget_closed();
        if self.open.len() >= self.most && !self.make_room() {
            return;
        }
        let (progress, phase) = Progress::new();
        let task = self.tasks.spawn(serve(progress));
        self.open.insert(task.id(), Open { task, phase });
    }

    /// Closes the connection that has kept the server waiting for longest; says whether there was one.
    pub(super) fn make_room(&mut self) -> bool {
        let waiting = self.open.iter().filter_map(|(id, open)| Some((open.phase.borrow().waiting_since()?, *id)));
        let Some((_, longest)) = waiting.min_by_key(|(since, _): &(Instant, Id)| *since) else { return false };
        if let Some(open) = self.open.remove(&longest) {
            open.task.abort();
        }
        true
    }

    /// Closes those on which there is no request: none has begun, or not all of its head is there.
    pub(super) fn close_unasked(&mut self) {
        for open in self.open.values() {
            if matches!(*open.phase.borrow(), Phase::Head(_)) {
                open.task.abort();
            }
        }
    }

    fn forget_closed(&mut self) {
        while let Some(closed) = self.tasks.try_join_next_with_id() {
            let id = match closed {
                Ok((id, ())) => id,
                Err(stopped) => stopped.id(),
            };
            self.open.remove(&id);
        }
    }
}

/// How many descriptors the process may have, after asking for as many as the system allows.
#[cfg(unix)]
fn descriptors() -> u64 {
    rlimit::increase_nofile_limit(u64::MAX).unwrap_or(FEWEST_DESCRIPTORS)
}

/// How many descriptors the process may have. This system counts none.
#[cfg(not(unix))]
fn descriptors() -> u64 {
    u64::MAX
}
