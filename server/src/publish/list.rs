//! What is published now, and whether somebody is in the middle of publishing.
//!
//! Knows nothing of the draft: the view has that from Sync.

use shared::wire::{BuildStatus, ListReply};
use shared::{Directory, Publishing};

use super::{LONGEST_PUBLISH, lock};
use crate::base::Base;
use crate::directory::{Deployed, ReadError, fetch_deployed, fetch_rows};
use crate::twilio::{Build, TwilioError};

/// Answers `POST /admin/list`.
pub(crate) async fn list(base: &Base) -> Result<ListReply, ReadError> {
    let deployed = fetch_deployed(base).await?;
    let data = fetch_rows(base, &deployed).await?;
    let (publishing, version_is_deployed) = in_progress(base, &deployed).await?;
    Ok(ListReply {
        rejected: Directory::read(&data).rejected,
        data,
        version: deployed.version().map(str::to_owned),
        version_is_deployed,
        rules: base.config.rules.clone(),
        publishing,
    })
}

/// Who is publishing, and whether the latest Build is the deployed one.
pub(crate) async fn in_progress(base: &Base, deployed: &Deployed) -> Result<(Option<Publishing>, bool), TwilioError> {
    let publishing = lock::holder(base).await?.map(|lock| lock.publishing);
    let version_is_deployed = publishing.is_none() && !another_build_is_on_its_way(base, deployed).await?;
    Ok((publishing, version_is_deployed))
}

/// Whether a tool that takes no lock, such as the Twilio CLI, is about to replace our asset:
/// a young Build that is newer than the deployed one, holds our asset, did not fail and is deployed nowhere.
async fn another_build_is_on_its_way(base: &Base, deployed: &Deployed) -> Result<bool, TwilioError> {
    let mut builds = base.twilio.list_builds_after(deployed.environment.build_sid.as_deref()).await?;
    let youngest = base.home.now() - LONGEST_PUBLISH;
    builds.retain(|build| build.date_created > youngest && holds_our_asset(base, build));
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
