//! What one connection says and is answered: signing in, renewing the token, wrapped requests, leaving.
//!
//! Knows nothing of the socket: frames come in, frames go to the outbox.

use std::pin::Pin;
use std::sync::Arc;

use bytes::Bytes;
use serde_json::{Value, json};
use tokio::sync::mpsc::UnboundedSender;

use super::frame::{Frame, encode};
use super::message::{self, SignedIn};
use super::request::{Request, status};
use super::subscriptions;
use super::token_timer::TokenTimer;
use crate::account::{TokenError, TokenInfo};
use crate::sid::random_sid;
use crate::state::AppState;
use crate::sync::hub::Outgoing;

/// What we can do that the SDK asks about.
const CAPABILITIES: [&str; 2] = ["client_update", "offline_storage"];

/// One connection.
#[derive(Debug)]
pub(super) struct Session {
    app: Arc<AppState>,
    outbox: UnboundedSender<Outgoing>,
    signed_in: Option<Arc<SignedIn>>,
    /// When the token is about to expire, and when it expires.
    pub(super) token_timer: TokenTimer,
}

/// Whether the connection goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Next {
    /// Yes.
    Stay,
    /// The client leaves.
    Leave,
}

impl Session {
    /// A connection that has not said anything yet.
    #[must_use]
    pub(super) fn new(app: Arc<AppState>, outbox: UnboundedSender<Outgoing>) -> Self {
        let token_timer = TokenTimer::never(app.clock.clone());
        Self { app, outbox, signed_in: None, token_timer }
    }

    /// Takes one frame and answers it through the outbox.
    pub(super) async fn receive(&mut self, frame: Frame) -> Next {
        match frame.text("method") {
            "init" => self.init(&frame),
            "update" => self.update(&frame),
            "message" => self.message(&frame).await,
            "close" => return Next::Leave,
            // Acknowledgements and measurements, which need no answer.
            "reply" | "telemetry.v1" => {}
            _ => self.send(transport_reply(&frame, &status(200))),
        }
        Next::Stay
    }

    fn init(&mut self, frame: &Frame) {
        self.leave();
        match self.app.account.verify(frame.text("token")) {
            Err(error) => self.send(transport_reply(frame, &denied(error))),
            Ok(info) => self.sign_in(frame, info),
        }
    }

    fn sign_in(&mut self, frame: &Frame, info: TokenInfo) {
        let products: Vec<&str> = frame.header["registrations"]
            .as_array()
            .map(|all| all.iter().filter_map(|each| each["product"].as_str()).collect())
            .unwrap_or_default();
        let storage_id = self.app.sync.storage_id();
        let storage: Value = products
            .iter()
            .map(|product| ((*product).to_owned(), json!({ "storage_id": format!("{storage_id}-{product}") })))
            .collect::<serde_json::Map<_, _>>()
            .into();
        let peer = self.app.sync.join(&info.identity, self.outbox.clone());
        self.token_timer = TokenTimer::until(self.app.clock.clone(), info.expires_at);
        let product = products.first().map_or("data_sync", |product| product).to_owned();
        self.signed_in = Some(Arc::new(SignedIn { peer, info, product, live_queries: Arc::default() }));
        let mut reply = reply_header(frame, &status(200));
        reply["capabilities"] = json!(CAPABILITIES);
        reply["continuation_token"] = json!(random_sid("CT"));
        reply["continuation_token_status"] = json!({ "reissued": true });
        reply["offline_storage"] = storage;
        self.send(encode(reply, None));
    }

    fn update(&mut self, frame: &Frame) {
        let Some(signed_in) = &self.signed_in else {
            return self.send(transport_reply(frame, &status(401)));
        };
        match self.app.account.verify(frame.text("token")) {
            Err(error) => self.send(transport_reply(frame, &denied(error))),
            Ok(info) => {
                self.token_timer = TokenTimer::until(self.app.clock.clone(), info.expires_at);
                self.signed_in = Some(Arc::new(SignedIn { info, ..(**signed_in).clone() }));
                self.send(transport_reply(frame, &status(200)));
            }
        }
    }

    /// Requests are answered in the order in which they came, except those that were ordered to be answered late.
    async fn message(&self, frame: &Frame) {
        let Some(signed_in) = &self.signed_in else {
            return self.send(transport_reply(frame, &status(401)));
        };
        let request = Request::from_frame(frame);
        let mut answering: Pin<Box<dyn Future<Output = ()> + Send>> =
            Box::pin(message::answer(self.app.clone(), signed_in.clone(), self.outbox.clone(), request));
        tokio::select! {
            biased;
            () = &mut answering => {}
            () = std::future::ready(()) => drop(tokio::spawn(answering)),
        }
    }

    /// Sends what has changed in the live queries.
    pub(super) fn workers_changed(&self) {
        let Some(signed_in) = &self.signed_in else { return };
        match signed_in.live_queries.changes(&self.app.store) {
            Ok(events) => events.iter().for_each(|event| self.send(subscriptions::ordered(event))),
            Err(error) => tracing::error!(%error, "the live queries can not be answered"),
        }
    }

    /// Forgets who is signed in, if anybody is.
    pub(super) fn leave(&mut self) {
        if let Some(signed_in) = self.signed_in.take() {
            self.app.sync.leave(signed_in.peer);
        }
    }

    fn send(&self, frame: Bytes) {
        let _closing = self.outbox.send(Outgoing::Frame(frame));
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        self.leave();
    }
}

fn reply_header(frame: &Frame, status: &Value) -> Value {
    json!({ "method": "reply", "id": frame.text("id"), "status": status })
}

fn transport_reply(frame: &Frame, status: &Value) -> Bytes {
    encode(reply_header(frame, status), None)
}

/// The refusal of a token: <https://www.twilio.com/docs/api/errors/20104>.
fn denied(error: TokenError) -> Value {
    let (code, description) = match error {
        TokenError::Invalid => (20101, "Invalid Access Token"),
        TokenError::Expired => (20104, "Access Token expired or expiration date invalid"),
    };
    let mut status = status(401);
    status["errorCode"] = json!(code);
    status["description"] = json!(description);
    status
}
