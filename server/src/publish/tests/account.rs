//! An account with one Build at first, which is live, and the Map with the lock.
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

/// The SID of the Build that a publish makes, and that of the Asset Version in it.
pub(super) const NEW_BUILD: &str = "ZB00000000000000000000000000000002";
pub(super) const NEW_VERSION: &str = "ZN00000000000000000000000000000002";

/// What an item has room for, in bytes.
const LARGEST_ITEM: usize = 16 * 1024;

/// Something that somebody else does.
type Event = Box<dyn FnOnce(&mut Account) + Send>;

/// What stands there.
pub(super) struct Account {
    /// The Builds, newest first.
    pub(super) builds: Vec<Value>,
    /// The SIDs of the Builds that were deployed, newest first; that one is live.
    pub(super) deployed: Vec<String>,
    /// The SID of the Build that another Environment has deployed, if any.
    pub(super) live_elsewhere: Option<String>,
    /// Requests of this method with this in their path, and the status that they are answered with.
    pub(super) refuses: Option<(Method, &'static str, u16)>,
    /// What somebody else does just after the first request of this method with this in its path was carried out.
    pub(super) then: Option<(Method, &'static str, Event)>,
    /// The Map Item, if it is there.
    pub(super) item: Option<Value>,
    /// When it was written.
    pub(super) written: &'static str,
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
        let account = Arc::new(Mutex::new(Self {
            builds: vec![build(LIVE_BUILD, LIVE_VERSION)],
            deployed: vec![LIVE_BUILD.to_owned()],
            live_elsewhere: None,
            refuses: None,
            then: None,
            item: None,
            written: "1970-01-01T00:00:00Z",
            lose_next_creation: false,
            delay_next_creation: false,
            delayed: None,
            revision: 0,
        }));
        let base = server(&account, u64::MAX / 2);
        (account, base)
    }

    /// The request arrives for which nobody waits any more.
    pub(super) fn delayed_creation_arrives(&mut self) {
        let delayed = self.delayed.take().expect("a request was delayed");
        self.create(delayed);
    }

    /// Whether there is a Build with this SID.
    pub(super) fn has_build(&self, sid: &str) -> bool {
        self.builds.iter().any(|build| build["sid"] == sid)
    }

    fn answer(&mut self, request: &Request<Bytes>) -> Answer {
        let answer = self.answer_alone(request);
        let is_it = |(method, part, _): &mut (Method, &str, Event)| {
            request.method() == *method && request.uri().path().contains(*part)
        };
        if let Some((_, _, happens)) = self.then.take_if(is_it) {
            happens(self);
        }
        answer
    }

    fn answer_alone(&mut self, request: &Request<Bytes>) -> Answer {
        let path = request.uri().path();
        if let Some((method, part, status)) = &self.refuses
            && request.method() == method
            && path.contains(part)
        {
            return Answer::Status(*status, None, String::new());
        }
        let environment = |live: Option<&String>| json!({"build_sid": live, "domain_name": "d.twil.io"});
        match *request.method() {
            _ if path.ends_with("/Maps/AgentExtensionMaps.publishing/Items/publishing") => {
                self.answer_for_item(request)
            }
            Method::POST if path.ends_with("/Maps/AgentExtensionMaps.publishing/Items") => {
                self.answer_for_creation(request)
            }
            Method::POST if path.ends_with("/Deployments") => self.answer_for_deployment(request),
            Method::GET if path.ends_with("/Deployments") => {
                let sids = self.deployed.iter().map(|sid| json!({"build_sid": sid}));
                ok(&json!({"deployments": sids.collect::<Vec<_>>()}))
            }
            Method::GET if path.ends_with("/extensions.json") => ok(&json!([])),
            Method::GET if path.ends_with("/Assets") => {
                ok(&json!({"assets": [{"sid": "ZH1", "friendly_name": "/extensions.json"}], "meta": {}}))
            }
            Method::POST if path.ends_with("/Versions") => ok(&json!({"sid": NEW_VERSION})),
            Method::POST if path.ends_with("/Builds") => {
                self.builds.insert(0, build(NEW_BUILD, NEW_VERSION));
                ok(&self.builds[0])
            }
            Method::GET if path.ends_with("/Builds") => ok(&json!({"builds": self.builds})),
            _ if path.contains("/Builds/") => self.answer_for_build(request),
            Method::GET if path.contains("/Environments/") => ok(&environment(self.deployed.first())),
            Method::GET if path.ends_with("/Environments") => {
                let live = [self.deployed.first(), self.live_elsewhere.as_ref()];
                ok(&json!({"environments": live.map(environment)}))
            }
            _ => Answer::Status(400, None, String::new()),
        }
    }

    fn answer_for_build(&mut self, request: &Request<Bytes>) -> Answer {
        let path = request.uri().path().trim_end_matches("/Status");
        let is_it = |build: &Value| path.ends_with(build["sid"].as_str().unwrap());
        let Some(position) = self.builds.iter().position(is_it) else {
            return Answer::Status(404, None, String::new());
        };
        let is_live = self.deployed.first().is_some_and(|live| self.builds[position]["sid"] == *live);
        match *request.method() {
            Method::GET => ok(&self.builds[position]),
            // Twilio keeps a Build that is live.
            _ if is_live => Answer::Status(400, None, String::new()),
            _ => {
                self.builds.remove(position);
                Answer::Status(204, None, String::new())
            }
        }
    }

    fn answer_for_deployment(&mut self, request: &Request<Bytes>) -> Answer {
        self.deployed.insert(0, field(request, "BuildSid"));
        ok(&json!({"sid": format!("ZD{:032}", self.deployed.len())}))
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

    /// Somebody else writes the item or removes it.
    pub(super) fn write(&mut self, item: Option<Value>) {
        self.item = item;
        self.revision += 1;
    }

    fn shown(&self) -> Answer {
        ok(&json!({"data": self.item, "revision": self.revision.to_string(), "date_updated": self.written}))
    }
}

/// The data of an item in a form.
fn data(request: &Request<Bytes>) -> Value {
    serde_json::from_str(&field(request, "Data")).unwrap()
}

fn field(request: &Request<Bytes>, name: &str) -> String {
    let form: Vec<(String, String)> = serde_urlencoded::from_bytes(request.body()).unwrap();
    form.into_iter().find(|(field, _)| field == name).unwrap().1
}

/// A server that reaches an account, and what it takes for random.
pub(super) fn server(account: &Arc<Mutex<Account>>, random: u64) -> Base {
    let home = home(account);
    home.random.store(random, Ordering::Relaxed);
    Base::new(config(), Arc::new(home))
}

/// A Function that reaches an account, with a private asset in its Build.
pub(super) fn function(account: &Arc<Mutex<Account>>) -> Base {
    let home = home(account);
    *home.private_asset.lock().unwrap() = Some(Bytes::from_static(b"[]"));
    Base::new(config(), Arc::new(home))
}

fn home(account: &Arc<Mutex<Account>>) -> ScriptedHome {
    let account = account.clone();
    ScriptedHome::new(move |request| account.lock().unwrap().answer(request))
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
