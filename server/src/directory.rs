//! What is published now: the asset in the Build that our Environment has deployed.
//!
//! Knows nothing of how it got there or of how callers are answered from it.

mod carried;

use bytes::Bytes;
use serde_json::Value;

pub(crate) use self::carried::{Carried, Origin};
use crate::app::App;
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
pub(crate) async fn fetch_deployed(app: &App) -> Result<Deployed, TwilioError> {
    let environment = app.twilio.fetch_environment().await?;
    complete(app, environment).await
}

/// The same for an Environment that was just read.
pub(crate) async fn complete(app: &App, environment: Environment) -> Result<Deployed, TwilioError> {
    let build = match &environment.build_sid {
        Some(sid) => Some(app.twilio.fetch_build(sid).await?),
        None => None,
    };
    Ok(Deployed { environment, build, asset_name: app.config.asset_name.clone() })
}

/// The published asset as it is served; `[]` before the first publish.
pub(crate) async fn fetch_content(app: &App, deployed: &Deployed) -> Result<Bytes, ApiError> {
    match (&deployed.build, deployed.asset()) {
        (Some(build), Some(asset)) if asset.visibility == Visibility::Private => {
            app.carried.content_of(app.home.as_ref(), asset, build.date_created)
        }
        (_, Some(asset)) => Ok(app.twilio.fetch_asset_content(&deployed.environment.domain_name, &asset.path).await?),
        (_, None) => Ok(Bytes::from_static(b"[]")),
    }
}

/// The rows in the content of an asset, sound or not.
pub(crate) fn read_rows(app: &App, content: &[u8]) -> Result<Vec<Value>, ApiError> {
    serde_json::from_slice(content).map_err(|_| ApiError::NotADirectory(app.config.asset_name.clone()))
}

/// The published rows, sound or not.
pub(crate) async fn fetch_rows(app: &App, deployed: &Deployed) -> Result<Vec<Value>, ApiError> {
    read_rows(app, &fetch_content(app, deployed).await?)
}
