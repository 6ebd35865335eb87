//! Answers which agent an extension leads to, from memory.
//!
//! The published directory is read again every few seconds by one caller, while all others are answered from the last
//! good one; whatever happens to Twilio, that one stays.
//!
//! From outside: [`Lookup::find`], [`Lookup::size`], and [`Lookup::refresh_now`] after a deploy and at the start.
//!
//! Knows nothing of requests and of how a directory is published.

mod index;

use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use jiff::Timestamp;
use shared::wire::LookupReply;

use self::index::Index;
use crate::base::Base;
use crate::bundled_asset::BundledVersion;
use crate::directory::{ReadError, fetch_content, fetch_deployed_of, read_rows};
use crate::home::timeout;

/// How long a caller may wait for a newer directory while there is one to answer from. Studio waits 10 s.
const REFRESH_TIMEOUT: Duration = Duration::from_secs(2);
/// How long a caller may wait for the first directory.
const FIRST_READ_TIMEOUT: Duration = Duration::from_secs(6);
/// For how long after a Deployment the content is read again although the Build is the same: the domain may
/// serve the old asset for a moment after the Environment names the new Build.
const SETTLING_TIME: Duration = Duration::from_secs(60);

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

/// A published directory, ready to answer from.
struct Published {
    source: Source,
    index: Index,
}

/// Where a published directory was read.
enum Source {
    /// The Build with this SID. Until `settled_at`, its domain may still serve the asset of the Build before.
    Build { sid: String, settled_at: Timestamp },
    /// The Environment, which has no Build yet.
    NothingDeployed,
    /// The asset in the Build of a Twilio Function.
    Bundled(BundledVersion),
    /// What the home kept from an earlier run; nobody knows from which Build.
    LastGood,
}

impl Source {
    /// When the Build with this SID has settled; none if this is another source.
    fn settled_at(&self, build_sid: Option<&str>) -> Option<Timestamp> {
        match self {
            Self::Build { sid, settled_at } if Some(sid.as_str()) == build_sid => Some(*settled_at),
            _ => None,
        }
    }
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

/// The directory that is published now; none if it is the one from `before`.
async fn fetch(base: &Base, before: Option<&Published>) -> Result<Option<Published>, ReadError> {
    let version = base.bundled_asset.current_version();
    if before.is_some_and(|before| matches!(&before.source, Source::Bundled(known) if *known == version)) {
        return Ok(None);
    }
    match base.bundled_asset.current() {
        Some(content) => Ok(Some(Published { source: Source::Bundled(version), index: read_index(base, &content)? })),
        None => fetch_from_twilio(base, before).await,
    }
}

async fn fetch_from_twilio(base: &Base, before: Option<&Published>) -> Result<Option<Published>, ReadError> {
    let now = base.home.now();
    let environment = base.twilio.fetch_environment().await?;
    let same_build = before.and_then(|before| before.source.settled_at(environment.build_sid.as_deref()));
    if same_build.is_some_and(|settled_at| settled_at <= now) {
        return Ok(None);
    }
    let deployed = fetch_deployed_of(base, environment).await?;
    let content = fetch_content(base, &deployed).await?;
    if same_build.is_some() && before.is_some_and(|before| before.index.was_built_from(&content)) {
        return Ok(None);
    }
    let index = read_index(base, &content)?;
    base.home.save_last_good(content).await;
    let settled_at = same_build.unwrap_or(now + SETTLING_TIME);
    let source = match deployed.environment.build_sid {
        Some(sid) => Source::Build { sid, settled_at },
        None => Source::NothingDeployed,
    };
    Ok(Some(Published { source, index }))
}

fn read_index(base: &Base, content: &[u8]) -> Result<Index, ReadError> {
    let index = Index::build(&read_rows(base, content)?, content);
    tracing::info!(extensions = index.len(), rejected = index.rejected(), "reading the published directory");
    Ok(index)
}

/// What the home kept from an earlier run.
async fn load_last_good(base: &Base) -> Option<Published> {
    let content = base.home.load_last_good().await?;
    let rows = read_rows(base, &content).ok()?;
    Some(Published { source: Source::LastGood, index: Index::build(&rows, &content) })
}

#[cfg(test)]
mod tests;
