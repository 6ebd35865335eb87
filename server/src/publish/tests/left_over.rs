//! What may still happen to a Build once it is live, because of requests that others have given up and of other tools.
//!
//! Knows nothing of who holds the lock.

use http::Method;

// A Build that was live before, and that a request on its way may deploy once more.
use super::account::{NEW_BUILD as EARLIER, NEW_VERSION as EARLIER_VERSION, build};
use super::*;
use crate::publish::leftovers::{Leftovers, Overtaken, keep_live, overtaken};

fn may_come_back(sids: &[&str]) -> Leftovers {
    Leftovers { redeployable_builds: sids.iter().map(|sid| (*sid).to_owned()).collect(), ..Leftovers::default() }
}

#[tokio::test]
async fn a_build_that_may_be_deployed_once_more_is_removed() {
    let (account, base) = Account::new();
    account.lock().unwrap().builds.push(build(EARLIER, EARLIER_VERSION));
    let mut leftovers = may_come_back(&[EARLIER, LIVE_BUILD]);
    keep_live(&base, LIVE_BUILD, &mut leftovers).await.unwrap();
    assert_eq!(leftovers, may_come_back(&[LIVE_BUILD]));
    assert!(!account.lock().unwrap().has_build(EARLIER));
    assert_eq!(account.lock().unwrap().deployed, [LIVE_BUILD]);
}

#[tokio::test]
async fn where_it_was_deployed_once_more_already_ours_is_deployed_again() {
    let (account, base) = Account::new();
    account.lock().unwrap().builds.push(build(EARLIER, EARLIER_VERSION));
    account.lock().unwrap().deployed.insert(0, EARLIER.to_owned());
    let mut leftovers = may_come_back(&[EARLIER]);
    keep_live(&base, LIVE_BUILD, &mut leftovers).await.unwrap();
    assert_eq!(leftovers, may_come_back(&[EARLIER]));
    assert_eq!(account.lock().unwrap().deployed, [LIVE_BUILD, EARLIER, LIVE_BUILD]);
}

#[tokio::test]
async fn where_it_can_not_be_removed_and_is_not_live_nothing_is_deployed_and_the_next_publish_tries_again() {
    let (account, base) = Account::new();
    account.lock().unwrap().builds.push(build(EARLIER, EARLIER_VERSION));
    account.lock().unwrap().refuses = Some((Method::DELETE, "/Builds/", 500));
    let mut leftovers = may_come_back(&[EARLIER]);
    keep_live(&base, LIVE_BUILD, &mut leftovers).await.unwrap_err();
    assert_eq!(leftovers, may_come_back(&[EARLIER]));
    assert_eq!(account.lock().unwrap().deployed, [LIVE_BUILD]);
}

#[tokio::test]
async fn only_what_other_tools_deployed_between_our_look_and_our_deployment_was_overtaken() {
    for (deployed, is_overtaken) in [
        (vec!["ours", "theirs", "before"], true),
        (vec!["ours", "ours", "theirs", "before"], true),
        (vec!["later", "ours", "theirs", "before"], true),
        (vec!["ours", "before", "theirs"], false),
        (vec!["later", "ours", "before"], false),
        (vec!["ours", "of an earlier publish", "theirs"], false),
        (vec!["ours"], false),
        (vec![], false),
    ] {
        let (account, base) = Account::new();
        account.lock().unwrap().deployed = deployed.iter().map(|sid| (*sid).to_owned()).collect();
        let found = overtaken(&base, "ours", Some("before"), &["of an earlier publish".to_owned()]).await.unwrap();
        let theirs = Overtaken { build_sid: "theirs".to_owned(), by_build_sid: "ours".to_owned() };
        assert_eq!(found, is_overtaken.then_some(theirs), "{deployed:?}");
    }
}
