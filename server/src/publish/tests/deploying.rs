//! Deploying a Build: what keeps it from getting live, and what is left when it did not.
//!
//! Knows nothing of how a Build is made.

use std::sync::{Arc, Mutex};

use bytes::Bytes;
use http::Method;
use serde_json::Value;
use shared::wire::BuildStatus;

use super::account::{NEW_BUILD as BUILD, NEW_VERSION as VERSION, build, function};
use super::*;
use crate::bundled_asset::BundledVersion;
use crate::publish::{DeployError, deploy};

/// A later Build than the one that is to get live, and the version in it.
const NEWER_BUILD: &str = "ZB00000000000000000000000000000003";
const NEWER_VERSION: &str = "ZN00000000000000000000000000000003";

/// An account in which a publish has got its Build.
fn ready() -> (Arc<Mutex<Account>>, Base) {
    let (account, base) = Account::new();
    account.lock().unwrap().builds.insert(0, build(BUILD, VERSION));
    account.lock().unwrap().item = Some(held_for(BUILD, "building"));
    (account, base)
}

/// What stands in the lock.
fn held_for(build_sid: &str, stage: &str) -> Value {
    json!({
        "startedBy": "ann", "startedAt": "1970-01-01T00:00:00Z", "stage": stage,
        "buildSid": build_sid, "version": VERSION, "baseBuildSid": LIVE_BUILD,
    })
}

fn without_asset(sid: &str) -> Value {
    let mut build = build(sid, VERSION);
    build["asset_versions"] = json!([]);
    build
}

fn with_function(sid: &str, version: &str) -> Value {
    let mut build = build(sid, version);
    build["function_versions"] = json!([{"sid": "ZN1", "function_sid": "ZH2", "path": "/a", "visibility": "public"}]);
    build
}

fn live(account: &Mutex<Account>) -> String {
    account.lock().unwrap().deployed[0].clone()
}

/// What the lock says now.
fn publishing(account: &Mutex<Account>) -> Publishing {
    Publishing::read(account.lock().unwrap().item.as_ref().expect("the lock is there"))
}

#[tokio::test]
async fn nothing_gets_live_while_the_lock_is_held_for_another_build_or_the_publish_is_being_ended() {
    for held in [held_for(NEWER_BUILD, "building"), held_for(BUILD, "discarding"), held_for(BUILD, "a newer stage")] {
        let (account, base) = ready();
        account.lock().unwrap().item = Some(held.clone());
        let deployed = deploy(&base, BUILD).await;
        assert!(matches!(deployed, Err(DeployError::Lock(LockError::Held(Some(_))))), "{held}: {deployed:?}");
        assert_eq!(account.lock().unwrap().item, Some(held));
        assert_eq!(live(&account), LIVE_BUILD);
    }
}

#[tokio::test]
async fn what_was_replaced_is_not_brought_back_once_nobody_holds_the_lock() {
    let with_its_version = vec![build(BUILD, VERSION), build(LIVE_BUILD, VERSION)];
    let with_another = vec![build(BUILD, VERSION), build(LIVE_BUILD, LIVE_VERSION)];
    for (builds, deployed, is_conflict) in [
        (with_its_version, vec![LIVE_BUILD], true),
        (with_another.clone(), vec![LIVE_BUILD, BUILD], true),
        (with_another, vec![LIVE_BUILD], false),
    ] {
        let (account, base) = ready();
        {
            let mut account = account.lock().unwrap();
            account.item = None;
            (account.builds, account.deployed) = (builds, deployed.into_iter().map(str::to_owned).collect());
        }
        let error = deploy(&base, BUILD).await.unwrap_err();
        let is_as_said = match error {
            DeployError::Conflict(_) => is_conflict,
            DeployError::Lock(LockError::Lost) => !is_conflict,
            _ => false,
        };
        assert!(is_as_said, "{error:?}");
        assert_eq!(live(&account), LIVE_BUILD);
    }
}

#[tokio::test]
async fn of_newer_builds_only_one_with_another_directory_is_in_the_way() {
    for (newer, gets_live) in [
        (without_asset(NEWER_BUILD), true),
        (build(NEWER_BUILD, VERSION), true),
        // An earlier publish's, made once more by a request that was carried out late.
        (build(NEWER_BUILD, LIVE_VERSION), true),
        (with_function(NEWER_BUILD, LIVE_VERSION), false),
        (build(NEWER_BUILD, NEWER_VERSION), false),
    ] {
        let (account, base) = ready();
        account.lock().unwrap().builds.insert(0, newer.clone());
        let deployed = deploy(&base, BUILD).await;
        assert_eq!(deployed.is_ok(), gets_live, "{newer}: {deployed:?}");
        assert_eq!(live(&account) == BUILD, gets_live, "{newer}");
    }
}

#[tokio::test]
async fn a_deployment_that_twilio_refuses_can_be_tried_again_and_one_that_nobody_knows_of_is_said_to_be_unclear() {
    for (status, stage) in [(400, PublishingStage::Building), (500, PublishingStage::Deploying)] {
        let (account, base) = ready();
        account.lock().unwrap().refuses = Some((Method::POST, "/Deployments", status));
        match deploy(&base, BUILD).await.unwrap_err() {
            DeployError::Twilio(_) => assert_eq!(status, 400),
            DeployError::Unclear(_) => assert_eq!(status, 500),
            error => panic!("{error}"),
        }
        assert_eq!(publishing(&account).stage, stage);
        assert_eq!(publishing(&account).updated_at.as_deref(), Some("1970-01-01T00:00:00Z"));
        account.lock().unwrap().refuses = None;
        deploy(&base, BUILD).await.unwrap();
        assert_eq!(live(&account), BUILD);
    }
}

#[tokio::test]
async fn a_build_that_could_still_be_deployed_is_removed_when_its_publish_ends_and_a_failed_one_is_left() {
    let mut failed = build(BUILD, VERSION);
    failed["status"] = json!("failed");
    let completed = build(BUILD, VERSION);
    for (builds, is_removed) in [(vec![build(NEWER_BUILD, NEWER_VERSION), completed], true), (vec![failed], false)] {
        let (account, base) = ready();
        account.lock().unwrap().builds = [builds, vec![build(LIVE_BUILD, LIVE_VERSION)]].concat();
        match deploy(&base, BUILD).await.unwrap_err() {
            DeployError::Conflict(_) => assert!(is_removed),
            DeployError::NotReady(BuildStatus::Failed) => assert!(!is_removed),
            error => panic!("{error}"),
        }
        assert!(publishing(&account).is_over());
        assert_eq!(account.lock().unwrap().has_build(BUILD), !is_removed);
        let item = account.lock().unwrap().item.clone().unwrap();
        assert_eq!(item["leftovers"]["abandonedVersions"], json!([VERSION]));
    }
}

#[tokio::test]
async fn whoever_is_told_that_a_build_is_live_already_is_told_so_once_nothing_can_take_its_place_any_more() {
    const EARLIER: &str = "ZB00000000000000000000000000000009";
    for (holds_it, leftover) in [(BUILD, EARLIER), (NEWER_BUILD, EARLIER), (BUILD, BUILD)] {
        let (account, base) = ready();
        let mut held = held_for(holds_it, "deploying");
        held["leftovers"] = json!({"redeployableBuilds": [leftover]});
        {
            let mut account = account.lock().unwrap();
            account.builds.push(build(EARLIER, NEWER_VERSION));
            account.deployed.insert(0, BUILD.to_owned());
            account.item = Some(held.clone());
        }
        deploy(&base, BUILD).await.unwrap();
        assert_eq!(live(&account), BUILD);
        assert_eq!(account.lock().unwrap().has_build(EARLIER), leftover != EARLIER);
        assert!(account.lock().unwrap().has_build(BUILD));
        assert_eq!(account.lock().unwrap().item, Some(held), "the lock is not ours");
    }
}

#[tokio::test]
async fn a_build_that_is_gone_ends_no_publish_but_its_own() {
    for (locked, is_over) in [(BUILD, false), (NEWER_BUILD, true)] {
        let (account, base) = ready();
        account.lock().unwrap().item = Some(held_for(locked, "building"));
        assert!(matches!(deploy(&base, NEWER_BUILD).await, Err(DeployError::UnknownBuild)));
        assert_eq!(publishing(&account).is_over(), is_over, "{locked}");
    }
}

#[tokio::test]
async fn a_function_answers_from_what_it_uploaded_whoever_deployed_it() {
    for deployed in [vec![LIVE_BUILD], vec![BUILD, LIVE_BUILD]] {
        let (account, _) = ready();
        account.lock().unwrap().deployed = deployed.into_iter().map(str::to_owned).collect();
        let base = function(&account);
        base.bundled_asset.uploaded(VERSION, Bytes::from_static(b"[1]"));
        assert_eq!(base.bundled_asset.current_version(), BundledVersion::Own);
        deploy(&base, BUILD).await.unwrap();
        assert_eq!(base.bundled_asset.current_version(), BundledVersion::Published(VERSION.to_owned()));
    }
}
