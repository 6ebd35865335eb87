//! What is published now: the asset in the Build that our Environment has deployed.
//!
//! From outside: [`fetch_deployed`] says what is deployed; [`fetch_reading`] and [`fetch_listed`] read its rows, and
//! [`for_each_row`] and [`read`] those of content that is there already.
//!
//! Knows nothing of how it got there or of how callers are answered from it.

mod listed;
mod row;
mod rows;

use bytes::Bytes;
use shared::Reading;

pub(crate) use self::listed::Listed;
pub(crate) use self::row::LARGEST_ROW;
pub(crate) use self::rows::{MOST_ROWS, RowsError, for_each_row, read};
use crate::base::Base;
use crate::bundled_asset::BundledAssetError;
use crate::home::blocking;
use crate::twilio::{AssetVersion, Build, Environment, ServedAsset, TwilioError, Visibility};

/// How an empty directory is published. An asset is `[]` also where nobody meant it: in the project that a deploy of the
/// Functions brings along, in a file that a tool made anew. So what a person confirmed by its count is written as no tool
/// and no hand writes it, and is `[]` to every reader of JSON. Whoever formats the file loses the mark, and then callers
/// keep the directory that they had: that is the harmless way to be wrong.
pub(crate) const CONFIRMED_EMPTY: &[u8] = b"[\n\n\n]\n";

/// Why the published directory can not be read.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ReadError {
    /// The asset, by its path, is private, and this process does not belong to its Build.
    #[error("the asset {0} is private")]
    Private(String),
    /// Somebody published, and this process belongs to the Build before that.
    #[error("this process belongs to an older Build than the deployed one")]
    OlderBuild,
    /// The asset is not an array of rows.
    #[error("the asset {path} is not a JSON array: {problem}")]
    NotADirectory {
        /// Its path.
        path: String,
        /// What is wrong with it and where.
        problem: String,
    },
    /// The asset has more rows than anybody ever published.
    #[error("the asset {0} has more than {MOST_ROWS} rows")]
    TooManyRows(String),
    /// The Environment names this Build, and there is none: somebody removed it while it was live.
    #[error("the Build {0} that is deployed is gone")]
    BuildGone(String),
    /// Twilio does not give it.
    #[error(transparent)]
    Twilio(#[from] TwilioError),
}

impl ReadError {
    /// Whether a publish that somebody confirms may take the place of what is there.
    pub(crate) fn is_replaceable(&self) -> bool {
        matches!(self, Self::NotADirectory { .. } | Self::TooManyRows(_) | Self::BuildGone(_))
    }

    /// Why the rows of the asset at `path` can not be read.
    pub(crate) fn of_rows(error: RowsError, path: &str) -> Self {
        match error {
            RowsError::NotAnArray(problem) => Self::NotADirectory { path: path.to_owned(), problem },
            RowsError::TooMany => Self::TooManyRows(path.to_owned()),
        }
    }
}

/// Somebody published since the version was loaded that changes are based on.
#[derive(Debug, thiserror::Error)]
#[error("version conflict: {published:?} is published")]
pub(crate) struct VersionConflict {
    /// The SID of the Asset Version that is published now, where that is known.
    pub(crate) published: Option<String>,
}

/// The Environment and the Build that it has deployed.
#[derive(Debug)]
pub(crate) struct Deployed {
    pub(crate) environment: Environment,
    /// None before the first Deployment, or if it is gone.
    pub(crate) build: Option<Build>,
    asset_name: String,
}

impl Deployed {
    /// Our asset in the deployed Build; none before the first publish.
    pub(crate) fn asset(&self) -> Option<&AssetVersion> {
        self.build.as_ref()?.asset_version_at(&self.asset_name)
    }

    /// The SID of the Build that the Environment names although it is gone.
    pub(crate) fn gone_build(&self) -> Option<&str> {
        if self.build.is_none() { self.environment.build_sid.as_deref() } else { None }
    }

    /// Whether the deployed Build is made of the same as another one.
    pub(crate) fn is_made_of_the_same(&self, other: &Build) -> bool {
        self.build.as_ref().is_some_and(|build| build.is_made_of_the_same(other))
    }

    /// The SID of the published Asset Version.
    pub(crate) fn version(&self) -> Option<&str> {
        self.asset().map(|asset| asset.sid.as_str())
    }

    /// The guard against overwriting: what somebody loaded must still be what is published.
    pub(crate) fn must_be_at(&self, version: Option<&str>) -> Result<(), VersionConflict> {
        if self.version() == version {
            return Ok(());
        }
        Err(VersionConflict { published: self.version().map(str::to_owned) })
    }
}

/// Asks Twilio what is deployed.
pub(crate) async fn fetch_deployed(base: &Base) -> Result<Deployed, TwilioError> {
    let environment = base.twilio.fetch_environment().await?;
    fetch_deployed_of(base, environment).await
}

/// The same for an Environment that was just read.
pub(crate) async fn fetch_deployed_of(base: &Base, environment: Environment) -> Result<Deployed, TwilioError> {
    let build = match &environment.build_sid {
        Some(sid) => match base.twilio.fetch_build(sid).await {
            Err(TwilioError::NotFound { .. }) => None,
            result => Some(result?),
        },
        None => None,
    };
    Ok(Deployed { environment, build, asset_name: base.config.asset_name.clone() })
}

/// The published asset as it is served; `[]` before the first publish.
pub(crate) async fn fetch_content(base: &Base, deployed: &Deployed) -> Result<Bytes, ReadError> {
    if let Some(sid) = deployed.gone_build() {
        return Err(ReadError::BuildGone(sid.to_owned()));
    }
    match (&deployed.build, deployed.asset()) {
        (Some(build), Some(asset)) if asset.visibility == Visibility::Private => {
            base.bundled_asset.content_of(asset, build.date_created).map_err(|error| match error {
                BundledAssetError::NotBundled => ReadError::Private(asset.path.clone()),
                BundledAssetError::OlderBuild => ReadError::OlderBuild,
            })
        }
        (_, Some(asset)) => Ok(base.twilio.fetch_asset_content(&deployed.environment.domain_name, &asset.path).await?),
        (_, None) => Ok(Bytes::from_static(b"[]")),
    }
}

/// What the domain serves as a version of the asset; none if it still serves what has the entity tag `known`.
pub(crate) async fn fetch_served(
    base: &Base,
    domain_name: &str,
    asset: &AssetVersion,
    known: Option<&str>,
) -> Result<Option<ServedAsset>, ReadError> {
    if asset.visibility == Visibility::Private {
        return Err(ReadError::Private(asset.path.clone()));
    }
    Ok(base.twilio.fetch_asset_unless(domain_name, &asset.path, known).await?)
}

/// The published rows, sound or not.
pub(crate) async fn fetch_reading(base: &Base, deployed: &Deployed) -> Result<Reading, ReadError> {
    fetch_and_read(base, deployed, read).await
}

/// The published rows as they are shown to people.
pub(crate) async fn fetch_listed(base: &Base, deployed: &Deployed) -> Result<Listed, ReadError> {
    fetch_and_read(base, deployed, Listed::read).await
}

async fn fetch_and_read<T: Send + 'static>(
    base: &Base,
    deployed: &Deployed,
    read: fn(&[u8]) -> Result<T, RowsError>,
) -> Result<T, ReadError> {
    let content = fetch_content(base, deployed).await?;
    let rows = blocking(&*base.home, move || read(&content)).await;
    rows.map_err(|error| ReadError::of_rows(error, &base.config.asset_name))
}

#[cfg(test)]
mod tests;
