//! The second half of a publish: making a completed Build the live one.
//!
//! Knows nothing of how the Build was made.

use shared::PublishingStage;
use shared::wire::{BuildStatus, PublishReply};

use super::build_status::unknown_build;
use super::list::holds_our_asset;
use super::lock::{self, Lock};
use crate::base::Base;
use crate::error::ApiError;
use crate::twilio::Build;

/// Answers `POST /admin/publish`. Deploying what is deployed already is a success.
///
/// A Build that is still `building` may be asked for again, and so may one that Twilio did not deploy: whoever comes
/// next goes on with it or discards it. Every other failure ends this publish and gives the lock back.
pub(crate) async fn deploy(base: &Base, build_sid: &str) -> Result<PublishReply, ApiError> {
    let result = deploy_while_locked(base, build_sid).await;
    if !matches!(result, Err(ApiError::BuildNotReady(BuildStatus::Building) | ApiError::Twilio(_))) {
        lock::release_if_for(base, build_sid).await;
    }
    Ok(PublishReply { success: true, status: 200, deployment_sid: result? })
}

/// The SID of the Deployment, or none if there was nothing left to do.
async fn deploy_while_locked(base: &Base, build_sid: &str) -> Result<Option<String>, ApiError> {
    let build = base.twilio.fetch_build(build_sid).await.map_err(unknown_build)?;
    if build.status != BuildStatus::Completed {
        return Err(ApiError::BuildNotReady(build.status));
    }
    let environment = base.twilio.fetch_environment().await?;
    if environment.build_sid.as_deref() == Some(build_sid) {
        went_live(base, &build);
        return Ok(None);
    }
    let lock = must_be_ours(base, build_sid, environment.build_sid.as_deref()).await?;
    must_be_newest(base, build_sid).await?;
    say_deploying(base, lock, build_sid, environment.build_sid.as_deref()).await?;
    match base.twilio.create_deployment(build_sid).await {
        Ok(sid) => {
            went_live(base, &build);
            tracing::info!(build_sid, deployment_sid = sid, "published");
            Ok(Some(sid))
        }
        // Twilio refuses to deploy what is deployed: then somebody else pressed the button for the same Build.
        Err(error) if error.rejected_status().is_some() && is_deployed(base, build_sid).await => Ok(None),
        Err(error) => Err(error.into()),
    }
}

/// A process that answers from its own Build answers from this one's directory now.
fn went_live(base: &Base, build: &Build) {
    if let Some(asset) = build.asset_version_at(&base.config.asset_name) {
        base.bundled_asset.went_live(&asset.sid);
    }
}

/// The lock must be held for this Build, and what it was based on must still be deployed. Otherwise the Build
/// would bring back what somebody else replaced meanwhile.
async fn must_be_ours(base: &Base, build_sid: &str, deployed: Option<&str>) -> Result<Lock, ApiError> {
    match lock::holder(base).await? {
        Some(lock) if lock.publishing.build_sid.as_deref() == Some(build_sid) => {
            if lock.publishing.base_build_sid.as_deref() == deployed { Ok(lock) } else { Err(conflict(base).await) }
        }
        Some(somebody_else) => Err(ApiError::PublishInProgress(Some(Box::new(somebody_else.publishing)))),
        None => {
            must_be_newest(base, build_sid).await?;
            Err(ApiError::PublishDiscarded)
        }
    }
}

/// Tells every view. Where the lock was written meanwhile, it may still be for this Build, because somebody else
/// goes on with it too; where it was discarded meanwhile, this publish ends.
async fn say_deploying(base: &Base, mut lock: Lock, build_sid: &str, deployed: Option<&str>) -> Result<(), ApiError> {
    if let Err(error) = lock.advance(base, PublishingStage::Deploying).await {
        tracing::warn!(%error, "the publishing lock does not say that the Build is being deployed");
        must_be_ours(base, build_sid, deployed).await?;
    }
    Ok(())
}

async fn must_be_newest(base: &Base, build_sid: &str) -> Result<(), ApiError> {
    let newer = base.twilio.list_builds_after(Some(build_sid)).await?;
    if newer.iter().any(|build| holds_our_asset(base, build)) { Err(conflict(base).await) } else { Ok(()) }
}

async fn is_deployed(base: &Base, build_sid: &str) -> bool {
    base.twilio.fetch_environment().await.is_ok_and(|now| now.build_sid.as_deref() == Some(build_sid))
}

/// The conflict, with the version that is published now where Twilio still tells.
async fn conflict(base: &Base) -> ApiError {
    let deployed = crate::directory::fetch_deployed(base).await.ok();
    ApiError::VersionConflict(deployed.and_then(|deployed| deployed.version().map(str::to_owned)))
}
