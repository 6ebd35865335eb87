//! The first half of a publish: a new Asset Version, and a Build that holds it beside everything that was there.
//!
//! Knows nothing of Deployments.

use std::sync::Arc;

use bytes::Bytes;
use shared::{Publishing, PublishingStage};

use super::end::end_failed;
use super::leftovers::remove_abandoned_builds;
use super::lock::{self, LiveSids, Lock, LockError};
use super::submission::{Submission, SubmissionError, must_fit};
use crate::auth::Person;
use crate::base::Base;
use crate::directory::{Deployed, ReadError, VersionConflict, fetch_deployed, fetch_reading};
use crate::home::blocking;
use crate::twilio::{Build, NewAssetVersion, NewBuild, TwilioError, Visibility};

/// Why a publish did not get its Build.
#[derive(Debug, thiserror::Error)]
pub(crate) enum UpdateError {
    /// What was submitted may not be published.
    #[error(transparent)]
    Submission(#[from] SubmissionError),
    /// Somebody else published since the data was loaded.
    #[error(transparent)]
    Conflict(#[from] VersionConflict),
    /// The lock is somebody else's.
    #[error(transparent)]
    Lock(#[from] LockError),
    /// What is published can not be read, so nobody knows what would be lost.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// Twilio does not do it.
    #[error(transparent)]
    Twilio(#[from] TwilioError),
    /// The Build is there, and nobody knows whether somebody else has gone on with it already.
    #[error("whether the Build is live is not known: {0}")]
    Unclear(TwilioError),
}

/// A Build that was requested.
#[derive(Debug)]
pub(crate) struct RequestedBuild {
    /// The SID of the Build (`ZB…`).
    pub(crate) build_sid: String,
    /// The SID of the Asset Version in it (`ZN…`).
    pub(crate) version: String,
}

/// Requests a Build that holds what was submitted. Whatever fails, nothing that is published changes.
pub(crate) async fn update(
    base: &Base,
    person: &Person,
    submission: &Arc<Submission>,
) -> Result<RequestedBuild, UpdateError> {
    let submitted = submission.clone();
    let content = blocking(&*base.home, move || submitted.content()).await?;
    let deployed = fetch_deployed(base).await?;
    deployed.must_be_at(submission.version.as_deref())?;
    must_fit(content.len(), visibility(base, &deployed))?;
    match fetch_reading(base, &deployed).await {
        Ok(reading) => {
            let submitted = submission.clone();
            blocking(&*base.home, move || submitted.must_not_lose_too_much(&reading.directory)).await?;
        }
        // Code that reads a private asset lives in the Build itself: without it, nothing could be carried over.
        Err(error) if error.is_replaceable() && !is_code_lost(base, &deployed) => submission.must_be_confirmed()?,
        Err(error) => return Err(error.into()),
    }
    let beginning = beginning(base, person, &deployed, submission);
    let mut lock = lock::take(base, beginning, LiveSids::from(&deployed)).await?;
    let result = build(base, &mut lock, submission, content).await;
    if result.is_err() {
        end_failed(base, lock).await;
    }
    result
}

/// Whether a new Build would not have the Functions that this process is one of.
fn is_code_lost(base: &Base, deployed: &Deployed) -> bool {
    base.home.is_twilio_function() && deployed.gone_build().is_some()
}

/// Who may read the asset: as before. The first one is private where code in its Build reads it, and protected
/// elsewhere, because nobody can read a private one from outside.
fn visibility(base: &Base, deployed: &Deployed) -> Visibility {
    match deployed.asset() {
        Some(asset) => asset.visibility,
        None if base.home.is_twilio_function() => Visibility::Private,
        None => Visibility::Protected,
    }
}

/// What the lock says of a publish that begins now.
fn beginning(base: &Base, person: &Person, deployed: &Deployed, submission: &Submission) -> Publishing {
    let now = base.home.now().to_string();
    Publishing {
        started_by: person.name.clone(),
        started_at: now.clone(),
        base_build_sid: deployed.environment.build_sid.clone(),
        build_sid: None,
        version: None,
        stage: PublishingStage::Uploading,
        updated_at: Some(now),
        rows: Some(submission.directory.len()),
    }
}

/// Makes the Build while the lock is held. Between the first look and the lock somebody else may have published,
/// so what is deployed is read again, and that is what the Build is based on.
///
/// The lock names the version before there is a Build: whatever becomes of this request, every Build with it is known.
async fn build(
    base: &Base,
    lock: &mut Lock,
    submission: &Submission,
    content: Bytes,
) -> Result<RequestedBuild, UpdateError> {
    remove_abandoned_builds(base, &lock.leftovers).await?;
    let deployed = fetch_deployed(base).await?;
    deployed.must_be_at(submission.version.as_deref())?;
    let version = upload(base, &deployed, content).await?;
    let base_build_sid = deployed.environment.build_sid.clone();
    let uploaded = Publishing { base_build_sid, version: Some(version.clone()), ..lock.publishing.clone() };
    lock.record(base, uploaded).await?;
    let overtaken = fetch_overtaken(base, lock, &deployed).await?;
    let source = overtaken.as_ref().or(deployed.build.as_ref());
    let new_build = carry_over(source, &base.config.asset_name, &version);
    let build_sid = base.twilio.create_build(&new_build, &version).await?;
    let stage = PublishingStage::Building;
    let building = Publishing { build_sid: Some(build_sid.clone()), stage, ..lock.publishing.clone() };
    if let Err(error) = lock.record(base, building).await
        && !has_gone_on(&base.for_tidying_up(), &build_sid).await.map_err(UpdateError::Unclear)?
    {
        return Err(error.into());
    }
    tracing::info!(build_sid, version, rows = submission.directory.len(), "Build requested");
    Ok(RequestedBuild { build_sid, version })
}

/// Whether somebody has gone on with this Build already. The lock may name it although nobody said so, and whoever saw
/// that may have deployed it by now.
async fn has_gone_on(base: &Base, build_sid: &str) -> Result<bool, TwilioError> {
    match lock::fetch_for(base, build_sid).await? {
        Some(lock) => Ok(lock.publishing.stage != PublishingStage::Discarding),
        None => base.twilio.was_deployed(build_sid).await,
    }
}

/// What other tools deployed just before the publish that is live now, which was made without knowing it: everything but
/// our asset is carried over from there, so that it gets live again. None once they have deployed again.
async fn fetch_overtaken(base: &Base, lock: &Lock, deployed: &Deployed) -> Result<Option<Build>, TwilioError> {
    let live = deployed.environment.build_sid.as_deref();
    let overtaken = lock.leftovers.overtaken.as_ref();
    let Some(overtaken) = overtaken.filter(|overtaken| live == Some(&overtaken.by_build_sid)) else { return Ok(None) };
    match base.twilio.fetch_build(&overtaken.build_sid).await {
        Err(TwilioError::NotFound { .. }) => Ok(None),
        result => result.map(Some),
    }
}

/// Uploads the rows as a version of the published asset, or of a new one before the first publish.
async fn upload(base: &Base, deployed: &Deployed, content: Bytes) -> Result<String, TwilioError> {
    let path = base.config.asset_name.as_str();
    let asset_sid = match deployed.asset() {
        Some(asset) => asset.asset_sid.clone(),
        None => base.twilio.find_or_create_asset(path).await?,
    };
    let visibility = visibility(base, deployed);
    let version = NewAssetVersion { asset_sid: &asset_sid, path, visibility, content: &content };
    let sid = base.twilio.create_asset_version(&version).await?;
    if visibility == Visibility::Private {
        base.bundled_asset.uploaded(&sid, content);
    }
    Ok(sid)
}

/// A Build like the deployed one, but with this version of the asset at `path`. Twilio keeps nothing by itself:
/// what is not named in a Build is gone when it is deployed.
fn carry_over<'a>(deployed: Option<&'a Build>, path: &str, version: &'a str) -> NewBuild<'a> {
    let assets = deployed.and_then(|build| build.asset_versions.as_deref()).unwrap_or_default();
    let functions = deployed.and_then(|build| build.function_versions.as_deref()).unwrap_or_default();
    let others = assets.iter().filter(|asset| asset.path != path).map(|asset| asset.sid.as_str());
    NewBuild {
        asset_versions: others.chain([version]).collect(),
        function_versions: functions.iter().map(|function| function.sid.as_str()).collect(),
        dependencies: deployed.and_then(|build| build.dependencies.as_deref()),
        runtime: deployed.and_then(|build| build.runtime.as_deref()),
    }
}
