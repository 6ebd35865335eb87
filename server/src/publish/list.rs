//! What is published now, and whether somebody is in the middle of publishing.
//!
//! Knows nothing of the draft: the view has that from Sync.

use shared::Publishing;
use shared::wire::{BuildStatus, UnreadableAsset};

use super::LONGEST_PUBLISH;
use super::leftovers::holds_any;
use super::lock::{self, LiveSids, Lock};
use crate::base::Base;
use crate::directory::{Deployed, Listed, ReadError, fetch_deployed, fetch_listed};
use crate::twilio::{Build, TwilioError};

/// What is published now.
#[derive(Debug)]
pub(crate) struct Listing {
    /// The published rows, sound or not.
    pub(crate) listed: Listed,
    /// Why there are no rows although an asset is published: nobody can tell its rows.
    pub(crate) unreadable: Option<UnreadableAsset>,
    /// The SID of the published Asset Version; none before the first publish.
    pub(crate) version: Option<String>,
    /// Whether somebody is in the middle of publishing.
    pub(crate) progress: Progress,
}

/// Reads what is published, and whether somebody is in the middle of publishing.
pub(crate) async fn list(base: &Base) -> Result<Listing, ReadError> {
    let deployed = fetch_deployed(base).await?;
    let (listed, unreadable) = match fetch_listed(base, &deployed).await {
        Ok(listed) => (listed, None),
        // A sound draft may take its place, so supervisors get the version that it is published against.
        Err(error) if error.is_replaceable() => {
            let (path, problem) = (base.config.asset_name.clone(), error.to_string());
            (Listed::default(), Some(UnreadableAsset { path, problem }))
        }
        Err(error) => return Err(error),
    };
    let progress = progress(base, &deployed).await?;
    let version = deployed.version().map(str::to_owned);
    Ok(Listing { listed, unreadable, version, progress })
}

/// Whether somebody is in the middle of publishing.
#[derive(Debug)]
pub(crate) struct Progress {
    /// Who holds the lock, if anybody.
    pub(crate) publishing: Option<Publishing>,
    /// Whether the latest Build is the deployed one.
    pub(crate) version_is_deployed: bool,
}

/// Looks at the lock, and at the Builds of tools that take none.
pub(crate) async fn progress(base: &Base, deployed: &Deployed) -> Result<Progress, TwilioError> {
    let live = LiveSids::from(deployed);
    let lock = lock::fetch(base).await?;
    if let Some(lock) = lock.as_ref().filter(|lock| lock.is_held(base.home.now(), live)) {
        return Ok(Progress { publishing: Some(lock.publishing.clone()), version_is_deployed: false });
    }
    let abandoned = lock.as_ref().map(|lock| lock.left(live).abandoned_versions).unwrap_or_default();
    let version_is_deployed = !another_build_is_on_its_way(base, deployed, &abandoned).await?;
    if let Some(lock) = lock {
        tidy_up(base, lock, live).await;
    }
    Ok(Progress { publishing: None, version_is_deployed })
}

/// A publish whose Build is live is over, even where its server did not live to say so: every open view would show it
/// as one that goes on.
async fn tidy_up(base: &Base, mut lock: Lock, live: LiveSids<'_>) {
    if lock.publishing.is_over() || !lock.is_live(live) || !lock.has_rested(base.home.now()) {
        return;
    }
    lock.leftovers = lock.left(live);
    if let Err(error) = lock.release(base).await {
        tracing::warn!(%error, "the publishing lock stays although its Build is live");
    }
}

/// Whether a tool that takes no lock, such as the Twilio CLI, is about to replace our asset:
/// a young Build that is newer than the deployed one and is not made of the same, holds our asset, which nobody has
/// abandoned, did not fail and is deployed nowhere.
async fn another_build_is_on_its_way(
    base: &Base,
    deployed: &Deployed,
    abandoned: &[String],
) -> Result<bool, TwilioError> {
    let mut builds = base.twilio.list_builds_after(deployed.environment.build_sid.as_deref()).await?;
    let youngest = base.home.now() - LONGEST_PUBLISH;
    builds.retain(|build| {
        build.date_created > youngest
            && holds_our_asset(base, build)
            && !holds_any(base, build, abandoned)
            && !deployed.is_made_of_the_same(build)
    });
    if builds.is_empty() {
        return Ok(false);
    }
    let environments = base.twilio.list_environments().await?;
    let is_deployed = |build: &Build| environments.iter().any(|other| other.build_sid.as_ref() == Some(&build.sid));
    Ok(builds.iter().any(|build| !is_deployed(build)))
}

/// Whether deploying this Build would replace the published directory.
pub(super) fn holds_our_asset(base: &Base, build: &Build) -> bool {
    build.status != BuildStatus::Failed && build.asset_version_at(&base.config.asset_name).is_some()
}
