//! Ending a publish that nobody goes on with, although not everything that is needed for it succeeds.
//!
//! Knows nothing of why it ends.

use std::sync::{Arc, Mutex};

use http::Method;

use super::account::{NEW_BUILD, NEW_VERSION as VERSION, build};
use super::*;
use crate::publish::end::end_failed;
use crate::publish::{BuildStatusError, build_status};

fn of_version(lock: &Lock, version: &str) -> Publishing {
    Publishing { version: Some(version.to_owned()), ..lock.publishing.clone() }
}

/// A publish that has uploaded a version and got its Build, which the lock does not name yet.
async fn with_a_build_of(version: &str) -> (Arc<Mutex<Account>>, Base, Lock) {
    let (account, base) = Account::new();
    let mut lock = take(&base).await.unwrap();
    lock.record(&base, of_version(&lock, version)).await.unwrap();
    account.lock().unwrap().builds.insert(0, build(NEW_BUILD, version));
    (account, base, lock)
}

#[tokio::test]
async fn a_publish_is_not_over_while_its_build_can_not_be_removed_unless_that_is_live() {
    let outcomes = [(VERSION, None), (LIVE_VERSION, Some(Ending::AlreadyLive))];
    for ((version, ending), status) in outcomes.into_iter().flat_map(|outcome| [(outcome, 400), (outcome, 500)]) {
        let (account, base, lock) = with_a_build_of(version).await;
        account.lock().unwrap().refuses = Some((Method::DELETE, "/Builds/", status));
        assert_eq!(end(&base, lock).await.ok(), ending);
        let item = account.lock().unwrap().item.clone();
        let stage = item.map(|item| Publishing::read(&item).stage);
        assert_eq!(stage, ending.is_none().then_some(PublishingStage::Discarding));
    }
}

#[tokio::test]
async fn a_publish_is_over_although_its_build_stays_because_another_environment_has_deployed_it() {
    let (account, base, lock) = with_a_build_of(VERSION).await;
    account.lock().unwrap().live_elsewhere = Some(NEW_BUILD.to_owned());
    account.lock().unwrap().refuses = Some((Method::DELETE, "/Builds/", 400));
    assert_eq!(end(&base, lock).await.unwrap(), Ending::Ended);
}

#[tokio::test]
async fn whoever_can_not_write_the_lock_is_told_whether_somebody_else_has_written_it() {
    let (account, base) = Account::new();
    let lock = take(&base).await.unwrap();
    for status in [404, 412, 400, 500] {
        account.lock().unwrap().refuses = Some((Method::POST, "/Items/publishing", status));
        let error = end(&base, lock.clone()).await.unwrap_err();
        assert_eq!(matches!(error, LockError::Lost), [404, 412].contains(&status), "{status}: {error:?}");
    }
}

#[tokio::test]
async fn a_publish_that_failed_ends_although_nobody_said_that_its_last_write_was_done() {
    let (account, base) = Account::new();
    let mut lock = take(&base).await.unwrap();
    let before_its_last_write = lock.clone();
    lock.record(&base, of_version(&lock, VERSION)).await.unwrap();
    end_failed(&base, before_its_last_write).await;
    let item = account.lock().unwrap().item.clone().unwrap();
    assert!(Publishing::read(&item).is_over());
    assert_eq!(item["leftovers"]["abandonedVersions"], json!([VERSION]));
}

#[tokio::test]
async fn where_the_lock_can_not_be_written_nobody_can_go_on_with_the_build_of_a_publish_that_failed() {
    let (account, base, lock) = with_a_build_of(VERSION).await;
    account.lock().unwrap().refuses = Some((Method::POST, "/Items/publishing", 500));
    end_failed(&base, lock).await;
    assert!(!account.lock().unwrap().has_build(NEW_BUILD));
    assert!(account.lock().unwrap().has_build(LIVE_BUILD));
}

#[tokio::test]
async fn a_publish_whose_build_failed_or_is_gone_ends_when_somebody_asks_how_far_it_is() {
    for is_gone in [false, true] {
        let (account, base) = Account::new();
        let mut lock = take(&base).await.unwrap();
        let build_sid = Some(NEW_BUILD.to_owned());
        lock.record(&base, Publishing { build_sid, ..of_version(&lock, VERSION) }).await.unwrap();
        if !is_gone {
            let mut failed = build(NEW_BUILD, VERSION);
            failed["status"] = json!("failed");
            account.lock().unwrap().builds.insert(0, failed);
        }
        let status = build_status(&base, NEW_BUILD).await;
        assert_eq!(matches!(status, Err(BuildStatusError::UnknownBuild)), is_gone, "{status:?}");
        take(&server(&account, 1)).await.unwrap();
    }
}

#[tokio::test]
async fn what_somebody_else_holds_by_now_or_what_is_over_is_left_as_it_is() {
    let (account, base) = Account::new();
    let ours = take(&base).await.unwrap();
    ours.clone().release(&base).await.unwrap();
    let theirs = take(&server(&account, 1)).await.unwrap();
    let item = account.lock().unwrap().item.clone();
    end_failed(&base, ours).await;
    assert_eq!(account.lock().unwrap().item, item);
    let before_it_was_over = theirs.clone();
    let mut over = theirs.ends_as(&format!("{:032x}", 1));
    over.advance(&base, PublishingStage::Ended).await.unwrap();
    let item = account.lock().unwrap().item.clone();
    end_failed(&base, before_it_was_over).await;
    assert_eq!(account.lock().unwrap().item, item);
}
