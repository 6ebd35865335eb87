//! The second half of a publish: making a completed Build the live one.
//!
//! Knows nothing of how the Build was made. What is live is looked at before anything else, because whoever asks may
//! not know that it succeeded already.

use shared::wire::BuildStatus;
use shared::{Publishing, PublishingStage};

use super::end::{end_failed, give_back, log_left};
use super::leftovers::{Overtaken, holds_any, keep, keep_live, overtaken, remove_abandoned_builds};
use super::list::holds_our_asset;
use super::lock::{self, LiveSids, Lock, LockError};
use crate::base::Base;
use crate::directory::{Deployed, VersionConflict, fetch_deployed, fetch_deployed_of};
use crate::twilio::{self, Build, TwilioError};

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
    /// Nobody knows whether Twilio did it, or will do it yet.
    #[error("whether the Build is live is not known: {0}")]
    Unclear(TwilioError),
}

/// A Build that is live.
#[derive(Debug, Default)]
pub(crate) struct Live {
    /// The SID of the Deployment (`ZD…`); none if the Build was live already, or nobody knows which request did it.
    pub(crate) deployment_sid: Option<String>,
    /// What other tools deployed meanwhile and what is not live any more.
    pub(crate) overtaken: Option<Overtaken>,
}

/// Deploys the Build. One that is live already is a success.
///
/// A failure that nobody can go on after ends the publish and gives the lock back.
pub(crate) async fn deploy(base: &Base, build_sid: &str) -> Result<Live, DeployError> {
    let error = match deploy_while_locked(base, build_sid).await {
        Ok(live) => return Ok(live),
        Err(error) => error,
    };
    let base = &base.for_tidying_up();
    if is_live_after(base, build_sid, &error).await? {
        return Ok(already_live(base, build_sid).await);
    }
    if !ends_the_publish(&error) {
        return Err(error);
    }
    log_left(end_after(base, build_sid, &error).await);
    // Whoever deployed it meanwhile may have given the lock back before it was looked for.
    if is_live_after(base, build_sid, &error).await? { Ok(already_live(base, build_sid).await) } else { Err(error) }
}

/// Whether somebody else has deployed the Build since we looked first; they may be gone with the lock. Where Twilio does
/// not say, what was found out so far is told only if it says nothing about the Build.
async fn is_live_after(base: &Base, build_sid: &str, error: &DeployError) -> Result<bool, TwilioError> {
    match error {
        DeployError::NotReady(_) => Ok(false),
        DeployError::Twilio(_) | DeployError::Unclear(_) => Ok(base.twilio.is_live(build_sid).await.unwrap_or(false)),
        DeployError::UnknownBuild | DeployError::Conflict(_) | DeployError::Lock(_) => {
            base.twilio.is_live(build_sid).await
        }
    }
}

/// Somebody else deployed the Build. They may not have seen to it yet that it stays live, and may never do.
async fn already_live(base: &Base, build_sid: &str) -> Live {
    match base.twilio.fetch_build(build_sid).await {
        Ok(build) => went_live(base, &build),
        Err(error) => tracing::warn!(%error, build_sid, "what is in the Build that is live is not known"),
    }
    if let Err(error) = remove_what_may_replace(base, build_sid).await {
        tracing::warn!(%error, "an earlier Build may be deployed once more");
    }
    Live::default()
}

/// Whoever holds the lock by now: what it says may be deployed once more is not to be deployed in place of this Build.
async fn remove_what_may_replace(base: &Base, build_sid: &str) -> Result<(), TwilioError> {
    let lock = lock::fetch(base).await?;
    for other in lock.iter().flat_map(|lock| lock.leftovers.others_than(build_sid)) {
        base.twilio.remove_build(other).await?;
    }
    Ok(())
}

/// Whether nobody can go on after it with the publish.
fn ends_the_publish(error: &DeployError) -> bool {
    matches!(error, DeployError::NotReady(BuildStatus::Failed) | DeployError::UnknownBuild | DeployError::Conflict(_))
}

async fn end_after(base: &Base, build_sid: &str, error: &DeployError) -> Result<(), LockError> {
    let can_be_deployed = !matches!(error, DeployError::NotReady(_));
    match lock::fetch_for(base, build_sid).await? {
        Some(lock) if can_be_deployed => end_failed(base, lock).await,
        Some(lock) => give_back(base, lock).await?,
        None => {}
    }
    Ok(())
}

async fn deploy_while_locked(base: &Base, build_sid: &str) -> Result<Live, DeployError> {
    // Whoever else goes on with the same publish writes the lock too; the next look settles it.
    for _ in 0..3 {
        let environment = base.twilio.fetch_environment().await?;
        if environment.build_sid.as_deref() == Some(build_sid) {
            return Ok(already_live(base, build_sid).await);
        }
        let build = must_be_completed(base, build_sid).await?;
        let deployed = fetch_deployed_of(base, environment).await?;
        let mut lock = must_be_ours(base, &build, &deployed).await?;
        remove_abandoned_builds(base, &lock.leftovers).await?;
        let mut known = lock.leftovers.abandoned_versions.clone();
        known.extend(lock.publishing.version.clone());
        // One that is made of what is live comes of an earlier publish, by a request that was carried out once more.
        let is_no_publish = |other: &Build| holds_any(base, other, &known) || deployed.is_made_of_the_same(other);
        must_be_newest(base, &build, is_no_publish).await?;
        if lock.publishing.stage == PublishingStage::Deploying {
            // Whoever began that may still be waiting for Twilio, and their Deployment come after the next publish.
            keep(&mut lock.leftovers.redeployable_builds, build_sid);
        }
        match lock.advance(base, PublishingStage::Deploying).await {
            Ok(()) => return deploy_at_last(base, &build, lock).await,
            Err(LockError::Lost) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Err(LockError::Held(None).into())
}

async fn must_be_completed(base: &Base, build_sid: &str) -> Result<Build, DeployError> {
    match base.twilio.fetch_build(build_sid).await {
        Ok(build) if build.status == BuildStatus::Completed => Ok(build),
        Ok(build) => Err(DeployError::NotReady(build.status)),
        Err(TwilioError::NotFound { .. }) => Err(DeployError::UnknownBuild),
        Err(error) => Err(error.into()),
    }
}

/// Deploys while the lock says so, which it does as long as the Build may still get live.
async fn deploy_at_last(base: &Base, build: &Build, mut lock: Lock) -> Result<Live, DeployError> {
    match base.twilio.create_deployment(&build.sid, lock.publishing.base_build_sid.as_deref()).await {
        Ok(deployed) => {
            went_live(base, build);
            tracing::info!(build_sid = build.sid, deployment_sid = deployed.deployment_sid, "published");
            let overtaken = finish(&base.for_tidying_up(), build, lock, &deployed).await;
            Ok(Live { deployment_sid: deployed.deployment_sid, overtaken })
        }
        Err(error) if error.is_unclear() => Err(DeployError::Unclear(error)),
        Err(error) => {
            if let Err(error) = lock.advance(&base.for_tidying_up(), PublishingStage::Building).await {
                tracing::warn!(%error, "the publishing lock says that the Build is being deployed");
            }
            Err(error.into())
        }
    }
}

/// What is left to do once the Build is live. Nothing of it takes back that it is: what fails, the next publish does.
async fn finish(base: &Base, build: &Build, mut lock: Lock, deployed: &twilio::Deployed) -> Option<Overtaken> {
    let mut leftovers = std::mem::take(&mut lock.leftovers);
    let ours = leftovers.redeployable_builds.clone();
    if let Err(error) = keep_live(base, &build.sid, &mut leftovers).await {
        tracing::warn!(%error, "an earlier Build may be deployed once more");
    }
    if deployed.is_another_on_its_way {
        keep(&mut leftovers.redeployable_builds, &build.sid);
    }
    let before = lock.publishing.base_build_sid.as_deref();
    leftovers.overtaken = overtaken(base, &build.sid, before, &ours).await.unwrap_or_else(|error| {
        tracing::warn!(%error, "whether other tools have deployed meanwhile is not known");
        None
    });
    if let Some(Overtaken { build_sid, .. }) = &leftovers.overtaken {
        tracing::warn!(
            build_sid,
            "other tools deployed this Build meanwhile, and what it changed is not live any more"
        );
    }
    let overtaken = leftovers.overtaken.clone();
    lock.leftovers = leftovers;
    if let Err(error) = lock.release(base).await {
        tracing::warn!(%error, "the publishing lock stays although its Build is live");
    }
    overtaken
}

/// A process that answers from its own Build answers from this one's directory now.
fn went_live(base: &Base, build: &Build) {
    if let Some(asset) = build.asset_version_at(&base.config.asset_name) {
        base.bundled_asset.went_live(&asset.sid);
    }
}

/// The lock must be held for this Build, and what it was based on must still be deployed. Otherwise the Build
/// would bring back what somebody else replaced meanwhile.
async fn must_be_ours(base: &Base, build: &Build, deployed: &Deployed) -> Result<Lock, DeployError> {
    let Some(lock) = lock::holder(base, LiveSids::from(deployed)).await? else {
        return Err(why_nobody_holds_it(base, build, deployed).await?);
    };
    let Publishing { build_sid: locked, base_build_sid, stage, .. } = &lock.publishing;
    let goes_on = matches!(stage, PublishingStage::Uploading | PublishingStage::Building | PublishingStage::Deploying);
    if locked.as_deref() != Some(&build.sid) || !goes_on {
        return Err(LockError::Held(Some(Box::new(lock.publishing))).into());
    }
    if *base_build_sid == deployed.environment.build_sid { Ok(lock) } else { Err(conflict(base).await.into()) }
}

/// Nobody publishes the Build any more: it was live once and was replaced, another Build with its version is live, or it
/// never got so far.
async fn why_nobody_holds_it(base: &Base, build: &Build, deployed: &Deployed) -> Result<DeployError, DeployError> {
    let is_live_elsewhere = deployed.version().is_some_and(|version| holds_any(base, build, &[version.to_owned()]));
    if is_live_elsewhere || base.twilio.was_deployed(&build.sid).await? {
        return Ok(conflict(base).await.into());
    }
    must_be_newest(base, build, |_| false).await?;
    Ok(LockError::Lost.into())
}

/// Whoever made a newer Build with our asset is about to publish too, unless it `is_no_publish`.
async fn must_be_newest(base: &Base, build: &Build, is_no_publish: impl Fn(&Build) -> bool) -> Result<(), DeployError> {
    let newer = base.twilio.list_builds_after(Some(&build.sid)).await?;
    let is_somebody_elses = |other: &Build| holds_our_asset(base, other) && !is_no_publish(other);
    if newer.iter().any(is_somebody_elses) { Err(conflict(base).await.into()) } else { Ok(()) }
}

/// The conflict, with the version that is published now where Twilio still tells.
async fn conflict(base: &Base) -> VersionConflict {
    let deployed = fetch_deployed(base).await.ok();
    VersionConflict { published: deployed.and_then(|deployed| deployed.version().map(str::to_owned)) }
}
