//! Many seeds: runs them on a few threads, and counts which rules were broken.
//!
//! Knows nothing of what a run does.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

use crate::checks::{Rule, Violation};
use crate::executor::lock;
use crate::run::run;

/// What came of many runs.
#[derive(Debug, Default)]
pub struct Report {
    /// How many runs there were.
    pub runs: u64,
    /// How many steps they took together.
    pub steps: u64,
    /// For each rule that was broken how often, with the smallest seed that broke it.
    pub broken: BTreeMap<Rule, Broken>,
}

/// A rule that was broken by some of the seeds.
#[derive(Clone, Debug)]
pub struct Broken {
    /// By how many.
    pub seeds: u64,
    /// The smallest of them.
    pub first_seed: u64,
    /// What happened there.
    pub first: Violation,
}

impl Report {
    fn add(&mut self, seed: u64, steps: u64, violation: Option<Violation>) {
        self.runs += 1;
        self.steps += steps;
        let Some(violation) = violation else { return };
        let entry = self.broken.entry(violation.rule);
        let broken = entry.or_insert_with(|| Broken { seeds: 0, first_seed: seed, first: violation.clone() });
        broken.seeds += 1;
        if seed < broken.first_seed {
            (broken.first_seed, broken.first) = (seed, violation);
        }
    }
}

/// Runs every seed of a range on that many threads.
#[must_use]
pub fn run_all(seeds: Range<u64>, threads: usize) -> Report {
    let next = AtomicU64::new(seeds.start);
    let report = Mutex::new(Report::default());
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                loop {
                    let seed = next.fetch_add(1, Ordering::Relaxed);
                    if seed >= seeds.end {
                        return;
                    }
                    let outcome = run(seed, false);
                    lock(&report).add(seed, outcome.steps, outcome.violation);
                }
            });
        }
    });
    report.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner)
}
