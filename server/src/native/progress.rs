//! How far the request on one connection is, and for how long it may stay there.
//!
//! Knows nothing of other connections and of what is asked.

use std::sync::Arc;
use std::time::Duration;

use axum::body::{Body, HttpBody};
use axum::extract::Request;
use axum::response::Response;
use http_body_util::BodyExt;
use tokio::sync::watch;
use tokio::time::{Instant, sleep_until};

/// How long the head of a request may take to arrive; that of the first one from when the connection was opened.
const HEAD_TIME: Duration = Duration::from_secs(10);
/// How long a connection may stay open between two requests. Proxies keep theirs for 60 s; a server that closes them
/// sooner breaks the request that a proxy has just sent.
const IDLE_TIME: Duration = Duration::from_secs(75);

/// How far the request on a connection is, and since when.
#[derive(Clone, Copy, Debug)]
pub(super) enum Phase {
    /// A request is to come, and its head is not all there.
    Head(Instant),
    /// The head is there, the body is not all there. The Router limits how long that takes.
    Body(Instant),
    /// All of the request is there, and not all of the answer is.
    Answering,
    /// It was answered, and perhaps another one comes.
    Idle(Instant),
}

impl Phase {
    /// Since when the server waits for the other side; none while it does not.
    pub(super) fn waiting_since(self) -> Option<Instant> {
        match self {
            Self::Head(since) | Self::Body(since) | Self::Idle(since) => Some(since),
            Self::Answering => None,
        }
    }

    /// When the connection is closed if nothing comes.
    fn deadline(self) -> Option<Instant> {
        match self {
            Self::Head(since) => Some(since + HEAD_TIME),
            Self::Idle(since) => Some(since + IDLE_TIME),
            Self::Body(_) | Self::Answering => None,
        }
    }
}

/// Follows one connection.
#[derive(Clone)]
pub(super) struct Progress(Arc<watch::Sender<Phase>>);

impl Progress {
    /// A connection that has just been opened, and where to read how far it is.
    pub(super) fn new() -> (Self, watch::Receiver<Phase>) {
        let (phase, reader) = watch::channel(Phase::Head(Instant::now()));
        (Self(Arc::new(phase)), reader)
    }

    /// Something came; after an answer, that is where the next request begins.
    pub(super) fn heard(&self) {
        self.0.send_if_modified(|phase| {
            let was_idle = matches!(phase, Phase::Idle(_));
            if was_idle {
                *phase = Phase::Head(Instant::now());
            }
            was_idle
        });
    }

    /// The head of a request is there; its body is once it has been read, or nobody reads it any more.
    pub(super) fn asked<B>(&self, request: Request<B>) -> Request<Body>
    where
        B: HttpBody<Data = axum::body::Bytes, Error: Into<axum::BoxError>> + Send + 'static,
    {
        self.0.send_replace(Phase::Body(Instant::now()));
        let phase = self.0.clone();
        let arrived = AtTheEnd(move || {
            phase.send_if_modified(|phase| {
                let is_body = matches!(phase, Phase::Body(_));
                if is_body {
                    *phase = Phase::Answering;
                }
                is_body
            });
        });
        request.map(|body| followed(body, arrived))
    }

    /// The answer begins; once it is written, the connection is idle.
    pub(super) fn answered(&self, response: Response) -> Response {
        let phase = self.0.clone();
        let written = AtTheEnd(move || _ = phase.send_replace(Phase::Idle(Instant::now())));
        response.map(|body| followed(body, written))
    }

    /// Completes when the other side has kept the server waiting for too long.
    pub(super) async fn overdue(&self) {
        let mut reader = self.0.subscribe();
        loop {
            let deadline = reader.borrow_and_update().deadline();
            let passes = async {
                match deadline {
                    Some(deadline) => sleep_until(deadline).await,
                    None => std::future::pending().await,
                }
            };
            tokio::select! {
                () = passes => return,
                _ = reader.changed() => {}
            }
        }
    }
}

/// Calls a function when it is dropped.
struct AtTheEnd<F: FnMut()>(F);

impl<F: FnMut()> Drop for AtTheEnd<F> {
    fn drop(&mut self) {
        (self.0)();
    }
}

/// The same body, which keeps `end` until it is over.
fn followed<B, F>(body: B, end: AtTheEnd<F>) -> Body
where
    B: HttpBody<Data = axum::body::Bytes, Error: Into<axum::BoxError>> + Send + 'static,
    F: FnMut() + Send + 'static,
{
    Body::new(body.map_frame(move |frame| {
        let _ = &end;
        frame
    }))
}
