//! Answers which agent an extension leads to, from memory.
//!
//! Knows nothing of requests. The published directory is read again every few seconds by one caller, while all
//! others are answered from the last good one; whatever happens to Twilio, that one stays.

mod index;

use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use jiff::Timestamp;
use shared::wire::LookupReply;

use self::index::Index;
use crate::app::App;
use crate::directory::{Origin, complete, fetch_content, read_rows};
use crate::error::ApiError;
use crate::home::within;

/// How long a caller may wait for a newer directory while there is one to answer from. Studio waits 10 s.
const PATIENCE: Duration = Duration::from_secs(2);
/// How long a caller may wait for the first directory.
const FIRST_PATIENCE: Duration = Duration::from_secs(6);
/// For how long after a Deployment the content is read again although the Build is the same: the domain may
/// serve the old asset for a moment after the Environment names the new Build.
const SETTLING: Duration = Duration::from_secs(60);

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
    /// Before this, nobody asks Twilio again.
    due: Option<Timestamp>,
}

/// A published directory, ready to answer from.
struct Published {
    /// The Build it came from; none if that is not known or nothing was ever deployed.
    build_sid: Option<String>,
    /// Where it lies beside the code of a Twilio Function.
    origin: Option<Origin>,
    settled_at: Timestamp,
    index: Index,
}

impl Lookup {
    /// Which agent `extension` leads to. An unknown or ill-formed one is not an error.
    pub(crate) async fn find(&self, app: &App, extension: &str) -> Result<LookupReply, ApiError> {
        let published = self.current(app).await.ok_or(ApiError::NothingToAnswerFrom)?;
        Ok(published.index.find(extension))
    }

    /// How many extensions there are to answer from; none if no directory was read yet.
    pub(crate) fn size(&self) -> Option<usize> {
        self.state().published.map(|published| published.index.len())
    }

    /// Reads the directory now, however fresh it is: after a publish, and at the start.
    pub(crate) async fn refresh_now(&self, app: &App) {
        let _alone = self.refreshing.lock().await;
        self.refresh(app, FIRST_PATIENCE).await;
    }

    async fn current(&self, app: &App) -> Option<Arc<Published>> {
        let State { published, due } = self.state();
        let is_due = || due.is_none_or(|due| due <= app.home.now());
        match published {
            Some(published) if !is_due() => return Some(published),
            Some(published) => {
                let Some(_alone) = self.refreshing.try_lock() else { return Some(published) };
                self.refresh(app, PATIENCE).await;
            }
            None => {
                let _alone = self.refreshing.lock().await;
                let State { published, due } = self.state();
                if published.is_none() && due.is_none_or(|due| due <= app.home.now()) {
                    self.refresh(app, FIRST_PATIENCE).await;
                }
            }
        }
        self.state().published
    }

    /// Reads the directory and keeps the last good one if that fails.
    async fn refresh(&self, app: &App, patience: Duration) {
        let before = self.state().published;
        let outcome = within(app.home.as_ref(), patience, fetch(app, before.as_deref())).await;
        let problem = match outcome {
            Some(Ok(newer)) => {
                self.set(app, newer.map(Arc::new).or(before));
                return;
            }
            Some(Err(error)) => error.to_string(),
            None => "Twilio takes too long".to_owned(),
        };
        let last_good = match before {
            Some(published) => Some(published),
            None => load(app).await.map(Arc::new),
        };
        let extensions = last_good.as_ref().map(|published| published.index.len());
        tracing::warn!(problem, extensions, "the published directory can not be read; the last good one answers");
        self.set(app, last_good);
    }

    fn state(&self) -> State {
        self.state.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn set(&self, app: &App, published: Option<Arc<Published>>) {
        let due = Some(app.home.now() + app.config.lookup_refresh);
        *self.state.write().unwrap_or_else(PoisonError::into_inner) = State { published, due };
    }
}

/// The directory that is published now; none if it is the one from `before`.
async fn fetch(app: &App, before: Option<&Published>) -> Result<Option<Published>, ApiError> {
    let origin = app.carried.origin();
    if before.is_some_and(|before| before.origin.as_ref() == Some(&origin)) {
        return Ok(None);
    }
    match app.carried.current(app.home.as_ref(), &app.config.asset_name) {
        Some(content) => {
            let index = read_index(app, &content)?;
            Ok(Some(Published { build_sid: None, origin: Some(origin), settled_at: app.home.now(), index }))
        }
        None => fetch_from_twilio(app, before).await,
    }
}

async fn fetch_from_twilio(app: &App, before: Option<&Published>) -> Result<Option<Published>, ApiError> {
    let now = app.home.now();
    let environment = app.twilio.fetch_environment().await?;
    let same_build = before.filter(|before| before.build_sid.is_some() && before.build_sid == environment.build_sid);
    if same_build.is_some_and(|before| before.settled_at <= now) {
        return Ok(None);
    }
    let deployed = complete(app, environment).await?;
    let content = fetch_content(app, &deployed).await?;
    if same_build.is_some_and(|before| before.index.is_of(&content)) {
        return Ok(None);
    }
    let index = read_index(app, &content)?;
    app.home.save_last_good(content).await;
    let settled_at = same_build.map_or(now + SETTLING, |before| before.settled_at);
    Ok(Some(Published { build_sid: deployed.environment.build_sid, origin: None, settled_at, index }))
}

fn read_index(app: &App, content: &[u8]) -> Result<Index, ApiError> {
    let index = Index::build(&read_rows(app, content)?, content);
    tracing::info!(extensions = index.len(), rejected = index.rejected(), "reading the published directory");
    Ok(index)
}

/// What the home kept from an earlier run.
async fn load(app: &App) -> Option<Published> {
    let content = app.home.load_last_good().await?;
    let rows = read_rows(app, &content).ok()?;
    let (index, settled_at) = (Index::build(&rows, &content), app.home.now());
    Some(Published { build_sid: None, origin: None, settled_at, index })
}

#[cfg(test)]
mod tests;
