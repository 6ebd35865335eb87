//! Reads the published directory, from the fastest source that there is.
//!
//! Knows nothing of when that is due and of who waits for it.

use std::time::Duration;

use jiff::Timestamp;

use super::index::Index;
use crate::base::Base;
use crate::bundled_asset::BundledVersion;
use crate::directory::{ReadError, fetch_content, fetch_deployed_of, read_rows};

/// For how long after a Deployment the content is read again although the Build is the same: the domain may
/// serve the old asset for a moment after the Environment names the new Build.
const SETTLING_TIME: Duration = Duration::from_secs(60);

/// A published directory, ready to answer from.
pub(super) struct Published {
    source: Source,
    pub(super) index: Index,
}

/// Where a published directory was read.
enum Source {
    /// The Build with this SID. Until `settled_at`, its domain may still serve the asset of the Build before.
    Build { sid: String, settled_at: Timestamp },
    /// The Environment, which has no Build yet.
    NothingDeployed,
    /// The asset in the Build of a Twilio Function.
    Bundled(BundledVersion),
    /// What the home kept from an earlier run; nobody knows from which Build.
    LastGood,
}

impl Source {
    /// When the Build with this SID has settled; none if this is another source.
    fn settled_at(&self, build_sid: Option<&str>) -> Option<Timestamp> {
        match self {
            Self::Build { sid, settled_at } if Some(sid.as_str()) == build_sid => Some(*settled_at),
            _ => None,
        }
    }
}

/// The directory that is published now; none if it is the one from `before`.
pub(super) async fn fetch(base: &Base, before: Option<&Published>) -> Result<Option<Published>, ReadError> {
    let version = base.bundled_asset.current_version();
    if before.is_some_and(|before| matches!(&before.source, Source::Bundled(known) if *known == version)) {
        return Ok(None);
    }
    match base.bundled_asset.current() {
        Some(content) => Ok(Some(Published { source: Source::Bundled(version), index: read_index(base, &content)? })),
        None => fetch_from_twilio(base, before).await,
    }
}

async fn fetch_from_twilio(base: &Base, before: Option<&Published>) -> Result<Option<Published>, ReadError> {
    let now = base.home.now();
    let environment = base.twilio.fetch_environment().await?;
    let same_build = before.and_then(|before| before.source.settled_at(environment.build_sid.as_deref()));
    if same_build.is_some_and(|settled_at| settled_at <= now) {
        return Ok(None);
    }
    let deployed = fetch_deployed_of(base, environment).await?;
    let content = fetch_content(base, &deployed).await?;
    if same_build.is_some() && before.is_some_and(|before| before.index.was_built_from(&content)) {
        return Ok(None);
    }
    let index = read_index(base, &content)?;
    base.home.save_last_good(content).await;
    let settled_at = same_build.unwrap_or(now + SETTLING_TIME);
    let source = match deployed.environment.build_sid {
        Some(sid) => Source::Build { sid, settled_at },
        None => Source::NothingDeployed,
    };
    Ok(Some(Published { source, index }))
}

fn read_index(base: &Base, content: &[u8]) -> Result<Index, ReadError> {
    let index = Index::build(&read_rows(base, content)?, content);
    tracing::info!(extensions = index.len(), rejected = index.rejected(), "reading the published directory");
    Ok(index)
}

/// What the home kept from an earlier run.
pub(super) async fn load_last_good(base: &Base) -> Option<Published> {
    let content = base.home.load_last_good().await?;
    let rows = read_rows(base, &content).ok()?;
    Some(Published { source: Source::LastGood, index: Index::build(&rows, &content) })
}
