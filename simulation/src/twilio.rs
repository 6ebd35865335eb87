//! The emulator of one run: its real Router without a socket, and its records in memory.
//!
//! Knows nothing of networks and faults: whatever reaches it is answered at once.

use std::convert::Infallible;
use std::sync::Arc;

use axum::Router;
use axum::body::{Body, to_bytes};
use bytes::Bytes;
use emulator::account::User;
use emulator::records;
use emulator::serverless::{Build, Environment, content};
use emulator::start::rest_router;
use emulator::state::AppState;
use http::{Request, Response};
use serde_json::Value;
use tower::ServiceExt;

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

/// More bytes than any answer has.
const LARGEST_BODY: usize = 1 << 20;

/// The emulator. Clones are the same one.
#[derive(Clone)]
pub(crate) struct Twilio {
    app: Arc<AppState>,
    router: Router,
}

impl Twilio {
    /// The emulator as it is when a run begins.
    #[must_use]
    pub(crate) fn new(app: Arc<AppState>) -> Self {
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
        self.app.account.issue(&self.user(name)).token
    }

    /// A Flex token of a supervisor whose time has passed.
    #[must_use]
    pub(crate) fn expired_token(&self, name: &str) -> String {
        self.app.account.issue_expired(&self.user(name))
    }

    fn user(&self, name: &str) -> User {
        let account = &self.app.account;
        User {
            realm_user_id: name.to_owned(),
            full_name: name.to_owned(),
            roles: vec!["supervisor".to_owned()],
            worker_sid: account.sid_for("WK", name),
            flex_user_sid: account.sid_for("FU", name),
        }
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
