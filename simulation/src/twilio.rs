//! The emulator of one run: its real Router without a socket, and its records in memory.
//!
//! Knows nothing of networks and faults: whatever reaches it is answered at once.

use std::convert::Infallible;
use std::sync::{Arc, Mutex, OnceLock};
use std::time::Duration;

use axum::Router;
use axum::body::{Body, to_bytes};
use bytes::Bytes;
use emulator::account::User;
use emulator::clock::Clock;
use emulator::records;
use emulator::serverless::{Build, Environment, content};
use emulator::start::{InProcess, open, rest_router};
use emulator::state::AppState;
use emulator::store::Store;
use emulator::traffic::Traffic;
use http::{Request, Response};
use jiff::Timestamp;
use serde_json::Value;
use tower::ServiceExt;

use crate::executor::lock;

/// Where the server reaches it.
pub(crate) const BASE_URL: &str = "http://twilio";
/// The address under which callers and supervisors reach the server.
pub(crate) const ADDRESS: &str = "https://extensions.example.com";
/// The unique name of the draft's Sync Map; the one with the lock is named after it.
pub(crate) const MAP_NAME: &str = "AgentExtensionMaps";
/// The path of the published asset.
pub(crate) const ASSET: &str = "/extensions.json";
/// The extension whose agent tells one directory from another.
pub(crate) const TOLD_APART_BY: &str = "2000";

/// Every run begins at this instant, in seconds since 1970: the first of December 2026.
const BEGINNING: i64 = 1_796_083_200;
/// A token outlives a run.
const TOKEN_LIFETIME: Duration = Duration::from_secs(24 * 3600);
/// How many extensions there are at first.
const EXTENSIONS: usize = 2;
/// More bytes than any answer has.
const LARGEST_BODY: usize = 1 << 20;

/// The emulator. Clones are the same one.
#[derive(Clone)]
pub(crate) struct Twilio {
    app: Arc<AppState>,
    router: Router,
}

/// A clock that shows the instant at which every run begins.
#[must_use]
pub(crate) fn beginning() -> Clock {
    Clock::held_at(Timestamp::from_second(BEGINNING).unwrap_or(Timestamp::UNIX_EPOCH))
}

fn parts(clock: Clock, store: Store, build_delay: Duration) -> InProcess {
    InProcess {
        base: BASE_URL.to_owned(),
        functions_base: ADDRESS.to_owned(),
        demo: EXTENSIONS,
        build_delay,
        token_lifetime: TOKEN_LIFETIME,
        traffic: Traffic::new(clock.clone()),
        clock,
        store,
    }
}

/// What every run begins with, made once: an account, its people, a few extensions and a first publish of them.
fn first_state() -> Store {
    static STATE: OnceLock<Mutex<Store>> = OnceLock::new();
    let state = STATE.get_or_init(|| {
        emulator::sid::seed_this_thread(0);
        let store = Store::in_memory();
        let app = open(parts(beginning(), store, Duration::ZERO)).expect("memory does not fail");
        Mutex::new(app.store.fork().expect("a storage in memory can be forked"))
    });
    lock(state).fork().expect("a storage in memory can be forked")
}

impl Twilio {
    /// An emulator in the state that every run begins with. What is random in it follows from `seed`.
    #[must_use]
    pub(crate) fn open(seed: u64, clock: Clock, build_delay: Duration) -> Self {
        let store = first_state();
        emulator::sid::seed_this_thread(seed);
        let app = open(parts(clock, store, build_delay)).expect("memory does not fail");
        Self { router: rest_router(app.clone()), app }
    }

    /// What the emulator keeps.
    #[must_use]
    pub(crate) fn app(&self) -> &AppState {
        &self.app
    }

    /// Answers a request.
    pub(crate) async fn answer(&self, request: Request<Bytes>) -> Response<Bytes> {
        let answered: Result<_, Infallible> = self.router.clone().oneshot(request.map(Body::from)).await;
        let Ok(response) = answered;
        received(response).await
    }

    /// A Flex token of a supervisor.
    #[must_use]
    pub(crate) fn token(&self, name: &str) -> String {
        let account = &self.app.account;
        let user = User {
            realm_user_id: name.to_owned(),
            full_name: name.to_owned(),
            roles: vec!["supervisor".to_owned()],
            worker_sid: account.sid_for("WK", name),
            flex_user_sid: account.sid_for("FU", name),
        };
        account.issue(&user).token
    }

    /// The value of an `Authorization` header with the account's credentials.
    #[must_use]
    pub(crate) fn credentials(&self) -> String {
        use base64::Engine as _;
        let account = &self.app.account;
        let pair = format!("{}:{}", account.account_sid(), account.auth_token());
        format!("Basic {}", base64::engine::general_purpose::STANDARD.encode(pair))
    }

    /// The Environment whose Build answers.
    #[must_use]
    pub(crate) fn environment(&self) -> Environment {
        let sid = &self.app.account.sids().serverless_environment;
        records::find(&self.app.store, sid).ok().flatten().expect("every run begins with an Environment")
    }

    /// A Build that has not been removed.
    #[must_use]
    pub(crate) fn build(&self, sid: &str) -> Option<Build> {
        records::find(&self.app.store, sid).ok().flatten()
    }

    /// Writes a Build in place of the one with its SID.
    pub(crate) fn put_build(&self, build: &Build) {
        self.app.store.write(|tx| records::put(tx, build)).expect("memory does not fail");
    }

    /// What the asset of a Build holds.
    #[must_use]
    pub(crate) fn asset_content(&self, build: &Build) -> Option<Vec<u8>> {
        let version = build.asset_versions.iter().find(|version| version.path == ASSET)?;
        content(&self.app.store, &version.sid).ok()
    }

    /// Which directory a Build holds: the Worker SID that tells it from every other.
    #[must_use]
    pub(crate) fn directory(&self, build: &Build) -> Option<String> {
        directory_in(&self.asset_content(build)?)
    }
}

/// Which directory these rows are.
#[must_use]
pub(crate) fn directory_in(rows: &[u8]) -> Option<String> {
    let rows: Vec<Value> = serde_json::from_slice(rows).ok()?;
    let row = rows.iter().find(|row| row["extensionNumber"] == TOLD_APART_BY)?;
    Some(row["workerSid"].as_str()?.to_owned())
}

/// A response with its whole body.
pub(crate) async fn received(response: axum::response::Response) -> Response<Bytes> {
    let (parts, body) = response.into_parts();
    Response::from_parts(parts, to_bytes(body, LARGEST_BODY).await.unwrap_or_default())
}
