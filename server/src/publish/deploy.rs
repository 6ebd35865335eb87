//! The second half of a publish: making a completed Build the live one.
//!
//! Knows nothing of how the Build was made.

use shared::PublishingStage;
use shared::wire::BuildStatus;

use super::list::holds_our_asset;
use super::lock::{self, Lock, LockError};
use crate::base::Base;
use crate::directory::{VersionConflict, fetch_deployed};
use crate::twilio::{Build, TwilioError};

/// Why a Build was not deployed.
#[derive(Debug, thiserror::Error)]
pub(crate) enum DeployError {
    /// There is no such Build.
    #[error("no such Build")]
    UnknownBuild,
    /// The Build is not completed.
    #[error("the Build is {0:?}")]
    NotReady(BuildStatus),
    /// Deploying it would bring back what somebody else replaced.
    #[error(transparent)]
    Conflict(#[from] VersionConflict),
    /// The lock is not held for this Build.
    #[error(transparent)]
    Lock(#[from] LockError),
    /// Twilio does not do it.
    #[error(transparent)]
    Twilio(#[from] TwilioError),
}

impl DeployError {
    /// Whether the publish is still under way: the Build is not made yet, or Twilio did not deploy it and whoever
    /// comes next goes on with it or discards it.
    fn leaves_it_under_way(&self) -> bool {
        matches!(self, Self::NotReady(BuildStatus::Building) | Self::Twilio(_) | Self::Lock(LockError::Twilio(_)))
    }
}

/// Deploys the Build and returns the SID of the Deployment; none if it was deployed already, which is a success.
///
/// A failure that does not leave the publish under way ends it and gives the lock back.
pub(crate) async fn deploy(base: &Base, build_sid: &str) -> Result<Option<String>, DeployError> {
    let result = deploy_while_locked(base, build_sid).await;
    if !result.as_ref().is_err_and(DeployError::leaves_it_under_way) {
        lock::release_if_for(base, build_sid).await;
    }
    result
}

async fn deploy_while_locked(base: &Base, build_sid: &str) -> Result<Option<String>, DeployError> {
    let build = match base.twilio.fetch_build(build_sid).await {
        Err(TwilioError::NotFound { .. }) => return Err(DeployError::UnknownBuild),
        result => result?,
    };
    if build.status != BuildStatus::Completed {
        return Err(DeployError::NotReady(build.status));
    }
    let environment = base.twilio.fetch_environment().await?;
    if environment.build_sid.as_deref() == Some(build_sid) {
        went_live(base, &build);
        return Ok(None);
    }
    let lock = must_be_ours(base, build_sid, environment.build_sid.as_deref()).await?;
    must_be_newest(base, build_sid).await?;
    record_deploying(base, lock, build_sid, environment.build_sid.as_deref()).await?;
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
async fn must_be_ours(base: &Base, build_sid: &str, deployed: Option<&str>) -> Result<Lock, DeployError> {
    match lock::holder(base).await? {
        Some(lock) if lock.publishing.build_sid.as_deref() == Some(build_sid) => {
            if lock.publishing.base_build_sid.as_deref() == deployed {
                Ok(lock)
            } else {
                Err(conflict(base).await.into())
            }
        }
        Some(somebody_else) => Err(LockError::Held(Some(Box::new(somebody_else.publishing))).into()),
        None => {
            must_be_newest(base, build_sid).await?;
            Err(LockError::Lost.into())
        }
    }
}

/// Writes the stage into the lock, where every view sees it. Where the lock was written meanwhile, it may still be for
/// this Build, because somebody else goes on with it too; where it was discarded meanwhile, this publish ends.
async fn record_deploying(
    base: &Base,
    mut lock: Lock,
    build_sid: &str,
    deployed: Option<&str>,
) -> Result<(), DeployError> {
    if let Err(error) = lock.advance(base, PublishingStage::Deploying).await {
        tracing::warn!(%error, "the publishing lock does not say that the Build is being deployed");
        must_be_ours(base, build_sid, deployed).await?;
    }
    Ok(())
}

async fn must_be_newest(base: &Base, build_sid: &str) -> Result<(), DeployError> {
    let newer = base.twilio.list_builds_after(Some(build_sid)).await?;
    if newer.iter().any(|build| holds_our_asset(base, build)) { Err(conflict(base).await.into()) } else { Ok(()) }
}

async fn is_deployed(base: &Base, build_sid: &str) -> bool {
    base.twilio.fetch_environment().await.is_ok_and(|now| now.build_sid.as_deref() == Some(build_sid))
}

/// The conflict, with the version that is published now where Twilio still tells.
async fn conflict(base: &Base) -> VersionConflict {
    let deployed = fetch_deployed(base).await.ok();
    VersionConflict { published: deployed.and_then(|deployed| deployed.version().map(str::to_owned)) }
}
