//! One publish after the other while very many callers ask: none is answered wrongly, late or not at all.
//!
//! Knows nothing of how fast it must be, only that callers do not wait for a publish.

use std::time::{Duration, Instant};

use anyhow::{Context, Result};

use crate::bench::Case;
use crate::callers::Callers;
use crate::history::History;
use crate::ledger::Ledger;
use crate::recovery::recover;
use crate::supervisor::Supervisor;
use crate::world::{Home, World, memory};

/// How many ask at the same time.
const LINES: usize = 16;
/// How many publishes there are: by seed, the short one and the long one.
const PUBLISHES: [usize; 2] = [10, 100];

/// Publishes while callers ask one of two servers each.
///
/// # Errors
///
/// When the case is lost.
pub(crate) async fn run(case: &Case) -> Result<String> {
    let publishes = usize::try_from(case.seed).ok().and_then(|seed| PUBLISHES.get(seed)).copied();
    let publishes = publishes.context("there are two seeds: 0 and 1")?;
    let world = World::open(case, Home::Native, &[("LOOKUP_REFRESH_SECONDS", "1")]).await?;
    let servers = tokio::try_join!(world.start("here.log"), world.start("there.log"))?;
    let servers = [servers.0, servers.1];
    let mut lines = Vec::new();
    for server in servers.iter().cycle().take(LINES) {
        let caller = world.caller(&server.url)?;
        caller.directory().await?;
        lines.push(Callers::start(&world, caller, Duration::ZERO));
    }
    let (ledger, began) = (Ledger::default(), Instant::now());
    let supervisor = Supervisor::at(&world, &servers[0].url, "SUPERVISOR", &ledger)?;
    let caller = world.caller(&servers[0].url)?;
    for nth in 0..publishes {
        recover(&supervisor, &caller, false).await.with_context(|| format!("publish {nth} of {publishes}"))?;
    }
    let mut answered = 0;
    for line in lines {
        answered += line.end(&world).await?;
    }
    ledger.check(&History::read(&world)?)?;
    let (seconds, memory) = (began.elapsed().as_secs(), memory(&servers[0])?);
    Ok(format!("{publishes} publishes, {answered} lookups in {seconds} s, {memory} MB"))
}
