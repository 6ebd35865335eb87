//! Answers one wrapped request: disturbs it as ordered, finds who is responsible, records it and sends the reply.
//!
//! Knows nothing of the socket. A reply is queued before anybody hears of the change that it confirms.

use std::sync::Arc;

use serde_json::{Value, json};
use tokio::sync::mpsc::UnboundedSender;

use super::describe;
use super::request::{Request, reply};
use super::routes::{self, Answer, Caller, is_for_sync};
use crate::account::TokenInfo;
use crate::app::App;
use crate::flex;
use crate::sync::hub::{Outgoing, PeerId};
use crate::sync::record::Namespace;
use crate::traffic::{Call, Fault};

/// A signed-in connection.
#[derive(Clone, Debug)]
pub(super) struct Signed {
    /// The connection.
    pub(super) peer: PeerId,
    /// What its token says.
    pub(super) info: TokenInfo,
    /// The product that it registered for, which a request without a grant is for.
    pub(super) product: String,
}

struct Exchange {
    app: Arc<App>,
    outbox: UnboundedSender<Outgoing>,
    request: Request,
}

/// Answers a request through the outbox.
pub(super) async fn answer(app: Arc<App>, signed: Arc<Signed>, outbox: UnboundedSender<Outgoing>, request: Request) {
    let fault = app.traffic.meet(&request.method, &request.logged_path()).await;
    let exchange = Exchange { app, outbox, request };
    match fault {
        Some(fault) => exchange.refuse(&fault),
        None if is_for_sync(&exchange.request) => exchange.ask_sync(&signed),
        None => exchange.ask_flex(&signed.info),
    }
}

impl Exchange {
    fn refuse(&self, fault: &Fault) {
        let body = describe::refusal(fault.status, fault.code, &fault.message);
        let headers =
            fault.retry_after.map_or_else(|| json!({}), |seconds| json!({ "Retry-After": seconds.to_string() }));
        self.reply(fault.status, &headers, Some(&body));
    }

    fn ask_sync(&self, signed: &Signed) {
        let grant = self.request.grant.as_deref().unwrap_or(&signed.product);
        let namespace = Namespace::of_grant(grant);
        let caller = Caller { peer: signed.peer, identity: signed.info.identity.clone(), namespace };
        match self.app.sync.turn(&self.app.store) {
            Ok(mut turn) => {
                let Answer { status, body, then } = routes::answer(&mut turn, &self.app.store, &caller, &self.request);
                self.reply(status, &json!({}), body.as_ref());
                for frame in then {
                    self.send(Outgoing::Frame(frame));
                }
            }
            Err(error) => self.reply(error.status, &json!({}), Some(&describe::error(&error))),
        }
    }

    fn ask_flex(&self, info: &TokenInfo) {
        let Request { host, method, path, body, .. } = &self.request;
        let (status, body) = flex::twilsock::answer(&self.app, info, host, method, path, body);
        self.reply(status, &json!({}), Some(&body));
    }

    fn reply(&self, status: u16, headers: &Value, body: Option<&Value>) {
        self.app.traffic.record(Call {
            via: "twilsock",
            method: self.request.method.clone(),
            path: self.request.logged_path(),
            query: Value::Object(self.request.query.clone()),
            body: self.request.body.clone(),
            status,
        });
        self.send(Outgoing::Frame(reply(&self.request.id, status, headers, body)));
    }

    fn send(&self, outgoing: Outgoing) {
        let _closing = self.outbox.send(outgoing);
    }
}
