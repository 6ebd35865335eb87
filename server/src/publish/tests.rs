//! Publishes that end in the middle, told with an account whose answers get lost when a test says so.
//!
//! From outside: nothing. `account` is the account.
//!
//! Knows nothing of sockets: the network and the clock are scripted.

mod account;
mod any_lock;
mod deploying;
mod ending;
mod left_over;
mod overtaken_look;
mod progress;
mod updating;

use serde_json::{Value, json};
use shared::{Publishing, PublishingStage};

use self::account::{Account, LIVE_BUILD, LIVE_VERSION, server};
use super::end::{Ending, end};
use super::lock::{self, LiveSids, Lock, LockError};
use super::{DiscardOutcome, SeenPublish, discard};
use crate::auth::Person;
use crate::base::Base;

fn ann() -> Person {
    Person::at_the_terminal("discard")
}

/// What the lock of a publish that begins now says.
fn beginning(base: &Base) -> Publishing {
    let started_at = base.home.now().to_string();
    Publishing { base_build_sid: Some(LIVE_BUILD.to_owned()), ..read("ann", &started_at) }
}

fn read(started_by: &str, started_at: &str) -> Publishing {
    Publishing::read(&json!({"startedBy": started_by, "startedAt": started_at}))
}

async fn take(base: &Base) -> Result<Lock, LockError> {
    lock::take(base, beginning(base), LiveSids::default()).await
}

#[tokio::test]
async fn a_publish_whose_lock_names_no_build_is_not_discarded_when_its_version_is_live() {
    let (account, base) = Account::new();
    let left = json!({"startedBy": "ann", "startedAt": "1970-01-01T00:00:00Z", "version": LIVE_VERSION});
    account.lock().unwrap().item = Some(left.clone());
    let seen = SeenPublish::from(&Publishing::read(&left));
    assert_eq!(discard(&base, &ann(), &seen).await.unwrap(), DiscardOutcome::AlreadyLive);
}

#[tokio::test]
async fn whoever_ends_a_publish_whose_version_got_live_meanwhile_finds_out_and_abandons_nothing() {
    let (account, base) = Account::new();
    let mut lock = take(&base).await.unwrap();
    let version = Some(LIVE_VERSION.to_owned());
    lock.record(&base, Publishing { version, ..lock.publishing.clone() }).await.unwrap();
    assert_eq!(end(&base, lock).await.unwrap(), Ending::AlreadyLive);
    assert_eq!(account.lock().unwrap().item, None, "nothing is left to be dealt with");
}

#[tokio::test]
async fn a_publish_that_was_discarded_before_it_knew_that_it_had_begun_does_not_go_on_after_others_have_published() {
    let (account, base) = Account::new();
    account.lock().unwrap().lose_next_creation = true;
    let (taking, theirs) = (take(&base), server(&account, 1));
    let others = async {
        while account.lock().unwrap().item.is_none() {
            tokio::task::yield_now().await;
        }
        let seen = SeenPublish::from(&Publishing::read(account.lock().unwrap().item.as_ref().unwrap()));
        assert_eq!(discard(&theirs, &ann(), &seen).await.unwrap(), DiscardOutcome::Ended);
        take(&theirs).await.unwrap().release(&theirs).await.unwrap();
    };
    let (taken, ()) = tokio::join!(taking, others);
    assert!(matches!(taken, Err(LockError::Discarded)), "{taken:?}");
}

#[tokio::test]
async fn a_request_for_the_lock_that_arrives_after_the_publish_is_over_takes_it_for_nobody() {
    let (account, base) = Account::new();
    account.lock().unwrap().delay_next_creation = true;
    let mut lock = take(&base).await.unwrap();
    lock.advance(&base, PublishingStage::Building).await.unwrap();
    lock.release(&base).await.unwrap();
    let theirs = server(&account, 1);
    take(&theirs).await.unwrap().release(&theirs).await.unwrap();
    account.lock().unwrap().delayed_creation_arrives();
    let item = account.lock().unwrap().item.clone();
    assert!(item.is_none_or(|item: Value| Publishing::read(&item).is_over()));
}
