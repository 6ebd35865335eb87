//! Lets in who has one of the roles, with what they sent.
//!
//! Knows nothing of what is done for them. Who sends more than a stranger may must be known before the rest is read.

use std::sync::Arc;

use async_lock::SemaphoreGuardArc;
use axum::body::Bytes;
use axum::extract::{FromRequest, Request};
use axum::http::{HeaderMap, header};
use shared::wire::FlexToken;

use super::body::{Fields, is_form, received};
use super::receiving::{Arrived, Arriving, Beginning, LONGEST_WAIT, SMALL};
use super::token;
use crate::app::App;
use crate::auth::{Person, sign_in};
use crate::base::Base;
use crate::error::ApiError;
use crate::home::timeout;

/// A person with one of the roles, and the fields that they sent.
pub(super) struct SignedIn {
    /// What has to be done until they are answered goes by this.
    pub(super) base: Base,
    pub(super) person: Person,
    pub(super) fields: Fields,
}

impl FromRequest<Arc<App>> for SignedIn {
    type Rejection = ApiError;

    async fn from_request(request: Request, app: &Arc<App>) -> Result<Self, ApiError> {
        let base = app.base.for_request();
        let headers = request.headers().clone();
        let body = received(Bytes::from_request(request, app).await)?;
        let fields = Fields::read(&headers, &body)?;
        let token = token::in_header(&headers).or_else(|| fields.token());
        let person = sign_in(&base, &app.sessions, token.as_ref()).await?;
        Ok(Self { base, person, fields })
    }
}

/// A person with one of the roles, and a body that may be large.
pub(super) struct SignedInWithLargeBody {
    /// What has to be done until they are answered goes by this: the time begins once the body is there.
    pub(super) base: Base,
    pub(super) person: Person,
    pub(super) body: Bytes,
    pub(super) is_form: bool,
    /// Kept until the body has become something smaller.
    pub(super) taken: Taken,
}

/// What a large body keeps from others: its turn, and the room that it takes.
#[derive(Default)]
pub(super) struct Taken {
    _turn: Option<SemaphoreGuardArc>,
    _room: Vec<SemaphoreGuardArc>,
}

impl FromRequest<Arc<App>> for SignedInWithLargeBody {
    type Rejection = ApiError;

    async fn from_request(request: Request, app: &Arc<App>) -> Result<Self, ApiError> {
        let (parts, body) = request.into_parts();
        let mut arriving = Arriving::begin(&*app.base.home, body).await?;
        let (person, is_form) = match admit(app, &parts.headers, &arriving.beginning).await {
            Ok(admitted) => admitted,
            Err(refusal) => {
                arriving.discard(&*app.base.home).await;
                return Err(refusal);
            }
        };
        let (body, taken) = take_in(app, &parts.headers, &mut arriving).await?;
        Ok(Self { base: app.base.for_request(), person, body, is_form, taken })
    }
}

/// Somebody whose body may be taken in, whatever its size, and whether that is a form.
async fn admit(app: &App, headers: &HeaderMap, beginning: &Beginning) -> Result<(Person, bool), ApiError> {
    let is_form = is_form(headers, &beginning.bytes)?;
    let token = token_of(headers, beginning, is_form)?;
    Ok((sign_in(&app.base.for_request(), &app.sessions, token.as_ref()).await?, is_form))
}

/// The whole body. A large one has a turn once it is there, so who sends one slowly holds up nobody.
async fn take_in(app: &App, headers: &HeaderMap, arriving: &mut Arriving) -> Result<(Bytes, Taken), ApiError> {
    let is_small = arriving.beginning.is_whole;
    let home = &*app.base.home;
    let finished = arriving.finish(home, &app.large_bodies.room, length(headers)).await;
    if matches!(finished, Err(ApiError::Busy)) {
        arriving.discard(home).await;
    }
    let Arrived { bytes, room } = finished?;
    if is_small {
        return Ok((bytes, Taken::default()));
    }
    let turn = timeout(home, LONGEST_WAIT, app.large_bodies.turn.acquire_arc()).await.ok_or(ApiError::Busy)?;
    Ok((bytes, Taken { _turn: Some(turn), _room: room }))
}

/// The token. Without one, a body must be a small one that can be read.
fn token_of(headers: &HeaderMap, beginning: &Beginning, is_form: bool) -> Result<Option<FlexToken>, ApiError> {
    let Beginning { bytes, is_whole } = beginning;
    // How much more than the beginning arrived along with it is chance.
    let first = &bytes[..bytes.len().min(SMALL)];
    match token::in_header(headers).or_else(|| token::at_the_beginning(first, is_form, *is_whole)) {
        Some(token) => Ok(Some(token)),
        None if *is_whole => Fields::read(headers, bytes).map(|_| None),
        None => Err(ApiError::TokenNotFirst),
    }
}

fn length(headers: &HeaderMap) -> Option<usize> {
    headers.get(header::CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}
