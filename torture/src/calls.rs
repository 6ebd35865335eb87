//! Every call of the server to Twilio, with every fault: the calls are listened to while nothing goes wrong, and each of
//! them is a case with each fault, once, whenever it is repeated, and with everything that comes after it.
//! From outside: [`count`] the cases, [`run`] one.
//! Knows nothing of what the calls mean.

mod cell;
mod fault;
mod journey;

use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use test_world::{Server, Tools};
use tokio::sync::OnceCell;

use cell::Cell;

use crate::bench::{Bench, Case};
use crate::callers::Callers;
use crate::history::History;
use crate::ledger::Ledger;
use crate::recovery::recover;
use crate::supervisor::Supervisor;
use crate::world::{Home, World, wait_until};
use journey::Journey;

/// How long callers pause between two questions.
const PAUSE: Duration = Duration::from_millis(20);

/// So many calls of the lookup for itself have each of them among them.
const ALL_OF_A_REFRESH: usize = 9;

/// How many cases there are.
///
/// # Errors
///
/// When the calls can not be listened to.
pub(crate) async fn count(bench: &Arc<Bench>, home: Home) -> Result<u64> {
    Ok(cells(bench, home).await?.len() as u64)
}

/// Runs the case of a seed.
///
/// # Errors
///
/// When the case is lost.
pub(crate) async fn run(case: &Case, home: Home) -> Result<String> {
    let cells = cells(&case.bench, home).await?;
    let cell = usize::try_from(case.seed).ok().and_then(|seed| cells.get(seed));
    let cell = cell.with_context(|| format!("there is no such seed: they go up to {}", cells.len()))?;
    with_fault(case, home, cell).await.with_context(|| cell.to_string())?;
    Ok(String::new())
}

/// Listened to once for all cases of a home.
async fn cells(bench: &Arc<Bench>, home: Home) -> Result<&'static Vec<Cell>> {
    static NATIVE: OnceCell<Vec<Cell>> = OnceCell::const_new();
    static FUNCTIONS: OnceCell<Vec<Cell>> = OnceCell::const_new();
    let cells = match home {
        Home::Native => &NATIVE,
        Home::Functions => &FUNCTIONS,
    };
    cells.get_or_try_init(|| listen_to_all(bench, home)).await
}

async fn listen_to_all(bench: &Arc<Bench>, home: Home) -> Result<Vec<Cell>> {
    let mut cells = Vec::new();
    for &journey in Journey::of(home) {
        let case = Case::new(bench, &format!("{journey}-{home:?}"), 0)?;
        let calls = listen(&case, home, journey).await.with_context(|| format!("{journey} without faults"))?;
        cells.extend(cell::cells(journey, &calls));
        case.clear();
    }
    Ok(cells)
}

/// Which calls a journey consists of when nothing goes wrong.
async fn listen(case: &Case, home: Home, journey: Journey) -> Result<Vec<cell::Call>> {
    let (world, server) = open(case, home, journey).await?;
    let ledger = Ledger::default();
    let callers = Callers::start(&world, world.caller(&server.url)?, PAUSE);
    let before = world.count_calls();
    let is_enough = || world.calls_since(before).len() >= ALL_OF_A_REFRESH;
    journey.run(&Supervisor::at(&world, &server.url, "SUPERVISOR", &ledger)?, is_enough).await?;
    let calls = world.calls_since(before);
    callers.end(&world).await?;
    Ok(cell::calls(&calls))
}

/// A world whose server has answered a caller.
async fn open(case: &Case, home: Home, journey: Journey) -> Result<(World, Server)> {
    let world = World::open(case, home, &[("LOOKUP_REFRESH_SECONDS", journey.lookup_refresh())]).await?;
    let server = world.start("server.log").await?;
    world.caller(&server.url)?.directory().await?;
    if journey == Journey::PublishAnew {
        Tools::new(&world.env, &world.http).deploy_asset("/another.json", b"[]").await?;
    }
    Ok((world, server))
}

async fn with_fault(case: &Case, home: Home, cell: &Cell) -> Result<()> {
    let (world, server) = open(case, home, cell.journey).await?;
    let ledger = Ledger::default();
    let (supervisor, caller) =
        (Supervisor::at(&world, &server.url, "SUPERVISOR", &ledger)?, world.caller(&server.url)?);
    let callers = Callers::start(&world, caller.clone(), PAUSE);
    let before = world.count_calls();
    cell.inject(&world);
    if cell.is_everything() {
        ledger.nothing_is_tidied_up();
    }
    cell.journey.run(&supervisor, || cell.was_met(&world.calls_since(before))).await?;
    world.calm();
    if let Some(late) = cell.fault.latest_arrival() {
        let arrives = world.now() + late;
        // It may be on its way still: whether that publish succeeds is open, what she is told must be so.
        supervisor.publish().await.context("while the work is late")?;
        wait_until("what is late arrives", async || Ok(world.now() > arrives)).await?;
    }
    recover(&supervisor, &caller, case.choices().bool()).await.context("afterwards")?;
    callers.end(&world).await?;
    ledger.check(&History::read(&world)?)?;
    if !cell.was_met(&world.calls_since(before)) {
        bail!("the call did not come, so the fault was not met");
    }
    Ok(())
}
