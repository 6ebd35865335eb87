//! Twilsock V3: the SDKs' websocket, in which their HTTP requests and the events of Sync travel.
//! [`router`] is all that may be called from outside.
//! Does not know how Maps are kept.
//!
//! Twilio does not document the protocol. It is what the SDK packages `twilio-sync` 2.0.1, 3.4.0 and 4.0.1 speak, and
//! `conformance/` runs them.

mod answer;
mod frame;
#[cfg(test)]
mod garbage;
mod live_queries;
mod message;
mod representation;
mod request;
mod routes;
mod search;
mod session;
mod subscriptions;
mod token_timer;

use std::sync::Arc;

use axum::Router;
use axum::extract::State;
use axum::extract::ws::{Message, WebSocket, WebSocketUpgrade};
use axum::response::Response;
use axum::routing::get;
use bytes::Bytes;
use serde_json::json;
use tokio::sync::mpsc::unbounded_channel;

use crate::sid::random_sid;
use crate::state::AppState;
use crate::sync::hub::Outgoing;
use frame::{Frame, encode};
use session::{Next, Session};
use token_timer::TokenEvent;

/// The largest frame that is read: an Item at its limit, escaped, fits many times over.
const LARGEST_FRAME: usize = 1024 * 1024;

/// `wss://tsock.us1.twilio.com/v3/wsconnect`.
pub(crate) fn router() -> Router<Arc<AppState>> {
    Router::new().route("/tsock.us1/v3/wsconnect", get(connect))
}

async fn connect(State(app): State<Arc<AppState>>, upgrade: WebSocketUpgrade) -> Response {
    upgrade.max_message_size(LARGEST_FRAME).on_upgrade(|socket| serve(socket, app))
}

/// Serves one connection until either side ends it. Returning drops the TCP connection without a closing frame, which
/// is what makes the SDK come back at once.
async fn serve(mut socket: WebSocket, app: Arc<AppState>) {
    let (outbox, mut waiting) = unbounded_channel();
    let mut workers = app.worker_events.watch_index();
    let mut session = Session::new(app, outbox);
    loop {
        let outgoing = tokio::select! {
            message = socket.recv() => match receive(&mut session, message).await {
                Next::Stay => continue,
                Next::Leave => return,
            },
            event = session.token_timer.next() => match event {
                TokenEvent::AboutToExpire => Outgoing::TokenAboutToExpire,
                TokenEvent::Expired => return,
            },
            Ok(()) = workers.changed() => {
                session.workers_changed();
                continue;
            }
            Some(outgoing) = waiting.recv() => outgoing,
        };
        let Some(frame) = frame_of(outgoing) else { return };
        if socket.send(Message::Binary(frame)).await.is_err() {
            return;
        }
    }
}

async fn receive(session: &mut Session, message: Option<Result<Message, axum::Error>>) -> Next {
    let bytes = match message {
        Some(Ok(Message::Binary(bytes))) => bytes,
        Some(Ok(Message::Text(_) | Message::Ping(_) | Message::Pong(_))) => return Next::Stay,
        Some(Ok(Message::Close(_)) | Err(_)) | None => return Next::Leave,
    };
    match Frame::parse(&bytes) {
        Ok(frame) => session.receive(frame).await,
        Err(error) => {
            tracing::warn!(%error, "a Twilsock connection sent what is not a frame");
            Next::Leave
        }
    }
}

/// The bytes to send, or nothing when the connection is to be dropped.
fn frame_of(outgoing: Outgoing) -> Option<Bytes> {
    match outgoing {
        Outgoing::Frame(frame) => Some(frame),
        Outgoing::Change(change) => {
            Some(subscriptions::notification(subscriptions::LIVE_MAP, &representation::event(&change, None)))
        }
        Outgoing::TokenAboutToExpire => Some(encode(
            json!({
                "method": "client_update",
                "id": random_sid("CU"),
                "client_update_type": "token_about_to_expire",
            }),
            None,
        )),
        Outgoing::Drop => None,
    }
}
