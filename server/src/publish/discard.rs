//! Ending a publish that nobody goes on with, so that the next one can begin at once.
//!
//! Knows nothing of why it was left. What is published does not change: a Build without the lock is never deployed.

use shared::Publishing;

use super::lock::{self, LockError};
use crate::auth::Person;
use crate::base::Base;

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
        began_then && self.build_sid == publishing.build_sid
    }
}

/// Ends that publish; false if there was none to end, because nobody is publishing any more.
///
/// # Errors
///
/// [`LockError::Held`] when the lock holds another publish than the one that the person saw.
pub(crate) async fn discard(base: &Base, person: &Person, seen: &SeenPublish) -> Result<bool, LockError> {
    let Some(lock) = lock::holder(base).await? else { return Ok(false) };
    if !seen.is_still(&lock.publishing) {
        return Err(LockError::Held(Some(Box::new(lock.publishing))));
    }
    lock.remove(base).await?;
    // An item that was written in this very moment is left alone: then the publish went on.
    match lock::holder(base).await? {
        Some(still) if still.publishing.started_at == lock.publishing.started_at => {
            Err(LockError::Held(Some(Box::new(still.publishing))))
        }
        _ => {
            let Publishing { started_by, build_sid, .. } = &lock.publishing;
            tracing::info!(by = person.name, started_by, build_sid, "publish discarded");
            if let Some(build_sid) = build_sid {
                remove_build(base, build_sid).await;
            }
            Ok(true)
        }
    }
}

/// A Build that stays would look like a publish in progress for a while. It can not be deployed without the lock, so
/// it is not worth a failure.
pub(super) async fn remove_build(base: &Base, build_sid: &str) {
    if let Err(error) = base.twilio.remove_build(build_sid).await {
        tracing::warn!(%error, build_sid, "the discarded Build stays");
    }
}
