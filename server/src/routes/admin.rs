//! `/admin/*`: what supervisors and administrators do from the view.
//!
//! Knows nothing of how publishing works. Every handler signs the person in before it looks at anything else.

use std::sync::Arc;

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::extract::rejection::BytesRejection;
use axum::http::HeaderMap;
use shared::wire::{
    BuildRequest, DiscardReply, DiscardRequest, ListReply, PublishReply, StatusReply, UpdateReply, UpdateRequest,
};
use shared::{Directory, is_sid};

use super::body::{Fields, received};
use crate::app::App;
use crate::auth::{Person, sign_in};
use crate::error::ApiError;
use crate::publish::{self, SeenPublish, Submission};
use crate::strings;

type Body = Result<Bytes, BytesRejection>;

/// What is published.
pub(super) async fn list(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    body: Body,
) -> Result<Json<ListReply>, ApiError> {
    authenticate(&app, &headers, body).await?;
    Ok(Json(publish::list(&app.base).await?))
}

/// Requests a Build that holds the rows in the body.
pub(super) async fn update(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    body: Body,
) -> Result<Json<UpdateReply>, ApiError> {
    let (person, fields) = authenticate(&app, &headers, body).await?;
    let request: UpdateRequest = fields.into_request(&["Token", "version"])?;
    let submission = Submission {
        directory: Directory::parse(&request.data, &app.base.config.rules)?,
        version: request.version.filter(|version| !version.is_empty()),
        confirmed_count: request.confirmed_count,
    };
    Ok(Json(publish::update(&app.base, &person, &submission).await?))
}

/// How far a Build is.
pub(super) async fn build_status(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    body: Body,
) -> Result<Json<StatusReply>, ApiError> {
    let (_, fields) = authenticate(&app, &headers, body).await?;
    Ok(Json(publish::build_status(&app.base, &build_sid(fields)?).await?))
}

/// Deploys a Build.
pub(super) async fn deploy(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    body: Body,
) -> Result<Json<PublishReply>, ApiError> {
    let (_, fields) = authenticate(&app, &headers, body).await?;
    let reply = publish::deploy(&app.base, &build_sid(fields)?).await?;
    // The very next caller is answered from it.
    app.lookup.refresh_now(&app.base).await;
    Ok(Json(reply))
}

/// Ends a publish that nobody goes on with.
pub(super) async fn discard(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    body: Body,
) -> Result<Json<DiscardReply>, ApiError> {
    let (person, fields) = authenticate(&app, &headers, body).await?;
    let request: DiscardRequest = fields.into_request(&["Token", "buildSid", "startedAt"])?;
    // An empty field of a form says that there was no Build.
    let build_sid = request.build_sid.filter(|sid| !sid.is_empty());
    let seen = SeenPublish { build_sid, started_at: request.started_at };
    Ok(Json(publish::discard(&app.base, &person, &seen).await?))
}

/// Reads the body and signs in whoever sent it.
async fn authenticate(app: &App, headers: &HeaderMap, body: Body) -> Result<(Person, Fields), ApiError> {
    let fields = Fields::read(headers, &received(body)?)?;
    let person = sign_in(&app.base, &app.sessions, fields.token().as_ref()).await?;
    Ok((person, fields))
}

fn build_sid(fields: Fields) -> Result<String, ApiError> {
    let sid = fields.into_request::<BuildRequest>(&["Token", "buildSid"])?.build_sid;
    if is_sid(&sid, "ZB") { Ok(sid) } else { Err(ApiError::InvalidRequest(strings::BUILD_SID_WRONG.to_owned())) }
}
