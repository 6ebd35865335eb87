//! The kinds of trouble: what each is called, how many cases it has, and how long a case may take.
//!
//! Knows nothing of what happens in a case.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Result;
use clap::ValueEnum;

use crate::bench::{Bench, Case};
use crate::world::Home;
use crate::{assets, calls, kills, load, outages, pages, races, strangers};

/// One kind of trouble, in the order in which they run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Kind {
    /// Every call of the server to Twilio, with every fault.
    Calls,
    /// The same with the server inside a Twilio Function.
    CallsInFunctions,
    /// The server is killed in the middle of a publish and starts again.
    Kills,
    /// Two servers and two people do something with one publish at once.
    Races,
    /// Publishes while very many callers ask.
    Load,
    /// Twilio is dead or says nothing while the server starts.
    Outages,
    /// Other tools deploy what is no directory.
    Assets,
    /// Strangers send much, slowly, or the wrong tokens.
    Strangers,
    /// Pages of others ask the emulator.
    Pages,
}

/// Which cases of a kind run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// A sample.
    Short,
    /// All of them, or as many as say something where there is no end.
    Long,
    /// The one with this seed.
    One(u64),
}

/// The seeds that run, of how many.
#[derive(Debug)]
pub(crate) struct Plan {
    pub(crate) seeds: Vec<u64>,
    pub(crate) of: u64,
}

/// Which cases of a kind are enough for the short form.
#[derive(Clone, Copy, Debug)]
enum Sample {
    /// So many, from anywhere; the same every time.
    Drawn(usize),
    /// So many, from the first on.
    First(u64),
}

impl Sample {
    fn seeds(self, of: u64) -> Vec<u64> {
        match self {
            Self::Drawn(most) => {
                let mut seeds: Vec<u64> = (0..of).collect();
                fastrand::Rng::with_seed(of).shuffle(&mut seeds);
                seeds.truncate(most);
                seeds
            }
            Self::First(most) => (0..most.min(of)).collect(),
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let value = self.to_possible_value();
        formatter.pad(value.as_ref().map_or("", |value| value.get_name()))
    }
}

impl Kind {
    /// Which cases are to run.
    ///
    /// # Errors
    ///
    /// When the calls of the server can not be listened to.
    pub(crate) async fn plan(self, bench: &Arc<Bench>, form: Form) -> Result<Plan> {
        let (sample, of) = match self {
            Self::Calls => (Sample::Drawn(40), calls::count(bench, Home::Native).await?),
            Self::CallsInFunctions => (Sample::Drawn(12), calls::count(bench, Home::Functions).await?),
            Self::Kills => (Sample::Drawn(6), 100),
            Self::Races => (Sample::Drawn(6), 200),
            Self::Load => (Sample::First(1), 2),
            Self::Outages => (Sample::First(outages::CASES), outages::CASES),
            Self::Assets => (Sample::First(assets::SMALL + 1), assets::count()),
            Self::Strangers => (Sample::First(strangers::CASES), strangers::CASES),
            Self::Pages => (Sample::First(1), 1),
        };
        let seeds = match form {
            Form::Short => sample.seeds(of),
            // Mixed as well, so that whoever stops it half-way has seen something of everything.
            Form::Long => Sample::Drawn(usize::MAX).seeds(of),
            Form::One(seed) => vec![seed],
        };
        Ok(Plan { seeds, of })
    }

    /// Runs a case. What it answers is worth a look; an error says why the case is lost.
    ///
    /// # Errors
    ///
    /// When something was not as it must be.
    pub(crate) async fn run(self, case: &Case) -> Result<String> {
        match self {
            Self::Calls => calls::run(case, Home::Native).await,
            Self::CallsInFunctions => calls::run(case, Home::Functions).await,
            Self::Kills => kills::run(case).await,
            Self::Races => races::run(case).await,
            Self::Load => load::run(case).await,
            Self::Outages => outages::run(case).await,
            Self::Assets => assets::run(case).await,
            Self::Strangers => strangers::run(case).await,
            Self::Pages => pages::run(case).await,
        }
    }

    /// How long a case may take. The longest requests of the server take 90 s, and a case has a few of them.
    pub(crate) fn patience(self) -> Duration {
        match self {
            Self::Calls | Self::CallsInFunctions => Duration::from_secs(300),
            Self::Load => Duration::from_secs(600),
            _ => Duration::from_secs(120),
        }
    }

    /// How many cases run at once: many where most of the time is spent waiting, one where time is measured. Unoptimized
    /// programs need a lot more of the processor while they wait.
    pub(crate) fn at_once(self) -> usize {
        match self {
            Self::Calls if cfg!(debug_assertions) => 6,
            Self::Calls => 24,
            Self::CallsInFunctions if cfg!(debug_assertions) => 3,
            Self::CallsInFunctions => 4,
            Self::Kills | Self::Races | Self::Outages => 4,
            Self::Load | Self::Assets | Self::Strangers | Self::Pages => 1,
        }
    }
}
