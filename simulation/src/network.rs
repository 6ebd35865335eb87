//! The network between a replica and Twilio: it delays, loses and damages requests and answers.
//!
//! Knows nothing of what is asked, but whether it writes.

use std::time::Duration;

use bytes::Bytes;
use http::{Request, Response, header};
use serde_json::Value;
use server::home::SendError;

use crate::call::{Subject, has_condition};
use crate::faults::Fault;
use crate::history::Deployer;
use crate::home::{Outcome, SimulatedHome};

/// How long the other side may be silent, as in the native home.
const READ_TIMEOUT: Duration = Duration::from_secs(8);
/// What a proxy says when what is behind it does not answer.
const ERROR_PAGE: &str = "<html><body><h1>Bad Gateway</h1></body></html>";

impl SimulatedHome {
    /// Carries a request to Twilio and an answer back, or not.
    pub(crate) async fn carry(&self, request: Request<Bytes>) -> Outcome {
        let subject = Subject::of(&request);
        let (method, uri, sent) = (request.method().clone(), request.uri().clone(), self.world.executor.elapsed());
        let condition = has_condition(&request);
        let fault = self.world.outage(uri.path());
        let fault = fault.or_else(|| self.world.fault(|faults, choices| faults.draw(choices, subject, condition)));
        self.note_deployed(subject);
        let outcome = match fault {
            None => self.deliver(request).await,
            Some(fault) => self.fail(fault, subject, request).await,
        };
        self.note_looked(subject, sent, &outcome);
        self.world.trace(|| {
            let fault = fault.map(|fault| format!("  ({fault:?})")).unwrap_or_default();
            let said = outcome.as_ref().map_or_else(ToString::to_string, |response| response.status().to_string());
            format!("    replica {}: {method} {}: {said}{fault}", self.replica, uri.path())
        });
        outcome
    }

    async fn deliver(&self, request: Request<Bytes>) -> Outcome {
        self.travel().await;
        let response = self.world.deliver(request, Deployer::Server).await;
        self.travel().await;
        Ok(response)
    }

    async fn fail(&self, fault: Fault, subject: Subject, request: Request<Bytes>) -> Outcome {
        match fault {
            Fault::Refused => self.travel().await,
            Fault::Cut => drop(self.deliver(request).await),
            Fault::Lost => self.world.executor.sleep(READ_TIMEOUT).await,
            Fault::Silent => {
                self.travel().await;
                self.world.deliver(request, Deployer::Server).await;
                self.world.executor.sleep(READ_TIMEOUT).await;
            }
            Fault::Late(after) => {
                self.deliver_late(after, subject, request);
                self.world.executor.sleep(READ_TIMEOUT).await;
            }
            Fault::Malformed => return self.deliver(request).await.map(|response| response.map(|body| half(&body))),
            Fault::PreconditionFailed => return self.refuse(412, None, r#"{"code":54103,"message":"mismatch"}"#).await,
            Fault::RateLimited { retry_after } => {
                return self.refuse(429, Some(retry_after), r#"{"code":20429,"message":"Too Many Requests"}"#).await;
            }
            Fault::ErrorPage { status, is_done } => {
                if is_done {
                    self.deliver(request).await?;
                }
                return self.refuse(status, None, ERROR_PAGE).await;
            }
        }
        Err(SendError(format!("{fault:?}")))
    }

    /// The request goes on although nobody waits for it, and although the replica may be gone by then.
    fn deliver_late(&self, after: Duration, subject: Subject, request: Request<Bytes>) {
        let world = self.world.clone();
        let late = world.late.begin();
        let deploying = (subject == Subject::Deployment).then(|| world.deploying.begin());
        self.world.executor.spawn(None, async move {
            world.executor.sleep(after).await;
            let status = world.deliver(request, Deployer::ServerLate).await.status();
            drop((late, deploying));
            world.trace(|| format!("    a late {subject:?} arrives: {status}"));
        });
    }

    async fn refuse(&self, status: u16, retry_after: Option<u64>, body: &'static str) -> Outcome {
        self.travel().await;
        let mut response = Response::builder().status(status);
        if let Some(seconds) = retry_after {
            response = response.header(header::RETRY_AFTER, seconds);
        }
        response.body(Bytes::from_static(body.as_bytes())).map_err(|error| SendError(error.to_string()))
    }

    /// One way through the network.
    async fn travel(&self) {
        let is_slow = !self.world.is_calm() && self.world.choose(|choices| choices.chance(5));
        if is_slow { self.world.pause(200, 1_500).await } else { self.world.pause(2, 40).await }
    }

    fn note_deployed(&self, subject: Subject) {
        if let (Subject::Deployment, Some(handler)) = (subject, self.world.executor.current()) {
            self.world.checks().looks.entry(handler).or_default().deployed();
        }
    }

    fn note_looked(&self, subject: Subject, asked: Duration, outcome: &Outcome) {
        if let (Subject::Environment, Some(handler)) = (subject, self.world.executor.current())
            && let Some(look) = self.world.checks().looks.get_mut(&handler)
        {
            let heard = outcome.as_ref().is_ok_and(|response| {
                response.status().is_success() && serde_json::from_slice::<Value>(response.body()).is_ok()
            });
            look.looked(asked, heard);
        }
    }
}

/// The first half of a body, as if the rest had been cut off.
fn half(body: &Bytes) -> Bytes {
    body.slice(..body.len() / 2)
}
