//! `/admin/*`: what supervisors and administrators do from the view.
//!
//! Knows nothing of how publishing works. Every handler takes a [`SignedIn`], so nobody gets further without a role.

use std::sync::Arc;

use axum::Json;
use axum::body::Bytes;
use axum::extract::{FromRequest, Request, State};
use shared::wire::{
    BuildRequest, DiscardReply, DiscardRequest, ListReply, PublishReply, StatusReply, UpdateReply, UpdateRequest,
};
use shared::{Directory, is_sid};

use super::body::{Fields, received};
use crate::app::App;
use crate::auth::{Person, sign_in};
use crate::error::ApiError;
use crate::publish::{self, Listing, RequestedBuild, SeenPublish, Submission};
use crate::strings;

/// The status that the replies repeat in their body, for clients of the original.
const OK: u16 = 200;

type Answer<T> = Result<Json<T>, ApiError>;

/// A person with one of the roles, and the fields that they sent.
pub(super) struct SignedIn {
    person: Person,
    fields: Fields,
}

impl FromRequest<Arc<App>> for SignedIn {
    type Rejection = ApiError;

    async fn from_request(request: Request, app: &Arc<App>) -> Result<Self, ApiError> {
        let headers = request.headers().clone();
        let body = received(Bytes::from_request(request, app).await)?;
        let fields = Fields::read(&headers, &body)?;
        let person = sign_in(&app.base, &app.sessions, fields.token().as_ref()).await?;
        Ok(Self { person, fields })
    }
}

/// What is published.
pub(super) async fn list(State(app): State<Arc<App>>, _: SignedIn) -> Answer<ListReply> {
    let Listing { rows, rejected, unreadable, version, progress } = publish::list(&app.base).await?;
    Ok(Json(ListReply {
        data: rows,
        version,
        version_is_deployed: progress.version_is_deployed,
        rejected,
        unreadable,
        rules: app.base.config.rules.clone(),
        publishing: progress.publishing,
    }))
}

/// Requests a Build that holds the rows in the body.
pub(super) async fn update(State(app): State<Arc<App>>, sent: SignedIn) -> Answer<UpdateReply> {
    let request: UpdateRequest = sent.fields.into_request(&["Token", "version"])?;
    let submission = Submission {
        directory: Directory::parse(&request.data, &app.base.config.rules)?,
        version: request.version.filter(|version| !version.is_empty()),
        confirmed_count: request.confirmed_count,
    };
    let RequestedBuild { build_sid, version } = publish::update(&app.base, &sent.person, &submission).await?;
    Ok(Json(UpdateReply { success: true, status: OK, build_sid, version }))
}

/// How far a Build is.
pub(super) async fn build_status(State(app): State<Arc<App>>, sent: SignedIn) -> Answer<StatusReply> {
    let build_status = publish::build_status(&app.base, &build_sid(sent.fields)?).await?;
    Ok(Json(StatusReply { success: true, status: OK, build_status }))
}

/// Deploys a Build.
pub(super) async fn deploy(State(app): State<Arc<App>>, sent: SignedIn) -> Answer<PublishReply> {
    let deployment_sid = publish::deploy(&app.base, &build_sid(sent.fields)?).await?;
    // The very next caller is answered from it.
    app.lookup.refresh_now(&app.base).await;
    Ok(Json(PublishReply { success: true, status: OK, deployment_sid }))
}

/// Ends a publish that nobody goes on with.
pub(super) async fn discard(State(app): State<Arc<App>>, sent: SignedIn) -> Answer<DiscardReply> {
    let request: DiscardRequest = sent.fields.into_request(&["Token", "buildSid", "startedAt"])?;
    // An empty field of a form says that there was no Build.
    let build_sid = request.build_sid.filter(|sid| !sid.is_empty());
    let seen = SeenPublish { build_sid, started_at: request.started_at };
    let discarded = publish::discard(&app.base, &sent.person, &seen).await?;
    Ok(Json(DiscardReply { success: true, status: OK, discarded }))
}

fn build_sid(fields: Fields) -> Result<String, ApiError> {
    let sid = fields.into_request::<BuildRequest>(&["Token", "buildSid"])?.build_sid;
    if is_sid(&sid, "ZB") { Ok(sid) } else { Err(ApiError::InvalidRequest(strings::BUILD_SID_WRONG.to_owned())) }
}
