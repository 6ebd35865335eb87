//! Reads the published directory, from the fastest source that there is.
//!
//! Knows nothing of when that is due and of who waits for it.

use std::sync::Arc;

use bytes::Bytes;

use super::followed::{Before, Followed};
use super::index::{ContentHash, Index};
use super::last_good::LastGood;
use super::problem::Problem;
use super::replacement::{is_good, read_index};
use crate::base::Base;
use crate::bundled_asset::BundledVersion;
use crate::directory::{ReadError, RowsError, fetch_deployed_of, fetch_served};
use crate::home::blocking;
use crate::twilio::{Environment, ServedAsset};

/// A published directory, ready to answer from.
#[derive(Clone)]
pub(super) struct Published {
    source: Source,
    pub(super) index: Arc<Index>,
}

/// Where a published directory was read.
#[derive(Clone)]
enum Source {
    /// The deployed asset.
    Deployed(Followed),
    /// Nothing is deployed yet.
    Nothing,
    /// The asset in the Build of a Twilio Function.
    Bundled(BundledVersion),
    /// What the home kept from an earlier run, with the SID of its Asset Version if that is known, and what it replaced.
    LastGood { version: Option<String>, replaced: Vec<ContentHash> },
}

/// What a refresh brought.
pub(super) struct Fetched {
    pub(super) published: Published,
    /// What the home is to keep, where there is something new.
    pub(super) to_keep: Option<Bytes>,
}

impl Published {
    /// The SID of the Asset Version that it was read from, where that is known.
    pub(super) fn version(&self) -> Option<&str> {
        match &self.source {
            Source::Deployed(followed) => Some(&followed.asset.sid),
            Source::Bundled(BundledVersion::Published(version)) => Some(version),
            Source::LastGood { version, .. } => version.as_deref(),
            Source::Nothing | Source::Bundled(BundledVersion::Own) => None,
        }
    }

    fn followed(&self) -> Option<&Followed> {
        match &self.source {
            Source::Deployed(followed) => Some(followed),
            _ => None,
        }
    }

    fn before(&self) -> Before<'_> {
        let tag = self.followed().and_then(|followed| followed.tag.as_deref());
        let replaced = match &self.source {
            Source::LastGood { replaced, .. } => replaced.as_slice(),
            _ => &[],
        };
        Before { version: self.version(), content: self.index.content(), replaced, tag }
    }

    /// The same rows, followed further.
    fn following(&self, followed: Followed) -> Fetched {
        let published = Self { source: Source::Deployed(followed), index: self.index.clone() };
        Fetched { published, to_keep: None }
    }
}

/// The directory that is published now; `last` is what callers are answered from.
pub(super) async fn fetch(base: &Base, last: Option<&Published>) -> Result<Fetched, Problem> {
    let version = base.bundled_asset.current_version();
    if let Some(last) = last.filter(|last| matches!(&last.source, Source::Bundled(known) if *known == version)) {
        return Ok(Fetched { published: last.clone(), to_keep: None });
    }
    match base.bundled_asset.current() {
        Some(content) => {
            let index = Arc::new(read_index(base, &content, last.map(|last| last.index.as_ref())).await?);
            Ok(Fetched { published: Published { source: Source::Bundled(version), index }, to_keep: None })
        }
        None => fetch_from_twilio(base, last).await,
    }
}

async fn fetch_from_twilio(base: &Base, last: Option<&Published>) -> Result<Fetched, Problem> {
    let now = base.home.now();
    let environment = base.twilio.fetch_environment().await?;
    let known = last.and_then(|last| Some((last, last.followed()?)));
    let same_build = known.filter(|(_, followed)| environment.build_sid.as_ref() == Some(&followed.build_sid));
    let followed = match same_build {
        Some((_, followed)) => Some(followed.clone()),
        None => newly_deployed(base, environment.clone(), last).await?,
    };
    let Some(followed) = followed else { return nothing(base, last) };
    match last {
        Some(last) if !followed.must_be_read(last.index.content(), now) => Ok(last.following(followed)),
        _ => read(base, &environment, followed, last).await,
    }
}

/// The version of the asset in a Build that was not known so far; none if it has no such asset.
async fn newly_deployed(
    base: &Base,
    environment: Environment,
    last: Option<&Published>,
) -> Result<Option<Followed>, Problem> {
    let deployed = fetch_deployed_of(base, environment).await?;
    if let Some(sid) = deployed.gone_build() {
        return Err(ReadError::BuildGone(sid.to_owned()).into());
    }
    let (Some(build), Some(asset)) = (&deployed.build, deployed.asset()) else { return Ok(None) };
    let same_version = last.and_then(Published::followed).filter(|followed| followed.asset.sid == asset.sid);
    Ok(Some(match same_version {
        Some(followed) => followed.clone().in_build(build.sid.clone()),
        None => Followed::begin(build.sid.clone(), asset.clone(), last.map(Published::before), base.home.now()),
    }))
}

/// Before the first publish there is nobody to reach. Later, nobody took the directory away by publishing.
fn nothing(base: &Base, last: Option<&Published>) -> Result<Fetched, Problem> {
    if last.is_some_and(|last| last.index.len() > 0) {
        return Err(Problem::NoAsset(base.config.asset_name.clone()));
    }
    if !last.is_some_and(|last| matches!(last.source, Source::Nothing)) {
        tracing::warn!(asset = base.config.asset_name, "no such asset is deployed; nobody is found until there is one");
    }
    let index = Arc::new(Index::empty(b""));
    Ok(Fetched { published: Published { source: Source::Nothing, index }, to_keep: None })
}

async fn read(
    base: &Base,
    environment: &Environment,
    followed: Followed,
    last: Option<&Published>,
) -> Result<Fetched, Problem> {
    let served = fetch_served(base, &environment.domain_name, &followed.asset, followed.tag.as_deref()).await?;
    let now = base.home.now();
    let Some(ServedAsset { content, tag }) = served else {
        // Only where there is something to answer from is there a tag of it.
        let last = last.ok_or_else(|| Problem::NoAsset(followed.asset.path.clone()))?;
        return Ok(last.following(followed.read_again(now)));
    };
    let hashed = content.clone();
    let hash = blocking(&*base.home, move || ContentHash::of(&hashed)).await;
    match last {
        Some(last) if last.index.content() == hash => return Ok(last.following(followed.read_again(now))),
        Some(last) if followed.is_lagging(hash, now) => return Ok(last.following(followed.contradicted(now))),
        _ => {}
    }
    let index = Arc::new(read_index(base, &content, last.map(|last| last.index.as_ref())).await?);
    let followed = followed.replaced(hash, last.map(|last| last.index.content()), tag, now);
    let to_keep = if is_good(&index, &content) {
        let version = Some(followed.asset.sid.clone());
        let last_good = LastGood { version, replaced: followed.all_replaced(), content };
        Some(blocking(&*base.home, move || last_good.to_bytes()).await)
    } else {
        None
    };
    Ok(Fetched { published: Published { source: Source::Deployed(followed), index }, to_keep })
}

/// What the home kept from an earlier run, if callers can be answered from it.
pub(super) async fn load_last_good(base: &Base) -> Option<Published> {
    let kept = base.home.load_last_good().await?;
    let read = blocking(&*base.home, move || read_last_good(kept)).await;
    read.inspect_err(|error| tracing::warn!(?error, "the last good directory can not be read")).ok()?
}

fn read_last_good(kept: Bytes) -> Result<Option<Published>, RowsError> {
    let LastGood { version, replaced, content } = LastGood::read(kept);
    let index = Index::read(&content)?;
    let source = Source::LastGood { version, replaced };
    Ok(is_good(&index, &content).then(|| Published { source, index: Arc::new(index) }))
}
