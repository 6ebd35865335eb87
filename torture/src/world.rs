//! One emulator and the servers beside it, for one case.
//! From outside: [`World`], opened for a case; [`wait_until`] for what happens by itself.
//! Does not know what the case is about.

mod contents;
mod lookups;
mod processes;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use emulator::Emulator;
use emulator::records::find;
use emulator::serverless::Environment;
use emulator::traffic::{Fault, RecordedCall, Target};
use reqwest::Client;
use serde_json::Value;
use test_world::Env;

pub(crate) use lookups::{Caller, TOLD_APART_BY};
pub(crate) use processes::{memory, start_native};

use crate::bench::Case;
use contents::Contents;

/// How long anything may take that happens by itself.
const PATIENCE: Duration = Duration::from_secs(60);
/// How often it is looked whether it has happened.
const LOOK: Duration = Duration::from_millis(20);
/// Longer than any request of the server takes; what takes longer has no answer.
const LONGEST_REQUEST: Duration = Duration::from_secs(100);

/// Where the server runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Home {
    /// As a process of its own.
    Native,
    /// Inside a Twilio Function, as Twilio's own `twilio-run` runs it.
    Functions,
}

/// An emulator with five published extensions, and what a server beside it is told.
#[derive(Debug)]
pub(crate) struct World {
    pub(crate) emulator: Emulator,
    pub(crate) env: Env,
    pub(crate) http: Client,
    /// What was in Builds that may be removed since.
    seen: Mutex<BTreeMap<String, Contents>>,
    home: Home,
    case: Case,
}

impl World {
    /// A new emulator in the folder of the case.
    ///
    /// # Errors
    ///
    /// When it does not start.
    pub(crate) async fn open(case: &Case, home: Home, settings: &[(&str, &str)]) -> Result<Self> {
        Self::open_at(case, home, settings, 0).await
    }

    /// The same on a port, with the state that is in the folder already.
    ///
    /// # Errors
    ///
    /// When it does not start.
    pub(crate) async fn open_at(case: &Case, home: Home, settings: &[(&str, &str)], port: u16) -> Result<Self> {
        let emulator = test_world::start_emulator(port, case.folder.join("twilio"), 5, Duration::ZERO).await?;
        let http = client();
        let mut env = test_world::environment(&emulator, &http).await?;
        env.extend(settings.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
        if home == Home::Functions {
            let directory = test_world::functions::make_private(&emulator, &http).await?;
            test_world::functions::put_together(&case.bench.functions, &case.folder, &directory)?;
        }
        Ok(Self { emulator, env, http, seen: Mutex::default(), home, case: case.clone() })
    }

    /// What the server at `url` answers to no more than a path: status, and the JSON that it must be.
    ///
    /// # Errors
    ///
    /// When it answers nothing, or no JSON.
    pub(crate) async fn get(&self, url: &str, path: &str) -> Result<(u16, Value)> {
        get(&self.http, url, path).await
    }

    /// A file of the case.
    pub(crate) fn file(&self, name: &str) -> PathBuf {
        self.case.folder.join(name)
    }

    /// A variable that a server is told.
    ///
    /// # Errors
    ///
    /// When there is none of that name.
    pub(crate) fn variable(&self, name: &str) -> Result<&str> {
        Ok(self.env.get(name).with_context(|| format!("{name} is not set"))?)
    }

    /// What the next requests to Twilio meet.
    pub(crate) fn inject(&self, target: Target, fault: Fault) {
        self.emulator.app.traffic.inject(target, fault);
    }

    /// From now on nothing goes wrong.
    pub(crate) fn calm(&self) {
        self.emulator.app.traffic.clear_faults();
    }

    /// How many requests Twilio was sent so far.
    pub(crate) fn count_calls(&self) -> u64 {
        self.calls_since(0).last().map_or(0, |call| call.seq)
    }

    /// The requests after the first so many.
    pub(crate) fn calls_since(&self, count: u64) -> Vec<RecordedCall> {
        self.emulator.app.traffic.calls(count)
    }

    /// The present instant in microseconds since 1970, as the emulator dates what it keeps.
    pub(crate) fn now(&self) -> i64 {
        self.emulator.app.clock.now_microseconds()
    }

    /// What is in a Build, or was when it was last looked at; none if nobody has looked before it was removed.
    ///
    /// # Errors
    ///
    /// When the emulator's state can not be read.
    pub(crate) fn contents_of(&self, build_sid: &str) -> Result<Option<Contents>> {
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        if !seen.contains_key(build_sid) {
            let contents = Contents::read(&self.emulator.app.store, build_sid)?;
            seen.extend(contents.map(|contents| (build_sid.to_owned(), contents)));
        }
        Ok(seen.get(build_sid).cloned())
    }

    /// The SID of the Build that is live.
    ///
    /// # Errors
    ///
    /// When there is none.
    pub(crate) fn live_build(&self) -> Result<String> {
        let sid = &self.emulator.app.account.sids().serverless_environment;
        let environment: Option<Environment> = find(&self.emulator.app.store, sid)?;
        environment.and_then(|environment| environment.build_sid).context("nothing is live")
    }
}

/// [`World::get`], whether or not there is a Twilio.
///
/// # Errors
///
/// When nothing is answered, or no JSON.
pub(crate) async fn get(http: &Client, url: &str, path: &str) -> Result<(u16, Value)> {
    let response = http.get(format!("{url}{path}")).send().await.with_context(|| format!("{path} got no answer"))?;
    let (status, text) = (response.status().as_u16(), response.text().await?);
    Ok((status, serde_json::from_str(&text).with_context(|| format!("{path} answered {status} {text:?}"))?))
}

/// A client as callers and supervisors have it.
pub(crate) fn client() -> Client {
    Client::builder().timeout(LONGEST_REQUEST).build().unwrap_or_default()
}

/// Waits until `has_happened`, but not for ever: `what` says what did not happen then.
///
/// # Errors
///
/// When it has not happened in time, or looking fails.
pub(crate) async fn wait_until(what: &str, mut has_happened: impl AsyncFnMut() -> Result<bool>) -> Result<()> {
    let began = Instant::now();
    while !has_happened().await? {
        if began.elapsed() > PATIENCE {
            bail!("{what}: not within {} s", PATIENCE.as_secs());
        }
        tokio::time::sleep(LOOK).await;
    }
    Ok(())
}
