//! Supervisors: they list, publish, go on with a publish that somebody left, discard it, or leave their own.
//!
//! From outside: [`Supervisor`], who does a number of things and tells the checks everything that she is told.
//!
//! Knows nothing of Twilio: she knows what the server answers.

mod answers;
mod journeys;

use bytes::Bytes;
use http::{Request, header};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use shared::wire::{ErrorCode, ListReply};

use crate::faults::Faults;
use crate::replica::{Heard, Server};
use crate::world::World;

/// Somebody with the role, in front of the view.
#[derive(Clone)]
pub(crate) struct Supervisor {
    server: Server,
    world: World,
    name: String,
    token: String,
    /// The replica that answers her; none when the load balancer takes any.
    replica: Option<usize>,
}

/// What she is told.
#[derive(Debug)]
pub(crate) enum Told<T> {
    /// What she asked for.
    Done(T),
    /// Why not.
    Refused(Refusal),
    /// Nothing, or nothing that can be understood.
    Nothing,
}

/// Why she does not get what she asked for.
#[derive(Debug)]
pub(crate) struct Refusal {
    /// The kind of failure.
    pub code: ErrorCode,
    /// The Build of whoever is publishing, where that is the reason.
    pub holder: Option<String>,
}

impl<T> Told<T> {
    /// Whether she can not tell by it what was done.
    fn is_unclear(&self) -> bool {
        let unclear = [ErrorCode::TwilioBusy, ErrorCode::TwilioFailed, ErrorCode::Internal];
        match self {
            Self::Done(_) => false,
            Self::Refused(Refusal { code, .. }) => unclear.contains(code),
            Self::Nothing => true,
        }
    }
}

impl Supervisor {
    /// A supervisor with a name of her own.
    #[must_use]
    pub(crate) fn new(server: &Server, number: usize) -> Self {
        let name = format!("supervisor{number}@example.com");
        let world = server.world.clone();
        Self { token: world.twilio.token(&name), server: server.clone(), world, name, replica: None }
    }

    /// The same, always answered by one replica.
    #[must_use]
    pub(crate) fn at(self, replica: usize) -> Self {
        Self { replica: Some(replica), ..self }
    }

    /// What is published, as the server says.
    pub(crate) async fn list(&self) -> Told<ListReply> {
        let heard = self.post("list", json!({})).await;
        self.told(&heard)
    }

    async fn post(&self, endpoint: &str, mut body: Value) -> Heard {
        let strange = self.strange_token();
        body["Token"] = json!(strange.as_ref().unwrap_or(&self.token));
        let replica = self.replica.unwrap_or_else(|| self.server.any());
        self.world.trace(|| format!("{} asks replica {replica}: {endpoint}{}", self.name, shown(&body)));
        let request = Request::post(format!("/admin/{endpoint}"))
            .header(header::CONTENT_TYPE, "application/json")
            .body(Bytes::from(body.to_string()))
            .expect("the address is one");
        let heard = self.server.ask(replica, request).await;
        self.world.trace(|| format!("{} hears of {endpoint}: {}", self.name, answer(&heard)));
        if strange.is_some() {
            self.told_without_token(endpoint, &heard);
        }
        heard
    }

    /// A token that is none any more, or never was, as a page has it that was left open for long.
    fn strange_token(&self) -> Option<String> {
        if !self.world.fault(Faults::spoils_token) {
            return None;
        }
        let is_expired = self.world.choose(|choices| choices.chance(70));
        self.world.trace(|| format!("the token of {} does not count", self.name));
        Some(if is_expired { self.world.twilio.expired_token(&self.name) } else { format!("{}x", self.token) })
    }

    fn told<T: DeserializeOwned>(&self, heard: &Heard) -> Told<T> {
        let Some(response) = &heard.response else { return Told::Nothing };
        if response.status().is_success() {
            return serde_json::from_slice(response.body()).map_or(Told::Nothing, Told::Done);
        }
        let body: Value = serde_json::from_slice(response.body()).unwrap_or_default();
        let holder = body["detail"]["buildSid"].as_str().map(str::to_owned);
        let code = serde_json::from_value(body["code"].clone());
        code.map_or(Told::Nothing, |code| Told::Refused(Refusal { code, holder }))
    }
}

/// What of a request is worth a line.
fn shown(body: &Value) -> String {
    ["buildSid", "startedAt", "version"]
        .iter()
        .filter_map(|name| body.get(name).map(|value| format!(" {}", text(value))))
        .collect()
}

fn text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

fn answer(heard: &Heard) -> String {
    let Some(response) = &heard.response else { return "nothing".to_owned() };
    let body: Value = serde_json::from_slice(response.body()).unwrap_or_default();
    let words = ["code", "buildSid", "buildStatus", "version", "discarded", "publishing"];
    let words = words.iter().filter_map(|name| {
        body.get(name).filter(|value| !value.is_null()).map(|value| {
            if value.is_object() {
                format!(" publishing {} {}", text(&value["startedBy"]), text(&value["buildSid"]))
            } else {
                format!(" {}", text(value))
            }
        })
    });
    format!("{}{}", response.status().as_u16(), words.collect::<String>())
}

/// The name of a code, as it is sent.
fn code_name(code: &impl Serialize) -> String {
    serde_json::to_value(code).ok().and_then(|name| name.as_str().map(str::to_owned)).unwrap_or_default()
}
