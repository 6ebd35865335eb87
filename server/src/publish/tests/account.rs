//! An account with one Build, which is live, and the Map with the lock.
//!
//! Knows nothing of what a publish is.

use std::sync::atomic::Ordering;
use std::sync::{Arc, Mutex};

use bytes::Bytes;
use http::{Method, Request};
use serde_json::{Value, json};

use crate::base::Base;
use crate::scripted_home::{Answer, ScriptedHome, config, ok};

/// The SID of the Build that is live.
pub(super) const LIVE_BUILD: &str = "ZB00000000000000000000000000000001";
/// The SID of the Asset Version of the directory in it.
pub(super) const LIVE_VERSION: &str = "ZN00000000000000000000000000000001";

/// What an item has room for, in bytes.
const LARGEST_ITEM: usize = 16 * 1024;

/// What stands there.
#[derive(Default)]
pub(super) struct Account {
    /// The Map Item, if it is there.
    pub(super) item: Option<Value>,
    /// Whether the next item is made and nobody hears of it.
    pub(super) lose_next_creation: bool,
    /// Whether the next item is made after everybody has given it up.
    pub(super) delay_next_creation: bool,
    delayed: Option<Value>,
    revision: u64,
}

impl Account {
    /// An account without a lock, and how a server reaches it.
    pub(super) fn new() -> (Arc<Mutex<Self>>, Base) {
        let account = Arc::new(Mutex::new(Self::default()));
        let base = server(&account, u64::MAX / 2);
        (account, base)
    }

    /// The request arrives for which nobody waits any more.
    pub(super) fn delayed_creation_arrives(&mut self) {
        let delayed = self.delayed.take().expect("a request was delayed");
        self.create(delayed);
    }

    fn answer(&mut self, request: &Request<Bytes>) -> Answer {
        let path = request.uri().path();
        match *request.method() {
            _ if path.ends_with("/Items/publishing") => self.answer_for_item(request),
            Method::POST if path.ends_with("/Items") => self.answer_for_creation(request),
            Method::GET if path.ends_with("/Builds") => ok(&json!({"builds": [build(LIVE_BUILD, LIVE_VERSION)]})),
            Method::GET if path.contains("/Builds/") => ok(&build(LIVE_BUILD, LIVE_VERSION)),
            Method::GET if path.contains("/Environments/") => {
                ok(&json!({"build_sid": LIVE_BUILD, "domain_name": "d.twil.io"}))
            }
            Method::GET => ok(&json!({"environments": [{"build_sid": LIVE_BUILD, "domain_name": "d.twil.io"}]})),
            // Twilio keeps a Build that is live.
            _ => Answer::Status(400, None, String::new()),
        }
    }

    fn answer_for_creation(&mut self, request: &Request<Bytes>) -> Answer {
        let data = data(request);
        if std::mem::take(&mut self.delay_next_creation) {
            self.delayed = Some(data);
            return Answer::Refused;
        }
        if !self.create(data) {
            return Answer::Status(409, None, String::new());
        }
        if std::mem::take(&mut self.lose_next_creation) { Answer::Silence } else { self.shown() }
    }

    fn create(&mut self, data: Value) -> bool {
        let is_free = self.item.is_none();
        if is_free {
            self.write(Some(data));
        }
        is_free
    }

    fn answer_for_item(&mut self, request: &Request<Bytes>) -> Answer {
        let condition = request.headers().get("if-match").map(|revision| revision.to_str().unwrap().to_owned());
        if self.item.is_some() && condition.is_some_and(|revision| revision != self.revision.to_string()) {
            return Answer::Status(412, None, String::new());
        }
        match *request.method() {
            _ if self.item.is_none() => return Answer::Status(404, None, String::new()),
            Method::POST if data(request).to_string().len() > LARGEST_ITEM => {
                return Answer::Status(400, None, String::new());
            }
            Method::POST => self.write(Some(data(request))),
            Method::DELETE => self.write(None),
            _ => {}
        }
        self.shown()
    }

    fn write(&mut self, item: Option<Value>) {
        self.item = item;
        self.revision += 1;
    }

    fn shown(&self) -> Answer {
        let written = "1970-01-01T00:00:00Z";
        ok(&json!({"data": self.item, "revision": self.revision.to_string(), "date_updated": written}))
    }
}

/// The data of an item in a form.
fn data(request: &Request<Bytes>) -> Value {
    let form: Vec<(String, String)> = serde_urlencoded::from_bytes(request.body()).unwrap();
    let (_, data) = form.into_iter().find(|(name, _)| name == "Data").unwrap();
    serde_json::from_str(&data).unwrap()
}

/// A server that reaches an account, and what it takes for random.
pub(super) fn server(account: &Arc<Mutex<Account>>, random: u64) -> Base {
    let account = account.clone();
    let home = ScriptedHome::new(move |request| account.lock().unwrap().answer(request));
    home.random.store(random, Ordering::Relaxed);
    Base::new(config(), Arc::new(home))
}

/// A completed Build with a version of the directory.
pub(super) fn build(sid: &str, version: &str) -> Value {
    let path = "/extensions.json";
    let asset = json!({"sid": version, "asset_sid": "ZH1", "path": path, "visibility": "protected"});
    json!({
        "sid": sid, "status": "completed", "asset_versions": [asset], "function_versions": null,
        "dependencies": null, "runtime": null, "date_created": "2026-01-01T00:00:00Z",
    })
}
