//! `/admin/*`: what supervisors and administrators do from the view.
//!
//! Knows nothing of how publishing works. Every handler takes somebody who is signed in, so nobody gets further without
//! a role.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use shared::is_sid;
use shared::wire::{BuildRequest, DiscardReply, DiscardRequest, ListReply, PublishReply, StatusReply, UpdateReply};

use super::body::Fields;
use super::signed_in::{SignedIn, SignedInWithLargeBody};
use super::submitted::submission;
use crate::app::App;
use crate::error::ApiError;
use crate::home::blocking;
use crate::publish::{self, DiscardOutcome, Listing, Live, RequestedBuild, SeenPublish};
use crate::strings;

/// The status that the replies repeat in their body, for clients of the original.
const OK: u16 = 200;

type Answer<T> = Result<Json<T>, ApiError>;

/// What is published.
pub(super) async fn list(sent: SignedIn) -> Result<Response, ApiError> {
    let Listing { listed, unreadable, version, progress } = publish::list(&sent.base).await?;
    let reply = ListReply {
        data: listed.rows,
        version,
        version_is_deployed: progress.version_is_deployed,
        rejected: listed.rejected,
        unreadable,
        rules: sent.base.config.rules.clone(),
        publishing: progress.publishing,
    };
    Ok(blocking(&*sent.base.home, move || Json(reply).into_response()).await)
}

/// Requests a Build that holds the rows in the body.
pub(super) async fn update(sent: SignedInWithLargeBody) -> Answer<UpdateReply> {
    let SignedInWithLargeBody { base, person, body, is_form, taken } = sent;
    let config = base.config.clone();
    let read = move || {
        let submission = submission(&body, is_form, &config.rules);
        // What is left of a large body is small enough for the next one to come.
        drop((body, taken));
        submission
    };
    let submission = Arc::new(blocking(&*base.home, read).await?);
    let requested = publish::update(&base, &person, &submission).await;
    blocking(&*base.home, move || drop(submission)).await;
    let RequestedBuild { build_sid, version } = requested?;
    Ok(Json(UpdateReply { success: true, status: OK, build_sid, version }))
}

/// How far a Build is.
pub(super) async fn build_status(sent: SignedIn) -> Answer<StatusReply> {
    let build_status = publish::build_status(&sent.base, &build_sid(sent.fields)?).await?;
    Ok(Json(StatusReply { success: true, status: OK, build_status }))
}

/// Deploys a Build.
pub(super) async fn deploy(State(app): State<Arc<App>>, sent: SignedIn) -> Answer<PublishReply> {
    let Live { deployment_sid, overtaken } = publish::deploy(&sent.base, &build_sid(sent.fields)?).await?;
    // The very next caller is answered from it.
    app.lookup.refresh_now(&app.base).await;
    let overtaken_build_sid = overtaken.map(|overtaken| overtaken.build_sid);
    Ok(Json(PublishReply { success: true, status: OK, deployment_sid, overtaken_build_sid }))
}

/// Ends a publish that nobody goes on with.
pub(super) async fn discard(sent: SignedIn) -> Answer<DiscardReply> {
    let request: DiscardRequest = sent.fields.into_request(&["Token", "buildSid", "startedAt"])?;
    // An empty field of a form says that there was no Build.
    let build_sid = request.build_sid.filter(|sid| !sid.is_empty());
    let seen = SeenPublish { build_sid, started_at: request.started_at };
    let outcome = publish::discard(&sent.base, &sent.person, &seen).await?;
    let (discarded, already_live) = (outcome == DiscardOutcome::Ended, outcome == DiscardOutcome::AlreadyLive);
    Ok(Json(DiscardReply { success: true, status: OK, discarded, already_live }))
}

fn build_sid(fields: Fields) -> Result<String, ApiError> {
    let sid = fields.into_request::<BuildRequest>(&["Token", "buildSid"])?.build_sid;
    if is_sid(&sid, "ZB") { Ok(sid) } else { Err(ApiError::InvalidRequest(strings::BUILD_SID_WRONG.to_owned())) }
}
