//! The second half of a publish: making a completed Build the live one.
//!
//! Knows nothing of how the Build was made.

use shared::wire::{BuildStatus, PublishReply};

use super::list::holds_our_asset;
use super::lock;
use super::status::unknown_build;
use crate::app::App;
use crate::error::ApiError;

/// Answers `POST /admin/publish`. Deploying what is deployed already is a success.
///
/// A Build that is still `building` may be asked for again; every other failure ends this publish and gives the
/// lock back, so that nobody waits for it to expire.
pub(crate) async fn deploy(app: &App, build_sid: &str) -> Result<PublishReply, ApiError> {
    let result = deploy_while_locked(app, build_sid).await;
    if !matches!(result, Err(ApiError::BuildNotReady(BuildStatus::Building))) {
        lock::release_if_for(app, build_sid).await;
    }
    let deployment_sid = result?;
    app.lookup.refresh_now(app).await;
    Ok(PublishReply { success: true, status: 200, deployment_sid })
}

/// The SID of the Deployment, or none if there was nothing left to do.
async fn deploy_while_locked(app: &App, build_sid: &str) -> Result<Option<String>, ApiError> {
    let build = app.twilio.fetch_build(build_sid).await.map_err(unknown_build)?;
    if build.status != BuildStatus::Completed {
        return Err(ApiError::BuildNotReady(build.status));
    }
    let environment = app.twilio.fetch_environment().await?;
    if environment.build_sid.as_deref() == Some(build_sid) {
        return Ok(None);
    }
    must_be_ours(app, build_sid, environment.build_sid.as_deref()).await?;
    must_be_newest(app, build_sid).await?;
    match app.twilio.create_deployment(build_sid).await {
        Ok(sid) => {
            tracing::info!(build_sid, deployment_sid = sid, "published");
            Ok(Some(sid))
        }
        // Twilio refuses to deploy what is deployed: then somebody else pressed the button for the same Build.
        Err(error) if error.rejected_status().is_some() && is_deployed(app, build_sid).await => Ok(None),
        Err(error) => Err(error.into()),
    }
}

/// The lock must be held for this Build, and what it was based on must still be deployed. Otherwise the Build
/// would bring back what somebody else replaced meanwhile.
async fn must_be_ours(app: &App, build_sid: &str, deployed: Option<&str>) -> Result<(), ApiError> {
    let publishing = lock::holder(app).await?.map(|lock| lock.publishing);
    match publishing {
        Some(publishing) if publishing.build_sid.as_deref() == Some(build_sid) => {
            if publishing.base_build_sid.as_deref() == deployed { Ok(()) } else { Err(conflict(app).await) }
        }
        Some(somebody_else) => Err(ApiError::PublishInProgress(Some(Box::new(somebody_else)))),
        None => Err(conflict(app).await),
    }
}

async fn must_be_newest(app: &App, build_sid: &str) -> Result<(), ApiError> {
    let newer = app.twilio.list_builds_after(Some(build_sid)).await?;
    if newer.iter().any(|build| holds_our_asset(app, build)) { Err(conflict(app).await) } else { Ok(()) }
}

async fn is_deployed(app: &App, build_sid: &str) -> bool {
    app.twilio.fetch_environment().await.is_ok_and(|now| now.build_sid.as_deref() == Some(build_sid))
}

/// The conflict, with the version that is published now where Twilio still tells.
async fn conflict(app: &App) -> ApiError {
    let deployed = crate::directory::fetch_deployed(app).await.ok();
    ApiError::VersionConflict(deployed.and_then(|deployed| deployed.version().map(str::to_owned)))
}
