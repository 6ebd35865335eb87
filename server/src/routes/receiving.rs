//! Takes in the body of a request: no more of it, and for no longer, than is good for everybody else.
//!
//! Knows nothing of who sends it and of what it says.

use std::sync::Arc;
use std::time::Duration;

use async_lock::{Semaphore, SemaphoreGuardArc};
use axum::body::{Body, Bytes};
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http_body_util::BodyExt;

use crate::app::App;
use crate::error::ApiError;
use crate::home::{Home, timeout};
use crate::strings;

/// How large a body of any stranger may be, in bytes.
pub(super) const SMALL: usize = 64 * 1024;
/// How large a body may be that carries a whole directory, in bytes: as large as a protected asset, 25 MB.
const LARGE: usize = 25 * 1024 * 1024;
/// How long a small body, or the beginning of a large one, may take to arrive.
const SMALL_TIME: Duration = Duration::from_secs(10);
/// How long a large body may take to arrive.
const LARGE_TIME: Duration = Duration::from_secs(60);
/// How long a large body waits for others, for room and for its turn.
pub(super) const LONGEST_WAIT: Duration = Duration::from_secs(10);

/// Takes a small body in before anything else is done for the request, and refuses a larger one.
pub(super) async fn whole_first(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    match small(&*app.base.home, body).await {
        Ok(bytes) => next.run(Request::from_parts(parts, Body::from(bytes))).await,
        Err(error) => error.into_response(),
    }
}

async fn small(home: &dyn Home, body: Body) -> Result<Bytes, ApiError> {
    let mut arriving = Arriving::begin(home, body).await?;
    if arriving.beginning.is_whole {
        return Ok(arriving.beginning.bytes.into());
    }
    arriving.discard(home).await;
    Err(ApiError::TooLarge)
}

/// The beginning of a body.
pub(super) struct Beginning {
    /// All of the body, where it is small.
    pub(super) bytes: Vec<u8>,
    /// Whether nothing follows.
    pub(super) is_whole: bool,
}

/// A body of which the beginning has arrived.
pub(super) struct Arriving {
    pub(super) beginning: Beginning,
    rest: Body,
}

impl Arriving {
    /// Waits until the body is over, or too large to be a small one.
    pub(super) async fn begin(home: &dyn Home, mut body: Body) -> Result<Self, ApiError> {
        let mut bytes = Vec::new();
        let is_whole = timeout(home, SMALL_TIME, read(&mut body, &mut bytes, SMALL)).await;
        let is_whole = is_whole.ok_or(ApiError::TooSlow)??;
        Ok(Self { beginning: Beginning { bytes, is_whole }, rest: body })
    }

    /// Waits for the rest, and answers the whole body, which takes of `room` what has arrived; its `length` in bytes is
    /// what the sender says.
    pub(super) async fn finish(
        &mut self,
        home: &dyn Home,
        room: &Arc<Semaphore>,
        length: Option<usize>,
    ) -> Result<Arrived, ApiError> {
        let Self { beginning: Beginning { bytes, is_whole }, rest } = self;
        let mut bytes = std::mem::take(bytes);
        if *is_whole {
            return Ok(Arrived { bytes: bytes.into(), room: Vec::new() });
        }
        let length = length.filter(|length| *length <= LARGE).unwrap_or_default();
        bytes.reserve_exact(length.saturating_sub(bytes.len()));
        let room = timeout(home, LARGE_TIME, read_into(home, room, rest, &mut bytes)).await;
        Ok(Arrived { room: room.ok_or(ApiError::TooSlow)??, bytes: bytes.into() })
    }

    /// Lets the rest pass without keeping it. Who is still sending takes a closed connection for a fault of the
    /// network, and would not hear why the request is refused.
    pub(super) async fn discard(&mut self, home: &dyn Home) {
        let Self { rest, .. } = self;
        let passes = async {
            let mut left = LARGE;
            while let Some(Ok(frame)) = rest.frame().await {
                left = left.saturating_sub(frame.data_ref().map_or(0, Bytes::len));
                if left == 0 {
                    break;
                }
            }
        };
        // Who takes longer than that does not hear it.
        let _ = timeout(home, SMALL_TIME, passes).await;
    }
}

/// A body that has arrived, with the room that it takes.
pub(super) struct Arrived {
    pub(super) bytes: Bytes,
    pub(super) room: Vec<SemaphoreGuardArc>,
}

/// Reads a large body to its end, piece by piece as there is room for one more.
async fn read_into(
    home: &dyn Home,
    room: &Arc<Semaphore>,
    body: &mut Body,
    bytes: &mut Vec<u8>,
) -> Result<Vec<SemaphoreGuardArc>, ApiError> {
    let mut taken = Vec::new();
    loop {
        while taken.len() * SMALL < bytes.len() {
            taken.push(timeout(home, LONGEST_WAIT, room.acquire_arc()).await.ok_or(ApiError::Busy)?);
        }
        if read(body, bytes, (taken.len() * SMALL).min(LARGE)).await? {
            return Ok(taken);
        }
        if bytes.len() > LARGE {
            return Err(ApiError::TooLarge);
        }
    }
}

/// Reads until `bytes` holds more than `most` or the body is over; says whether it is.
async fn read(body: &mut Body, bytes: &mut Vec<u8>, most: usize) -> Result<bool, ApiError> {
    while bytes.len() <= most {
        let Some(frame) = body.frame().await else { return Ok(true) };
        let frame = frame.map_err(|_| ApiError::InvalidRequest(strings::BODY_UNREADABLE.to_owned()))?;
        if let Some(data) = frame.data_ref() {
            bytes.extend_from_slice(data);
        }
    }
    Ok(false)
}
