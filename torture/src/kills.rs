//! The server is killed somewhere in a publish, by `kill -9`, and started again while Twilio is down: callers are answered
//! from the file of the last good directory at once, and then the publish is gone on with or ended.
//!
//! Knows nothing of how the server keeps anything.

use std::net::TcpListener;
use std::time::Duration;

use anyhow::{Context, Result};
use emulator::traffic::{Failure, Fault, ReplyFault, Target};
use test_world::Server;

use crate::bench::Case;
use crate::callers::Callers;
use crate::history::History;
use crate::ledger::Ledger;
use crate::recovery::recover;
use crate::supervisor::Supervisor;
use crate::world::{Home, World, wait_until};

/// A publish calls Twilio about so often; the kill comes before one of these calls, or after the last.
const MOST_CALLS: u64 = 34;
/// The longest time between a call and the kill, in microseconds.
const LONGEST_DELAY: u64 = 8_000;
/// How long callers pause between two questions.
const PAUSE: Duration = Duration::from_millis(5);

/// Kills the server once.
///
/// # Errors
///
/// When the case is lost.
pub(crate) async fn run(case: &Case) -> Result<String> {
    let mut choices = case.choices();
    let file = case.folder.join("last-good.json");
    let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port().to_string();
    let path = file.display().to_string();
    let settings = [("LAST_GOOD_FILE", path.as_str()), ("PORT", &port), ("LOOKUP_REFRESH_SECONDS", "1")];
    let world = World::open(case, Home::Native, &settings).await?;
    let server = world.start("server.log").await?;
    let caller = world.caller(&server.url)?;
    caller.directory().await?;
    wait_until("the last good directory is kept", async || Ok(file.is_file())).await?;
    let (ledger, url) = (Ledger::default(), server.url.clone());
    let supervisor = Supervisor::at(&world, &url, "SUPERVISOR", &ledger)?;
    let after = choices.u64(0..=MOST_CALLS);
    let delay = Duration::from_micros(choices.u64(0..=LONGEST_DELAY));
    tokio::try_join!(supervisor.publish(), kill(&world, server, after, delay))?;

    let server = restart_while_twilio_is_down(&world).await.context("after the kill")?;
    let callers = Callers::start(&world, caller.clone(), PAUSE);
    recover(&supervisor, &caller, choices.bool()).await.context("afterwards")?;
    let answered = callers.end(&world).await?;
    ledger.check(&History::read(&world)?)?;
    drop(server);
    Ok(format!("{answered} callers after the kill"))
}

/// Kills the server some time after the publish has made so many calls. It is over before if there are no more.
async fn kill(world: &World, mut server: Server, after: u64, delay: Duration) -> Result<()> {
    let callers = Callers::start(world, world.caller(&server.url)?, PAUSE);
    let enough = world.count_calls() + after;
    let mut newest = (world.count_calls(), tokio::time::Instant::now());
    wait_until("the publish comes so far", async || {
        let count = world.count_calls();
        if count != newest.0 {
            newest = (count, tokio::time::Instant::now());
        }
        Ok(count >= enough || newest.1.elapsed() > Duration::from_secs(2))
    })
    .await?;
    callers.end(world).await?;
    tokio::time::sleep(delay).await;
    server.process.kill()?;
    server.process.wait()?;
    Ok(())
}

/// Starts the server; the first caller is answered from the file, because nothing else is there.
async fn restart_while_twilio_is_down(world: &World) -> Result<Server> {
    let failure = Failure { status: 503, code: 20_503, message: "Twilio is down".to_owned(), retry_after: None };
    let everything = Target { method: None, path: String::new(), times: u32::MAX, after: 0 };
    world.inject(everything, Fault::Reply(ReplyFault::Fail(failure)));
    let server = world.start("server-2.log").await?;
    let callers = Callers::start(world, world.caller(&server.url)?, PAUSE);
    let mut asked = 0;
    wait_until("callers ask", async || {
        asked += 1;
        Ok(asked > 10)
    })
    .await?;
    callers.end(world).await.context("while Twilio is down")?;
    world.calm();
    Ok(server)
}
