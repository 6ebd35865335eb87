//! Ending a publish that nobody goes on with, so that the next one can begin at once.
//!
//! Knows nothing of why it was left. What is published does not change: a Build without the lock is never deployed.

use shared::Publishing;

use super::end::{Ending, end};
use super::lock::{self, LiveSids, LockError};
use crate::auth::Person;
use crate::base::Base;
use crate::directory::fetch_deployed;

/// The publish that a person saw when they decided to end it.
#[derive(Debug)]
pub(crate) struct SeenPublish {
    /// The SID of its Build; none if it had none yet.
    pub(crate) build_sid: Option<String>,
    /// When it began, which tells two publishes without a Build apart; none where the client does not say.
    pub(crate) started_at: Option<String>,
}

impl From<&Publishing> for SeenPublish {
    fn from(publishing: &Publishing) -> Self {
        Self { build_sid: publishing.build_sid.clone(), started_at: Some(publishing.started_at.clone()) }
    }
}

impl SeenPublish {
    /// Whether the lock still holds that publish, and it has not got a Build since.
    fn is_still(&self, publishing: &Publishing) -> bool {
        let began_then = self.started_at.as_ref().is_none_or(|began| *began == publishing.started_at);
        began_then && named(self.build_sid.as_ref()) == named(publishing.build_sid.as_ref())
    }
}

/// An empty text names no Build, whoever wrote it.
fn named(build_sid: Option<&String>) -> Option<&String> {
    build_sid.filter(|sid| !sid.is_empty())
}

/// What came of discarding a publish.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum DiscardOutcome {
    /// It is over, and what is published did not change.
    Ended,
    /// There was none to end, because nobody is publishing any more.
    NothingThere,
    /// Its Build is what is published now.
    AlreadyLive,
}

/// Ends that publish.
///
/// # Errors
///
/// [`LockError::Held`] when the lock holds another publish than the one that the person saw, or that one is being
/// deployed right now.
pub(crate) async fn discard(base: &Base, person: &Person, seen: &SeenPublish) -> Result<DiscardOutcome, LockError> {
    // Whoever writes the lock in the same moment goes on with the publish or ends it; the next look says which.
    for _ in 0..3 {
        match discard_as_it_is(base, person, seen).await {
            Err(LockError::Lost) => {}
            result => return result,
        }
    }
    Err(LockError::Held(None))
}

async fn discard_as_it_is(base: &Base, person: &Person, seen: &SeenPublish) -> Result<DiscardOutcome, LockError> {
    let deployed = fetch_deployed(base).await?;
    let Some(lock) = lock::fetch(base).await?.filter(|lock| !lock.publishing.is_over()) else {
        let is_live = seen.build_sid.is_some() && seen.build_sid == deployed.environment.build_sid;
        return Ok(if is_live { DiscardOutcome::AlreadyLive } else { DiscardOutcome::NothingThere });
    };
    if seen.is_still(&lock.publishing) && lock.is_live(LiveSids::from(&deployed)) {
        return Ok(DiscardOutcome::AlreadyLive);
    }
    if !seen.is_still(&lock.publishing) || lock.is_being_deployed(base.home.now()) {
        return Err(LockError::Held(Some(Box::new(lock.publishing))));
    }
    let Publishing { started_by, build_sid, .. } = lock.publishing.clone();
    match end(base, lock).await? {
        Ending::AlreadyLive => Ok(DiscardOutcome::AlreadyLive),
        Ending::Ended => {
            tracing::info!(by = person.name, started_by, build_sid, "publish discarded");
            Ok(DiscardOutcome::Ended)
        }
    }
}
