//! What is published now: the asset in the Build that our Environment has deployed.
//!
//! Knows nothing of how it got there or of how callers are answered from it.

use bytes::Bytes;
use serde_json::Value;

use crate::base::Base;
use crate::error::ApiError;
use crate::twilio::{AssetVersion, Build, Environment, TwilioError, Visibility};

/// The Environment and the Build that it has deployed.
#[derive(Debug)]
pub(crate) struct Deployed {
    pub(crate) environment: Environment,
    /// None before the first Deployment.
    pub(crate) build: Option<Build>,
    asset_name: String,
}

impl Deployed {
    /// Our asset in the deployed Build; none before the first publish.
    pub(crate) fn asset(&self) -> Option<&AssetVersion> {
        self.build.as_ref()?.asset_version_at(&self.asset_name)
    }

    /// The SID of the published Asset Version.
    pub(crate) fn version(&self) -> Option<&str> {
        self.asset().map(|asset| asset.sid.as_str())
    }

    /// The guard against overwriting: what somebody loaded must still be what is published.
    pub(crate) fn must_be_at(&self, version: Option<&str>) -> Result<(), ApiError> {
        if self.version() == version {
            Ok(())
        } else {
            Err(ApiError::VersionConflict(self.version().map(str::to_owned)))
        }
    }
}

/// Asks Twilio what is deployed.
pub(crate) async fn fetch_deployed(base: &Base) -> Result<Deployed, TwilioError> {
    let environment = base.twilio.fetch_environment().await?;
    complete(base, environment).await
}

/// The same for an Environment that was just read.
pub(crate) async fn complete(base: &Base, environment: Environment) -> Result<Deployed, TwilioError> {
    let build = match &environment.build_sid {
        Some(sid) => Some(base.twilio.fetch_build(sid).await?),
        None => None,
    };
    Ok(Deployed { environment, build, asset_name: base.config.asset_name.clone() })
}

/// The published asset as it is served; `[]` before the first publish.
pub(crate) async fn fetch_content(base: &Base, deployed: &Deployed) -> Result<Bytes, ApiError> {
    match (&deployed.build, deployed.asset()) {
        (Some(build), Some(asset)) if asset.visibility == Visibility::Private => {
            base.bundled_asset.content_of(asset, build.date_created)
        }
        (_, Some(asset)) => Ok(base.twilio.fetch_asset_content(&deployed.environment.domain_name, &asset.path).await?),
        (_, None) => Ok(Bytes::from_static(b"[]")),
    }
}

/// The rows in the content of an asset, sound or not.
pub(crate) fn read_rows(base: &Base, content: &[u8]) -> Result<Vec<Value>, ApiError> {
    serde_json::from_slice(content).map_err(|_| ApiError::NotADirectory(base.config.asset_name.clone()))
}

/// The published rows, sound or not.
pub(crate) async fn fetch_rows(base: &Base, deployed: &Deployed) -> Result<Vec<Value>, ApiError> {
    read_rows(base, &fetch_content(base, deployed).await?)
}
