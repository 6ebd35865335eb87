//! The first half of a publish: what keeps it from its Build, and what is told of one that somebody else went on with.
//!
//! Knows nothing of Deployments.

use std::sync::{Arc, Mutex};

use http::Method;
use shared::{AgentExtension, Directory, NumberRules};

use super::account::{NEW_BUILD, NEW_VERSION, build, function};
use super::*;
use crate::bundled_asset::BundledVersion;
use crate::directory::ReadError;
use crate::publish::{RequestedBuild, Submission, UpdateError, update};

/// One row, with the number of rows confirmed, on top of `version`.
async fn publish(base: &Base, version: Option<&str>) -> Result<RequestedBuild, UpdateError> {
    let row = json!({"workerFullName": "Ann", "extensionNumber": "2000", "workerSid": format!("WK{:032x}", 1)});
    let mut directory = Directory::default();
    directory.assign(AgentExtension::parse(&row, &NumberRules::default()).unwrap()).unwrap();
    let version = version.map(str::to_owned);
    update(base, &ann(), &Arc::new(Submission { directory, version, confirmed_count: Some(1) })).await
}

#[tokio::test]
async fn whatever_is_confirmed_nothing_is_published_over_rows_that_twilio_does_not_hand_out() {
    let (account, base) = Account::new();
    account.lock().unwrap().refuses = Some((Method::GET, "/extensions.json", 500));
    let result = publish(&base, Some(LIVE_VERSION)).await;
    assert!(matches!(result, Err(UpdateError::Read(ReadError::Twilio(_)))), "{result:?}");
    assert_eq!(account.lock().unwrap().item, None);
}

#[tokio::test]
async fn a_function_does_not_publish_over_a_build_that_is_gone_because_it_would_be_lost_itself() {
    for is_function in [false, true] {
        let (account, native) = Account::new();
        account.lock().unwrap().builds.clear();
        let base = if is_function { function(&account) } else { native };
        match publish(&base, None).await {
            Ok(requested) => assert_eq!((requested.build_sid.as_str(), is_function), (NEW_BUILD, false)),
            Err(UpdateError::Read(ReadError::BuildGone(sid))) => assert_eq!((&*sid, is_function), (LIVE_BUILD, true)),
            Err(error) => panic!("{error}"),
        }
    }
}

#[tokio::test]
async fn the_first_directory_of_functions_is_private_and_that_of_others_is_not() {
    for is_function in [false, true] {
        let (account, native) = Account::new();
        let mut live = build(LIVE_BUILD, LIVE_VERSION);
        live["asset_versions"] = json!([]);
        account.lock().unwrap().builds = vec![live];
        let base = if is_function { function(&account) } else { native };
        publish(&base, None).await.unwrap();
        // Only what is private is kept by the process that uploads it.
        base.bundled_asset.went_live(NEW_VERSION);
        let is_kept = base.bundled_asset.current_version() == BundledVersion::Published(NEW_VERSION.to_owned());
        assert_eq!(is_kept, is_function);
    }
}

#[tokio::test]
async fn a_build_is_based_on_what_is_live_once_the_lock_is_held() {
    const THEIRS: &str = "ZB00000000000000000000000000000009";
    let (account, base) = Account::new();
    account.lock().unwrap().builds.push(build(THEIRS, LIVE_VERSION));
    let deploy = Box::new(|account: &mut Account| account.deployed.insert(0, THEIRS.to_owned()));
    account.lock().unwrap().then = Some((Method::POST, "/Items", deploy));
    publish(&base, Some(LIVE_VERSION)).await.unwrap();
    let item = account.lock().unwrap().item.clone().unwrap();
    assert_eq!(Publishing::read(&item).base_build_sid.as_deref(), Some(THEIRS));
}

/// What a publish is told when this happens between its Build and the lock that is to name it.
async fn publish_while(happens: impl FnOnce(&mut Account) + Send + 'static) -> Result<RequestedBuild, UpdateError> {
    let (account, base): (Arc<Mutex<Account>>, _) = Account::new();
    account.lock().unwrap().then = Some((Method::POST, "/Builds", Box::new(happens)));
    publish(&base, Some(LIVE_VERSION)).await
}

#[tokio::test]
async fn a_publish_is_told_of_its_build_unless_somebody_ended_it_meanwhile() {
    for (stage, is_told) in [("building", true), ("deploying", true), ("discarding", false)] {
        let written = json!({"startedBy": "ann", "startedAt": "", "buildSid": NEW_BUILD, "stage": stage});
        let result = publish_while(|account| account.write(Some(written))).await;
        assert_eq!(result.is_ok(), is_told, "{stage}: {result:?}");
    }
    for (deployed, is_told) in [(NEW_BUILD, true), (LIVE_BUILD, false)] {
        let result = publish_while(|account| {
            account.deployed.insert(0, deployed.to_owned());
            account.write(None);
        });
        let result = result.await;
        assert_eq!(result.is_ok(), is_told, "{deployed}: {result:?}");
    }
}

#[tokio::test]
async fn nobody_is_told_that_a_publish_failed_while_it_may_be_live() {
    let result = publish_while(|account| {
        account.deployed.insert(0, NEW_BUILD.to_owned());
        account.write(None);
        account.refuses = Some((Method::GET, "/Deployments", 500));
    });
    let result = result.await;
    assert!(matches!(result, Err(UpdateError::Unclear(_))), "{result:?}");
}
