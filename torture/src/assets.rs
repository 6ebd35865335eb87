//! Other tools deploy an asset that is no directory, or hardly one: good callers go on being answered, the server lives in
//! as much memory as a small container has, and a publish brings everything back.
//! From outside: [`count`] the cases, [`run`] one.
//! Knows nothing of how the server reads an asset.

mod contents;

use std::time::Duration;

use anyhow::{Context, Result, bail};
use emulator::records::Record;
use emulator::serverless::Build;
use test_world::{Server, Tools};

use contents::{CONTENTS, Content, Outcome};

use crate::bench::Case;
use crate::callers::Callers;
use crate::history::History;
use crate::ledger::Ledger;
use crate::recovery::recover;
use crate::supervisor::Supervisor;
use crate::world::{Caller, Home, World, memory, wait_until};

/// The most memory that a server may ever have taken, in MB. The largest asset has 25 MB.
const MOST_MEMORY: usize = 256;
/// How long callers pause between two questions.
const PAUSE: Duration = Duration::from_millis(20);

/// How many of the first cases have small assets.
pub(crate) const SMALL: u64 = 15;

/// How many cases there are.
pub(crate) fn count() -> u64 {
    CONTENTS.len() as u64
}

/// Deploys the asset of a seed.
///
/// # Errors
///
/// When the case is lost.
pub(crate) async fn run(case: &Case) -> Result<String> {
    let content = usize::try_from(case.seed).ok().and_then(|seed| CONTENTS.get(seed));
    let content = content.with_context(|| format!("there is no such seed: they go up to {}", CONTENTS.len()))?;
    deploy(case, content).await.with_context(|| content.name.to_owned())
}

async fn deploy(case: &Case, content: &Content) -> Result<String> {
    let world = World::open(case, Home::Native, &[("LOOKUP_REFRESH_SECONDS", "1")]).await?;
    let server = world.start("server.log").await?;
    let (caller, ledger) = (world.caller(&server.url)?, Ledger::default());
    let before = caller.directory().await?;
    let callers = Callers::start(&world, caller.clone(), PAUSE);
    put_in_place(&world, content).await.context("the tool that deploys")?;
    see_what_comes_of_it(&world, &server, &caller, content, &before).await?;
    let supervisor = Supervisor::at(&world, &server.url, "SUPERVISOR", &ledger)?;
    supervisor.list().await?.must_be_done("the list")?;
    let later = start_beside(&world, content).await.context("a server that starts with it")?;
    recover(&supervisor, &caller, false).await.context("afterwards")?;
    callers.end(&world).await?;
    ledger.check(&History::read(&world)?)?;
    let most = memory(&server)?.max(memory(&later)?);
    if most > MOST_MEMORY {
        bail!("a server took {most} MB, and {MOST_MEMORY} are the most");
    }
    Ok(format!("{} took {most} MB", content.name))
}

async fn put_in_place(world: &World, content: &Content) -> Result<()> {
    if content.outcome == Outcome::BuildIsGone {
        let (store, sid) = (&world.emulator.app.store, world.live_build()?);
        world.contents_of(&sid)?;
        // Nobody can do that at Twilio, and it was seen all the same.
        store.write(|tx| tx.delete(Build::COLLECTION, &sid))?;
        return Ok(());
    }
    Tools::new(&world.env, &world.http).deploy_asset(content.path, &(content.make)()).await.map(drop)
}

/// The lookup takes it, or says what is wrong with it and answers from what it had.
async fn see_what_comes_of_it(
    world: &World,
    server: &Server,
    caller: &Caller,
    content: &Content,
    before: &str,
) -> Result<()> {
    if content.outcome == Outcome::Taken {
        return wait_until("callers get the new agent", async || Ok(caller.directory().await? != before)).await;
    }
    wait_until("/health says what is wrong", async || {
        let (_, body) = world.get(&server.url, "/health").await?;
        Ok(body["problem"].is_string())
    })
    .await?;
    match caller.directory().await? {
        directory if directory == before => Ok(()),
        directory => bail!("a caller is answered from {directory}"),
    }
}

/// A server that never had anything better answers from what can be used of it, or that it has no agent.
async fn start_beside(world: &World, content: &Content) -> Result<Server> {
    let server = world.start("later.log").await?;
    let caller = world.caller(&server.url)?;
    if content.outcome == Outcome::Taken {
        wait_until("callers are answered", async || Ok(caller.directory().await.is_ok())).await?;
    } else {
        caller.must_get_no_agent().await?;
    }
    world.get(&server.url, "/health").await?;
    Ok(server)
}
