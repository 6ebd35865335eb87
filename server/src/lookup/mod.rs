//! Answers which agent an extension leads to, from memory.
//!
//! The published directory is read again every few seconds by one caller, while all others are answered from the last
//! good one; whatever happens to Twilio, that one stays.
//!
//! From outside: [`Lookup::find`], [`Lookup::size`], and [`Lookup::refresh_now`] after a deploy and at the start.
//!
//! Knows nothing of requests and of how a directory is published.

mod index;
mod published;

use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use jiff::Timestamp;
use shared::wire::LookupReply;

use self::published::{Published, fetch, load_last_good};
use crate::base::Base;
use crate::home::timeout;

/// How long a caller may wait for a newer directory while there is one to answer from. Studio waits 10 s.
const REFRESH_TIMEOUT: Duration = Duration::from_secs(2);
/// How long a caller may wait for the first directory.
const FIRST_READ_TIMEOUT: Duration = Duration::from_secs(6);
/// No published directory was ever read, and none can be read now.
#[derive(Debug, thiserror::Error)]
#[error("no published directory to answer from")]
pub(crate) struct NothingToAnswerFrom;

/// The last good directory, and when to look for a newer one.
#[derive(Default)]
pub(crate) struct Lookup {
    state: RwLock<State>,
    /// Held by the one caller that reads the directory.
    refreshing: async_lock::Mutex<()>,
}

#[derive(Clone, Default)]
struct State {
    published: Option<Arc<Published>>,
    /// When Twilio is asked again; none to ask at once.
    due: Option<Timestamp>,
}

impl State {
    fn is_due(&self, now: Timestamp) -> bool {
        self.due.is_none_or(|due| due <= now)
    }
}

impl Lookup {
    /// Which agent `extension` leads to. An unknown or ill-formed one is not an error.
    pub(crate) async fn find(&self, base: &Base, extension: &str) -> Result<LookupReply, NothingToAnswerFrom> {
        let published = self.current(base).await.ok_or(NothingToAnswerFrom)?;
        Ok(published.index.find(extension))
    }

    /// How many extensions there are to answer from; none if no directory was read yet.
    pub(crate) fn size(&self) -> Option<usize> {
        self.state().published.map(|published| published.index.len())
    }

    /// Reads the directory now, however fresh it is: after a publish, and at the start.
    pub(crate) async fn refresh_now(&self, base: &Base) {
        let _guard = self.refreshing.lock().await;
        self.refresh(base, FIRST_READ_TIMEOUT).await;
    }

    /// What to answer from, read again first where that is due.
    async fn current(&self, base: &Base) -> Option<Arc<Published>> {
        let state = self.state();
        match &state.published {
            Some(_) if !state.is_due(base.home.now()) => return state.published,
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

    /// Reads the directory and keeps the last good one if that fails.
    async fn refresh(&self, base: &Base, limit: Duration) {
        let before = self.state().published;
        let outcome = timeout(base.home.as_ref(), limit, fetch(base, before.as_deref())).await;
        let problem = match outcome {
            Some(Ok(newer)) => {
                self.set(base, newer.map(Arc::new).or(before));
                return;
            }
            Some(Err(error)) => error.to_string(),
            None => "Twilio takes too long".to_owned(),
        };
        let last_good = match before {
            Some(published) => Some(published),
            None => load_last_good(base).await.map(Arc::new),
        };
        let extensions = last_good.as_ref().map(|published| published.index.len());
        tracing::warn!(problem, extensions, "the published directory can not be read; the last good one answers");
        self.set(base, last_good);
    }

    fn state(&self) -> State {
        self.state.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn set(&self, base: &Base, published: Option<Arc<Published>>) {
        let due = Some(base.home.now() + base.config.lookup_refresh);
        *self.state.write().unwrap_or_else(PoisonError::into_inner) = State { published, due };
    }
}

#[cfg(test)]
mod tests;
