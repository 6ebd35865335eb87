//! Runs the cases of each kind, a few at once, and says how far it is.
//!
//! Knows nothing of what a case does. A case that takes too long or panics is lost like any other.

use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Context, Error, Result, anyhow};
use tokio::task::{JoinSet, spawn_local};
use tokio::time::timeout;

use crate::bench::{Bench, Case};
use crate::kind::{Form, Kind, Plan};
use crate::report::{Report, Row};

/// How often it says how far it is.
const PROGRESS: Duration = Duration::from_secs(10);

/// Runs the kinds, those that do not measure anything at once and then the others one by one, on a `LocalSet`: a case stays on one thread, its emulator and its callers do not.
pub(crate) async fn run(bench: &Arc<Bench>, kinds: impl Iterator<Item = Kind>, form: Form) -> Report {
    let (alone, together): (Vec<_>, Vec<_>) = kinds.partition(|kind| kind.at_once() == 1);
    let mut running = JoinSet::new();
    for kind in together {
        running.spawn_local(run_kind(Arc::clone(bench), kind, form));
    }
    let mut report = Report { rows: running.join_all().await };
    for kind in alone {
        report.rows.push(run_kind(Arc::clone(bench), kind, form).await);
    }
    report
}

async fn run_kind(bench: Arc<Bench>, kind: Kind, form: Form) -> Row {
    let began = Instant::now();
    let mut row = match kind.plan(&bench, form).await.context("the cases can not be told") {
        Ok(plan) => run_cases(&bench, kind, plan).await,
        Err(error) => Row::never_tried(kind, &error),
    };
    row.took = began.elapsed();
    eprintln!("torture: {}", row.line());
    row
}

async fn run_cases(bench: &Arc<Bench>, kind: Kind, Plan { seeds, of }: Plan) -> Row {
    eprintln!("torture: {kind}: {} of {of} cases ...", seeds.len());
    let mut row = Row::new(kind, of);
    let (mut left, mut running) = (seeds.into_iter(), JoinSet::new());
    let mut said = Instant::now();
    loop {
        while running.len() < kind.at_once()
            && let Some(seed) = left.next()
        {
            running.spawn_local(run_case(Arc::clone(bench), kind, seed));
        }
        match running.join_next().await {
            Some(Ok((seed, outcome))) => row.add(seed, outcome),
            Some(Err(error)) => row.add(u64::MAX, Err(Error::new(error))),
            None => return row,
        }
        if said.elapsed() >= PROGRESS {
            said = Instant::now();
            eprintln!("torture: {kind}: {} tried, {} to go", row.tried, left.len() + running.len());
        }
    }
}

async fn run_case(bench: Arc<Bench>, kind: Kind, seed: u64) -> (u64, Result<String>) {
    let outcome = async {
        let case = Case::new(&bench, &kind.to_string(), seed)?;
        // A task of its own, so that a panic in it is this case's.
        let running = spawn_local({
            let case = case.clone();
            async move { timeout(kind.patience(), kind.run(&case)).await }
        });
        let late = || anyhow!("it was not over after {} s", kind.patience().as_secs());
        let outcome = running.await?.unwrap_or_else(|_| Err(late()));
        match &outcome {
            Ok(_) => case.clear(),
            Err(error) => eprintln!("torture: {kind}: lost seed {seed}: {error:#}"),
        }
        outcome
    };
    (seed, outcome.await)
}
