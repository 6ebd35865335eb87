//! Answers one wrapped request: injects faults, asks Sync or Flex, records it and sends the reply.
//!
//! Knows nothing of the socket. A reply is queued before anybody hears of the change that it confirms.

use std::sync::Arc;

use serde_json::{Value, json};
use tokio::sync::mpsc::UnboundedSender;

use super::answer::{Answer, Caller};
use super::live_queries::LiveQueries;
use super::representation;
use super::request::{Request, reply, text_reply};
use super::routes::{self, is_for_sync};
use crate::account::TokenInfo;
use crate::flex::{self, WrappedAnswer};
use crate::state::AppState;
use crate::sync::hub::{Outgoing, PeerId};
use crate::sync::records::Namespace;
use crate::traffic::{Call, Failure, GARBAGE, GATEWAY_PAGE, Loss, LossKind, ReplyFault};

/// A connection that has signed in.
#[derive(Clone, Debug)]
pub(super) struct SignedIn {
    /// The connection's number in `sync::hub`.
    pub(super) peer: PeerId,
    /// What its token says.
    pub(super) info: TokenInfo,
    /// The product that it registered for, which a request without a grant is for.
    pub(super) product: String,
    /// What it follows in the search indexes.
    pub(super) live_queries: Arc<LiveQueries>,
}

struct Exchange {
    app: Arc<AppState>,
    outbox: UnboundedSender<Outgoing>,
    request: Request,
    /// What is sent in the place of the reply, if that is to be lost.
    lost: Option<LossKind>,
}

/// Answers a request through the outbox.
pub(super) async fn answer(
    app: Arc<AppState>,
    signed_in: Arc<SignedIn>,
    outbox: UnboundedSender<Outgoing>,
    request: Request,
) {
    let fault = app.traffic.reply_fault_for(&request.method, &request.logged_path()).await;
    let exchange = Exchange { app, outbox, request, lost: None };
    match fault {
        None => exchange.work(&signed_in),
        Some(ReplyFault::Fail(failure)) => exchange.refuse(&failure),
        Some(ReplyFault::Lose(Loss { how, before: true })) => exchange.lose(how, 0),
        Some(ReplyFault::Lose(Loss { how, before: false })) => {
            Exchange { lost: Some(how), ..exchange }.work(&signed_in);
        }
        Some(ReplyFault::Late(by)) => {
            exchange.send(Outgoing::Drop);
            exchange.app.traffic.be_late(by).await;
            exchange.work(&signed_in);
        }
    }
}

impl Exchange {
    fn work(&self, signed_in: &SignedIn) {
        if is_for_sync(&self.request) {
            self.ask_sync(signed_in);
        } else {
            self.ask_flex(&signed_in.info);
        }
    }

    fn refuse(&self, failure: &Failure) {
        let body = representation::refusal(failure.status, failure.code, &failure.message);
        let headers =
            failure.retry_after.map_or_else(|| json!({}), |seconds| json!({ "Retry-After": seconds.to_string() }));
        self.reply(failure.status, &headers, Some(&body));
    }

    fn ask_sync(&self, signed_in: &SignedIn) {
        let grant = self.request.grant.as_deref().unwrap_or(&signed_in.product);
        let namespace = Namespace::of_grant(grant);
        let (peer, identity) = (signed_in.peer, signed_in.info.identity.clone());
        let caller = Caller { peer, identity, namespace, live_queries: signed_in.live_queries.clone() };
        match self.app.sync.turn(&self.app.store) {
            Ok(mut turn) => {
                let Answer { status, body, frames } =
                    routes::answer(&mut turn, &self.app.store, &caller, &self.request);
                self.reply(status, &json!({}), body.as_ref());
                for frame in frames {
                    self.send(Outgoing::Frame(frame));
                }
            }
            Err(error) => self.reply(error.status, &json!({}), Some(&representation::error(&error))),
        }
    }

    fn ask_flex(&self, info: &TokenInfo) {
        let Request { host, method, path, body, .. } = &self.request;
        let WrappedAnswer { status, body } = flex::answer_wrapped(&self.app, info, host, method, path, body);
        self.reply(status, &json!({}), Some(&body));
    }

    fn reply(&self, status: u16, headers: &Value, body: Option<&Value>) {
        if let Some(how) = self.lost {
            return self.lose(how, status);
        }
        self.record(status);
        self.send(Outgoing::Frame(reply(&self.request.id, status, headers, body)));
    }

    /// Sends what comes in the place of a reply; `status` is what it would have had, 0 if nothing was done.
    fn lose(&self, how: LossKind, status: u16) {
        self.record(status);
        let id = &self.request.id;
        match how {
            LossKind::Cut => self.send(Outgoing::Drop),
            LossKind::Html => self.send(Outgoing::Frame(text_reply(id, 502, "text/html", GATEWAY_PAGE))),
            LossKind::Garbage => {
                self.send(Outgoing::Frame(text_reply(id, status.max(200), "application/json", GARBAGE)));
            }
            LossKind::Hang => {}
        }
    }

    fn record(&self, status: u16) {
        self.app.traffic.record(Call {
            via: "twilsock",
            method: self.request.method.clone(),
            path: self.request.logged_path(),
            query: Value::Object(self.request.query.clone()),
            body: self.request.body.clone(),
            status,
        });
    }

    fn send(&self, outgoing: Outgoing) {
        let _closing = self.outbox.send(outgoing);
    }
}
