//! Whether anybody is about to publish, as everybody sees it who looks.
//!
//! Knows nothing of what is published.

use http::Method;

// A Build of another tool.
use super::account::{NEW_BUILD as THEIRS, NEW_VERSION as THEIR_VERSION, build};
use super::*;
use crate::directory::{ReadError, fetch_deployed};
use crate::publish::{list, progress};

/// So long ago that nobody publishes it any more, and a second later.
const LONG_AGO: &str = "1969-12-31T23:45:00Z";
const LATELY: &str = "1969-12-31T23:45:01Z";

/// A lock of a publish whose Build is live, or whose Build is not.
fn lock_for(build_sid: &str, stage: &str) -> Value {
    json!({"startedBy": "ann", "startedAt": "1969-12-31T23:00:00Z", "stage": stage, "buildSid": build_sid})
}

fn requested(mut build: Value, when: &str) -> Value {
    build["date_created"] = json!(when);
    build
}

async fn look(base: &Base) -> bool {
    let deployed = fetch_deployed(base).await.unwrap();
    progress(base, &deployed).await.unwrap().version_is_deployed
}

#[tokio::test]
async fn a_young_build_with_another_directory_that_is_deployed_nowhere_is_on_its_way() {
    let young = || requested(build(THEIRS, THEIR_VERSION), LATELY);
    let with = |field: &str, value: Value| {
        let mut build = young();
        build[field] = value;
        build
    };
    for (newer, is_on_its_way) in [
        (young(), true),
        (with("status", json!("building")), true),
        (with("status", json!("failed")), false),
        (with("asset_versions", json!([])), false),
        (requested(build(THEIRS, THEIR_VERSION), LONG_AGO), false),
        (requested(build(THEIRS, LIVE_VERSION), LATELY), false),
    ] {
        let (account, base) = Account::new();
        account.lock().unwrap().builds =
            vec![newer.clone(), requested(build(LIVE_BUILD, LIVE_VERSION), "1969-12-31T23:00:00Z")];
        assert_eq!(look(&base).await, !is_on_its_way, "{newer}");
        account.lock().unwrap().live_elsewhere = Some(THEIRS.to_owned());
        assert!(look(&base).await, "deployed elsewhere: {newer}");
        account.lock().unwrap().live_elsewhere = None;
        let abandoned = json!({"stage": "ended", "leftovers": {"abandonedVersions": [THEIR_VERSION]}});
        account.lock().unwrap().item = Some(abandoned);
        assert!(look(&base).await, "abandoned: {newer}");
    }
}

#[tokio::test]
async fn whoever_looks_gives_the_lock_of_a_publish_back_that_is_live_once_nobody_works_on_it_any_more() {
    let (rested, busy) = ("1969-12-31T23:58:00Z", "1969-12-31T23:58:01Z");
    for (item, written, is_given_back) in [
        (lock_for(LIVE_BUILD, "building"), rested, true),
        (lock_for(LIVE_BUILD, "building"), busy, false),
        (lock_for(LIVE_BUILD, "ended"), rested, false),
        (lock_for(THEIRS, "building"), rested, false),
    ] {
        let (account, base) = Account::new();
        {
            let mut account = account.lock().unwrap();
            (account.item, account.written) = (Some(item.clone()), written);
        }
        look(&base).await;
        let left = (!is_given_back).then_some(item);
        assert_eq!(account.lock().unwrap().item, left, "{written}");
    }
}

#[tokio::test]
async fn a_directory_that_twilio_does_not_hand_out_is_not_said_to_be_one_that_nobody_can_read() {
    for status in [403, 500] {
        let (account, base) = Account::new();
        account.lock().unwrap().refuses = Some((Method::GET, "/extensions.json", status));
        assert!(matches!(list(&base).await, Err(ReadError::Twilio(_))), "{status}");
    }
}
