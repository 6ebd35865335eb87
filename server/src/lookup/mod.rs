//! Answers which agent an extension leads to, from memory.
//!
//! The published directory is read again every few seconds: behind the callers where the home can do that, and else by
//! one caller while all others are answered from the last good one. Whatever happens to Twilio, that one stays.
//!
//! From outside: [`Lookup::find`], [`Lookup::health`], [`Lookup::keep_fresh`] at the start and all the time after it, and
//! [`Lookup::refresh_now`] after a deploy.
//!
//! Knows nothing of requests and of how a directory is published.

mod followed;
mod health;
mod index;
mod last_good;
mod problem;
mod published;
mod replacement;

use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use jiff::Timestamp;
use shared::wire::LookupReply;

pub(crate) use self::health::LookupHealth;
pub(crate) use self::problem::Problem;
use self::published::{Fetched, Published, fetch, load_last_good};
use crate::base::Base;
use crate::home::{blocking, timeout};

/// How long a caller may wait for a newer directory while there is one to answer from. Studio waits 10 s.
const REFRESH_TIMEOUT: Duration = Duration::from_secs(2);
/// How long a caller may wait for the first directory.
const FIRST_READ_TIMEOUT: Duration = Duration::from_secs(6);
/// How long reading may take while nobody waits for it.
const UNSEEN_READ_TIMEOUT: Duration = Duration::from_secs(30);

/// After how long Twilio is asked again at the latest while there is nothing to answer from.
const FIRST_READ_PAUSE: Duration = Duration::from_secs(5);

/// No published directory was ever read, and none can be read now.
#[derive(Debug, thiserror::Error)]
#[error("no published directory to answer from")]
pub(crate) struct NothingToAnswerFrom {
    /// Why; none where nobody has tried so far.
    pub(crate) problem: Option<Arc<Problem>>,
}

/// The last good directory, and when to look for a newer one.
#[derive(Default)]
pub(crate) struct Lookup {
    state: RwLock<State>,
    /// Held by the one caller that reads the directory.
    refreshing: async_lock::Mutex<()>,
    /// Whether it was looked for what the home kept from an earlier run.
    started: async_lock::Mutex<bool>,
}

#[derive(Clone, Default)]
struct State {
    published: Option<Arc<Published>>,
    /// When Twilio is asked again; none to ask at once.
    due: Option<Timestamp>,
    /// When it was last seen that this is what is deployed.
    confirmed: Option<Timestamp>,
    /// Why the last refresh brought nothing.
    problem: Option<Arc<Problem>>,
}

impl State {
    fn is_due(&self, now: Timestamp) -> bool {
        self.due.is_none_or(|due| due <= now)
    }
}

impl Lookup {
    /// Which agent `extension` leads to. An unknown or ill-formed one is not an error.
    pub(crate) async fn find(&self, base: &Base, extension: &str) -> Result<LookupReply, NothingToAnswerFrom> {
        match self.current(base).await {
            Some(published) => Ok(published.index.find(extension)),
            None => Err(NothingToAnswerFrom { problem: self.state().problem }),
        }
    }

    /// Reads the directory now, however fresh it is: after a publish.
    pub(crate) async fn refresh_now(&self, base: &Base) {
        let _guard = self.refreshing.lock().await;
        self.refresh(base, FIRST_READ_TIMEOUT).await;
    }

    /// Reads the directory where that is due, while callers are answered from the last good one. Answers after how long
    /// it is due again.
    pub(crate) async fn keep_fresh(&self, base: &Base) -> Duration {
        self.start(base).await;
        let _guard = self.refreshing.lock().await;
        let state = self.state();
        if state.is_due(base.home.now()) {
            // Callers wait for the first one.
            let limit = if state.published.is_some() { UNSEEN_READ_TIMEOUT } else { FIRST_READ_TIMEOUT };
            self.refresh(base, limit).await;
        }
        let left = self.state().due.map(|due| due.duration_since(base.home.now()));
        left.and_then(|left| Duration::try_from(left).ok()).unwrap_or_default().min(base.config.lookup_refresh)
    }

    /// What to answer from, read again first where that is due and nobody does it behind the callers.
    async fn current(&self, base: &Base) -> Option<Arc<Published>> {
        let mut state = self.state();
        if state.published.is_none() {
            self.start(base).await;
            state = self.state();
        }
        match &state.published {
            Some(_) if base.home.refreshes_unseen() || !state.is_due(base.home.now()) => return state.published,
            Some(_) => {
                // Whoever comes while somebody reads is answered from the last good one.
                let Some(_guard) = self.refreshing.try_lock() else { return state.published };
                self.refresh(base, REFRESH_TIMEOUT).await;
            }
            None => {
                let _guard = self.refreshing.lock().await;
                let state = self.state();
                if state.published.is_none() && state.is_due(base.home.now()) {
                    self.refresh(base, FIRST_READ_TIMEOUT).await;
                }
            }
        }
        self.state().published
    }

    /// Takes what the home kept from an earlier run, once, so that nobody waits for Twilio who can be answered from it.
    async fn start(&self, base: &Base) {
        let mut started = self.started.lock().await;
        if !std::mem::replace(&mut *started, true)
            && let Some(last_good) = load_last_good(base).await
        {
            tracing::info!(
                extensions = last_good.index.len(),
                "answering from the last good directory of an earlier run"
            );
            self.change(|state| {
                state.published.get_or_insert_with(|| Arc::new(last_good));
            });
        }
    }

    /// Reads the directory and keeps the last good one if that fails.
    async fn refresh(&self, base: &Base, limit: Duration) {
        let last = self.state().published;
        let fetched = timeout(base.home.as_ref(), limit, fetch(base, last.as_deref())).await;
        let now = base.home.now();
        match fetched.unwrap_or(Err(Problem::TooSlow)) {
            Ok(Fetched { published, to_keep }) => {
                let published = Some(Arc::new(published));
                let due = Some(now + base.config.lookup_refresh);
                self.change(|state| *state = State { published, due, confirmed: Some(now), problem: None });
                if let Some(snapshot) = to_keep {
                    base.home.save_last_good(snapshot).await;
                }
            }
            Err(problem) => {
                let pause = base.config.lookup_refresh;
                let due = Some(now + if last.is_some() { pause } else { pause.min(FIRST_READ_PAUSE) });
                let extensions = last.as_ref().map(|published| published.index.len());
                tracing::warn!(%problem, extensions, "the published directory can not be read; the last good one answers");
                self.change(|state| (state.due, state.problem) = (due, Some(Arc::new(problem))));
            }
        }
        // To let go of a large one takes long too.
        blocking(base.home.as_ref(), move || drop(last)).await;
    }

    fn state(&self) -> State {
        self.state.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn change(&self, change: impl FnOnce(&mut State)) {
        change(&mut self.state.write().unwrap_or_else(PoisonError::into_inner));
    }
}

#[cfg(test)]
mod tests;
