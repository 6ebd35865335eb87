//! Ending a publish that nobody goes on with, so that the next one can begin at once.
//!
//! Knows nothing of why it was left. What is published does not change: a Build without the lock is never deployed.

use shared::Publishing;
use shared::wire::{DiscardReply, DiscardRequest};

use super::lock;
use crate::auth::Person;
use crate::base::Base;
use crate::error::ApiError;

/// Answers `POST /admin/discard`. That nobody is publishing any more is a success.
///
/// # Errors
///
/// [`ApiError::PublishInProgress`] when the lock holds another publish than the one that the person saw.
pub(crate) async fn discard(base: &Base, person: &Person, request: &DiscardRequest) -> Result<DiscardReply, ApiError> {
    let Some(lock) = lock::holder(base).await? else { return Ok(reply(false)) };
    if !is_meant(&lock.publishing, request) {
        return Err(ApiError::PublishInProgress(Some(Box::new(lock.publishing))));
    }
    lock.remove(base).await?;
    // An item that was written in this very moment is left alone: then the publish went on.
    match lock::holder(base).await? {
        Some(still) if still.publishing.started_at == lock.publishing.started_at => {
            Err(ApiError::PublishInProgress(Some(Box::new(still.publishing))))
        }
        _ => {
            let Publishing { started_by, build_sid, .. } = &lock.publishing;
            tracing::info!(by = person.name, started_by, build_sid, "publish discarded");
            if let Some(build_sid) = build_sid {
                remove_build(base, build_sid).await;
            }
            Ok(reply(true))
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

fn is_meant(publishing: &Publishing, request: &DiscardRequest) -> bool {
    let build_sid = request.build_sid.as_ref().filter(|sid| !sid.is_empty());
    let began = request.started_at.as_ref().is_none_or(|began| *began == publishing.started_at);
    began && build_sid == publishing.build_sid.as_ref()
}

fn reply(discarded: bool) -> DiscardReply {
    DiscardReply { success: true, status: 200, discarded }
}
