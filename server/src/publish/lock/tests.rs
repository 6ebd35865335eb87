//! For how long an item in Sync holds the next publish up.

use std::time::Duration;

use serde_json::{Value, json};

use super::*;

const WRITTEN: Timestamp = Timestamp::UNIX_EPOCH;
const MINUTE: Duration = Duration::from_secs(60);

fn lock(data: Value) -> Lock {
    MapItem { revision: "1".into(), data, date_updated: WRITTEN }.into()
}

/// An item of a publish that began when it was written.
fn at(stage: &str, build_sid: Option<&str>) -> Lock {
    lock(
        json!({"startedBy": "ann@example.com", "startedAt": WRITTEN.to_string(), "stage": stage, "buildSid": build_sid}),
    )
}

/// What is live while somebody publishes.
const BEFORE: LiveSids<'_> = LiveSids { build_sid: Some("ZB0"), version: Some("ZN0") };

fn is_held_after(lock: &Lock, time: Duration) -> bool {
    lock.is_held(WRITTEN + time, BEFORE)
}

#[test]
fn a_lock_that_sync_removes_late_counts_as_gone() {
    let building = at("building", Some("ZB1"));
    assert!(is_held_after(&building, 15 * MINUTE - Duration::from_secs(1)));
    assert!(!is_held_after(&building, 15 * MINUTE));
}

#[test]
fn a_lock_from_the_future_holds_no_longer_than_one_that_begins_now() {
    for started in ["9999-12-31T23:59:59Z", "-009999-01-01T00:00:00Z", "tomorrow", ""] {
        let lock = lock(json!({"startedBy": "ann", "startedAt": started, "stage": "building", "buildSid": "ZB1"}));
        assert!(!is_held_after(&lock, 15 * MINUTE), "{started}");
    }
}

#[test]
fn what_can_not_be_understood_holds_everybody_up_until_it_expires() {
    let newer = json!({"startedBy": "ann", "startedAt": WRITTEN.to_string(), "stage": "waiting"});
    for data in [json!({"hello": 1}), json!(7), newer] {
        let lock = lock(data);
        assert!(is_held_after(&lock, 14 * MINUTE) && !is_held_after(&lock, 15 * MINUTE), "{lock:?}");
    }
}

#[test]
fn a_lock_whose_build_is_live_counts_as_gone() {
    assert!(!at("deploying", Some("ZB0")).is_held(WRITTEN, BEFORE));
    assert!(at("deploying", Some("ZB1")).is_held(WRITTEN, BEFORE));
    assert!(at("uploading", None).is_held(WRITTEN, LiveSids::default()));
}

#[test]
fn a_lock_whose_version_is_live_counts_as_gone_although_it_names_no_build_or_another_one() {
    for build_sid in [None, Some("ZB1")] {
        let of = |version: &str| {
            lock(json!({"startedBy": "ann", "startedAt": "", "version": version, "buildSid": build_sid}))
        };
        assert!(!of("ZN0").is_held(WRITTEN, BEFORE) && of("ZN0").left(BEFORE).is_empty(), "{build_sid:?}");
        assert!(of("ZN1").is_held(WRITTEN, BEFORE), "{build_sid:?}");
        assert_eq!(of("ZN1").left(BEFORE).abandoned_versions, ["ZN1"], "{build_sid:?}");
    }
}

#[test]
fn what_can_not_be_read_of_its_leftovers_takes_nothing_else_along() {
    let version = format!("ZN{:032x}", 1);
    let leftovers = json!({"abandonedVersions": [7, version], "redeployableBuilds": "../..", "overtaken": []});
    let lock = lock(json!({"stage": "ended", "id": format!("{:032x}", 1), "leftovers": leftovers}));
    assert!(lock.id.is_some());
    assert_eq!(lock.leftovers.abandoned_versions, [version]);
    assert!(lock.leftovers.redeployable_builds.is_empty() && lock.leftovers.overtaken.is_none());
}

#[test]
fn what_is_no_id_and_what_names_no_two_builds_is_left_out() {
    let build = format!("ZB{:032x}", 1);
    for (id, is_one) in [("0".repeat(32), true), ("0".repeat(31), false), ("g".repeat(32), false)] {
        assert_eq!(lock(json!({"id": id})).id.is_some(), is_one, "{id}");
    }
    for (overtaken, by, is_read) in [(&*build, &*build, true), ("../..", &build, false), (&build, "../..", false)] {
        let leftovers = json!({"overtaken": {"buildSid": overtaken, "byBuildSid": by}});
        assert_eq!(lock(json!({"leftovers": leftovers})).leftovers.overtaken.is_some(), is_read, "{overtaken} {by}");
    }
}

#[test]
fn an_upload_whose_server_is_gone_holds_nobody_up_longer_than_a_request_lasts() {
    for left in [at("uploading", None), at("discarding", Some("ZB1"))] {
        assert!(is_held_after(&left, MINUTE) && !is_held_after(&left, 2 * MINUTE), "{left:?}");
    }
    assert!(is_held_after(&at("building", Some("ZB1")), 14 * MINUTE));
}

#[test]
fn a_build_counts_as_being_deployed_for_as_long_as_a_request_lasts() {
    let deploying = at("deploying", Some("ZB1"));
    assert!(deploying.is_being_deployed(WRITTEN + MINUTE) && !deploying.is_being_deployed(WRITTEN + 2 * MINUTE));
    assert!(!at("building", Some("ZB1")).is_being_deployed(WRITTEN));
}

#[test]
fn what_is_over_holds_nobody_up() {
    assert!(!at("ended", Some("ZB1")).is_held(WRITTEN, LiveSids::default()));
}
