//! What a run begins with: an account with a first publish, with Builds of other tools only, or with nothing deployed.
//!
//! Knows nothing of what happens then.

use std::ops::Bound;
use std::sync::{Arc, Mutex, OnceLock};
use std::time::Duration;

use emulator::clock::Clock;
use emulator::records::{self, Record};
use emulator::serverless::{AssetOrFunction, Build, Deployment, Environment, Version, Visibility};
use emulator::start::{InProcess, open};
use emulator::state::AppState;
use emulator::store::{Store, StoreError, Transaction};
use emulator::traffic::Traffic;
use jiff::Timestamp;

use crate::executor::lock;
use crate::twilio::{ADDRESS, ASSET, BASE_URL};

/// Every run begins at this instant, in seconds since 1970: the first of December 2026.
const BEGINNING: i64 = 1_796_083_200;
/// A token outlives a run.
const TOKEN_LIFETIME: Duration = Duration::from_secs(24 * 3600);
/// How many extensions there are at first.
const EXTENSIONS: usize = 2;

/// What is deployed when a run begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Beginning {
    /// A Build with the published asset and more.
    Published,
    /// The same with a private asset.
    PublishedPrivately,
    /// A Build of other tools, without our asset.
    OtherToolsOnly,
    /// Nothing.
    Nothing,
}

/// A clock that shows the instant at which every run begins.
#[must_use]
pub(crate) fn clock() -> Clock {
    Clock::held_at(Timestamp::from_second(BEGINNING).unwrap_or(Timestamp::UNIX_EPOCH))
}

/// The emulator as it is when a run begins. What is random in it from then on follows from `seed`.
#[must_use]
pub(crate) fn begin(seed: u64, clock: Clock, build_delay: Duration, beginning: Beginning) -> Arc<AppState> {
    let store = first_state();
    emulator::sid::seed_this_thread(seed);
    let app = open(parts(clock, store, build_delay)).expect("memory does not fail");
    app.store.write(|tx| arrange(tx, beginning)).expect("memory does not fail");
    app
}

/// The account, its people, a few extensions and a first publish of them, made once.
fn first_state() -> Store {
    static STATE: OnceLock<Mutex<Store>> = OnceLock::new();
    let state = STATE.get_or_init(|| {
        emulator::sid::seed_this_thread(0);
        let app = open(parts(clock(), Store::in_memory(), Duration::ZERO)).expect("memory does not fail");
        Mutex::new(app.store.fork().expect("a storage in memory can be forked"))
    });
    lock(state).fork().expect("a storage in memory can be forked")
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

/// Changes the published state into what a run begins with.
fn arrange(tx: &mut Transaction<'_>, beginning: Beginning) -> Result<(), StoreError> {
    match beginning {
        Beginning::Published => Ok(()),
        Beginning::PublishedPrivately => make_private(tx),
        Beginning::OtherToolsOnly => remove_asset(tx),
        Beginning::Nothing => remove_everything(tx),
    }
}

fn make_private(tx: &mut Transaction<'_>) -> Result<(), StoreError> {
    let make = |version: &mut Version| {
        if version.path == ASSET {
            version.visibility = Visibility::Private;
        }
    };
    for mut version in all::<Version>(tx)? {
        make(&mut version);
        records::put(tx, &version)?;
    }
    for mut build in all::<Build>(tx)? {
        build.asset_versions.iter_mut().for_each(make);
        records::put(tx, &build)?;
    }
    Ok(())
}

fn remove_asset(tx: &mut Transaction<'_>) -> Result<(), StoreError> {
    remove_all::<Version>(tx, |version| version.path == ASSET)?;
    remove_all::<AssetOrFunction>(tx, |asset| ASSET.ends_with(&asset.friendly_name))?;
    for mut build in all::<Build>(tx)? {
        build.asset_versions.retain(|version| version.path != ASSET);
        records::put(tx, &build)?;
    }
    Ok(())
}

fn remove_everything(tx: &mut Transaction<'_>) -> Result<(), StoreError> {
    remove_all::<Version>(tx, |_| true)?;
    remove_all::<AssetOrFunction>(tx, |_| true)?;
    remove_all::<Build>(tx, |_| true)?;
    remove_all::<Deployment>(tx, |_| true)?;
    for mut environment in all::<Environment>(tx)? {
        environment.build_sid = None;
        records::put(tx, &environment)?;
    }
    Ok(())
}

fn all<T: Record>(tx: &Transaction<'_>) -> Result<Vec<T>, StoreError> {
    let mut all = Vec::new();
    tx.scan(T::COLLECTION, Bound::Unbounded, Bound::Unbounded, false, |_, record| {
        all.push(record);
        true
    })?;
    Ok(all)
}

fn remove_all<T: Record>(tx: &mut Transaction<'_>, which: impl Fn(&T) -> bool) -> Result<(), StoreError> {
    for record in all::<T>(tx)?.iter().filter(|record| which(record)) {
        tx.delete(T::COLLECTION, record.sid())?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::twilio::Twilio;

    fn begun(beginning: Beginning) -> (Twilio, Option<Build>) {
        let twilio = Twilio::new(begin(1, clock(), Duration::ZERO, beginning));
        let live = twilio.environment().build_sid.and_then(|sid| twilio.build(&sid));
        (twilio, live)
    }

    #[test]
    fn a_run_begins_with_a_publish_or_without_one() {
        for (beginning, is_published, is_deployed) in [
            (Beginning::Published, true, true),
            (Beginning::PublishedPrivately, true, true),
            (Beginning::OtherToolsOnly, false, true),
            (Beginning::Nothing, false, false),
        ] {
            let (twilio, live) = begun(beginning);
            assert_eq!(live.is_some(), is_deployed, "{beginning:?}");
            assert!(live.as_ref().is_none_or(|build| !build.function_versions.is_empty()), "{beginning:?}");
            let directory = live.and_then(|build| twilio.directory(&build));
            assert_eq!(directory.is_some(), is_published, "{beginning:?}");
        }
    }

    #[test]
    fn a_private_asset_is_private_in_the_build_and_by_itself() {
        let (twilio, live) = begun(Beginning::PublishedPrivately);
        let of_build = live.expect("it is deployed").asset_versions;
        let by_itself: Vec<Version> = twilio.app().store.all(Version::COLLECTION).unwrap();
        for version in of_build.iter().chain(&by_itself) {
            assert_eq!(version.visibility == Visibility::Private, version.path == ASSET, "{}", version.path);
        }
    }
}
