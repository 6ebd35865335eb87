//! A deploy that is about to be refused while another request deploys the same Build.
//!
//! Knows nothing of how a lock is taken.

use std::sync::Arc;

use bytes::Bytes;
use http::Request;
use serde_json::json;

// The Build that both want to deploy, and the version in it.
use super::account::{LIVE_BUILD, LIVE_VERSION, NEW_BUILD as BUILD, NEW_VERSION as VERSION, build};
use crate::base::Base;
use crate::publish::deploy;
use crate::scripted_home::{Answer, ScriptedHome, config, ok};

/// What a tool makes meanwhile, because of which it is refused.
const NEWER_BUILD: &str = "ZB00000000000000000000000000000003";
const NEWER_VERSION: &str = "ZN00000000000000000000000000000003";

/// The other request is done just before the lock is looked for once more: the Build is live, and the lock is gone.
fn account() -> impl FnMut(&Request<Bytes>) -> Answer {
    let mut looks_at_the_lock = 0;
    move |request| {
        let path = request.uri().path();
        if path.ends_with("/Items/publishing") {
            looks_at_the_lock += 1;
            let lock = json!({
                "startedBy": "ann", "startedAt": "1970-01-01T00:00:00Z", "stage": "building",
                "buildSid": BUILD, "version": VERSION, "baseBuildSid": LIVE_BUILD,
            });
            let item = json!({"data": lock, "revision": "0", "date_updated": "1970-01-01T00:00:00Z"});
            return if looks_at_the_lock == 1 { ok(&item) } else { Answer::Status(404, None, String::new()) };
        }
        let live = if looks_at_the_lock < 2 { LIVE_BUILD } else { BUILD };
        let builds = [(NEWER_BUILD, NEWER_VERSION), (BUILD, VERSION), (LIVE_BUILD, LIVE_VERSION)];
        let builds = builds.map(|(sid, version)| build(sid, version));
        match builds.iter().find(|build| path.ends_with(build["sid"].as_str().unwrap())) {
            Some(build) => ok(build),
            None if path.ends_with("/Builds") => ok(&json!({"builds": builds})),
            None if path.contains("/Environments/") => ok(&json!({"build_sid": live, "domain_name": "d.twil.io"})),
            None => Answer::Status(400, None, String::new()),
        }
    }
}

#[tokio::test]
async fn nobody_is_refused_whose_build_somebody_else_deployed_while_the_lock_was_looked_for() {
    let base = Base::new(config(), Arc::new(ScriptedHome::new(account())));
    let deployed = deploy(&base, BUILD).await;
    assert!(deployed.is_ok(), "{deployed:?}");
}
