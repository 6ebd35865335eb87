//! Ending a publish before its Build is live, so that it never gets live, and the next one can begin at once.
//!
//! Knows nothing of why it ends.

use shared::{Publishing, PublishingStage};

use super::leftovers::{keep, may_be_deployed_again, remove_abandoned_builds};
use super::lock::{self, LiveSids, Lock, LockError};
use crate::base::Base;
use crate::directory::fetch_deployed;

/// What became of a publish that was to end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ending {
    /// It is over, and its Build can not get live any more.
    Ended,
    /// Its Build was live already.
    AlreadyLive,
}

/// Ends the publish that holds this lock.
///
/// Whoever deploys writes the lock first, so once the lock says that it is being discarded, no other request begins to
/// deploy. One that is on its way finds no Build any more: Twilio keeps a Build that is live, and deploys none that is
/// gone. So the Build is removed, and what is live after that stays live.
///
/// # Errors
///
/// [`LockError::Lost`] when somebody else has written the lock; then nothing was changed.
pub(super) async fn end(base: &Base, mut lock: Lock) -> Result<Ending, LockError> {
    let Publishing { version, build_sid, stage, .. } = lock.publishing.clone();
    let Some(version) = version else { return end_before_there_was_a_version(base, lock).await };
    if let Some(build_sid) = build_sid.filter(|_| may_be_deployed_again(stage)) {
        // If it is live in the end, another request to deploy it may still be on its way.
        keep(&mut lock.leftovers.redeployable_builds, &build_sid);
    }
    lock.advance(base, PublishingStage::Discarding).await?;
    let mut left = lock.leftovers.clone();
    keep(&mut left.abandoned_versions, &version);
    let removed = remove_abandoned_builds(base, &left).await;
    let deployed = fetch_deployed(base).await?;
    let live = LiveSids::from(&deployed);
    let is_live = lock.is_live(live);
    if !is_live {
        removed?;
    }
    lock.leftovers = if is_live { lock.left(live) } else { left };
    lock.release(base).await?;
    Ok(if is_live { Ending::AlreadyLive } else { Ending::Ended })
}

/// The item stays, so that a request that still takes this lock finds out that it is over.
async fn end_before_there_was_a_version(base: &Base, lock: Lock) -> Result<Ending, LockError> {
    let id = lock.id.clone();
    let mut lock = if let Some(id) = id { lock.ends_as(&id) } else { lock };
    lock.advance(base, PublishingStage::Ended).await?;
    Ok(Ending::Ended)
}

/// Ends a publish that failed. If that fails too, the next one who comes deals with it, so it is only logged.
pub(super) async fn end_failed(base: &Base, lock: Lock) {
    let (base, id, left) = (&base.for_tidying_up(), lock.id.clone(), lock.left(LiveSids::default()));
    let result = match end(base, lock).await {
        // What was written last may have been done although nobody said so.
        Err(LockError::Lost) => end_with_id(base, id.as_deref()).await,
        Err(error) => {
            // What was written last may still be done, and somebody then go on with what this publisher was told has
            // failed. They find no Build.
            if let Err(error) = remove_abandoned_builds(base, &left).await {
                tracing::warn!(%error, "the Build of a publish that failed may still be deployed");
            }
            Err(error)
        }
        Ok(_) => Ok(()),
    };
    log_left(result);
}

async fn end_with_id(base: &Base, id: Option<&str>) -> Result<(), LockError> {
    match lock::fetch(base).await? {
        Some(lock) if lock.id.as_deref() == id && !lock.publishing.is_over() => end(base, lock).await.map(|_| ()),
        _ => Ok(()),
    }
}

/// Gives the lock of a publish back whose Build can not be deployed. The next publish removes that.
pub(super) async fn give_back(base: &Base, mut lock: Lock) -> Result<(), LockError> {
    lock.leftovers = lock.left(LiveSids::default());
    lock.release(base).await
}

/// Says that the lock stays for a while; if somebody else has it by now, that is theirs.
pub(super) fn log_left(result: Result<(), LockError>) {
    if let Err(LockError::Twilio(error)) = result {
        tracing::warn!(%error, "the publishing lock stays until the next publish or until it expires");
    }
}
