//! Two servers of one account, two people: they do something with one publish at once, while calls to Twilio take their
//! time. One wins, and nobody is told what is not so.
//!
//! Knows nothing of who should win.

use std::time::Duration;

use anyhow::{Context, Result, bail};
use emulator::traffic::{Fault, Target};
use shared::wire::ListReply;

use crate::bench::Case;
use crate::callers::Callers;
use crate::history::History;
use crate::ledger::Ledger;
use crate::recovery::recover;
use crate::supervisor::{Supervisor, Told};
use crate::world::{Home, World, wait_until};

/// How many times they meet in one case.
const MEETINGS: usize = 3;
/// The longest that a call takes, in milliseconds.
const LONGEST_DELAY: u64 = 60;
/// How long callers pause between two questions.
const PAUSE: Duration = Duration::from_millis(10);

/// What the two do at once.
#[derive(Clone, Copy, Debug)]
enum Race {
    /// Both update what they were shown, and go on.
    Updates,
    /// Both deploy one Build.
    Deploys,
    /// One deploys a Build and the other discards it.
    DeployAndDiscard,
    /// Both discard.
    Discards,
    /// One discards what the other has left, who begins anew.
    DiscardAndPublish,
    /// Both publish from the list to the deploy.
    Publishes,
}

const RACES: [Race; 6] =
    [Race::Updates, Race::Deploys, Race::DeployAndDiscard, Race::Discards, Race::DiscardAndPublish, Race::Publishes];

/// Lets them meet a few times.
///
/// # Errors
///
/// When the case is lost.
pub(crate) async fn run(case: &Case) -> Result<String> {
    let mut choices = case.choices();
    let world = World::open(case, Home::Native, &[("LOOKUP_REFRESH_SECONDS", "1")]).await?;
    let (here, there) = tokio::try_join!(world.start("here.log"), world.start("there.log"))?;
    let (near, far) = (world.caller(&here.url)?, world.caller(&there.url)?);
    tokio::try_join!(near.directory(), far.directory())?;
    let ledger = Ledger::default();
    let ann = Supervisor::at(&world, &here.url, "SUPERVISOR", &ledger)?;
    let bob = Supervisor::at(&world, &there.url, "SUPERVISOR_2", &ledger)?;
    let callers = [&near, &far].map(|caller| Callers::start(&world, caller.clone(), PAUSE));
    for _ in 0..MEETINGS {
        let race = RACES[choices.usize(..RACES.len())];
        delay_some_calls(&world, &mut choices);
        meet(race, &ann, &bob).await.with_context(|| format!("{race:?}"))?;
        world.calm();
        recover(&ann, &near, choices.bool()).await.with_context(|| format!("after {race:?}"))?;
    }
    recover(&bob, &far, false).await.context("at the other server")?;
    let newest = ledger.newest_directory();
    wait_until("the first server follows", async || Ok(near.directory().await? == newest)).await?;
    for callers in callers {
        callers.end(&world).await?;
    }
    ledger.check(&History::read(&world)?)?;
    Ok(String::new())
}

fn delay_some_calls(world: &World, choices: &mut fastrand::Rng) {
    for path in ["/Environments/", "/Builds", "/Items", "/publishing", "/Versions", "/Deployments", "/Status"] {
        let target = Target { method: None, path: path.to_owned(), times: choices.u32(0..3), after: choices.u32(0..4) };
        world.inject(target, Fault::Delay(Duration::from_millis(choices.u64(0..=LONGEST_DELAY))));
    }
}

async fn meet(race: Race, ann: &Supervisor<'_>, bob: &Supervisor<'_>) -> Result<()> {
    let listed = ann.list().await?.must_be_done("the list")?;
    if let Race::Updates = race {
        return update_both(ann, bob, &listed).await;
    }
    if let Race::Publishes = race {
        return tokio::try_join!(ann.publish(), bob.publish()).map(drop);
    }
    let build_sid = ann.update(&listed).await?.must_be_done("the update")?.build_sid;
    let seen = bob.list().await?.must_be_done("the list")?.publishing.context("nobody publishes")?;
    match race {
        Race::Deploys => tokio::try_join!(ann.follow(&build_sid), bob.follow(&build_sid)).map(drop),
        Race::DeployAndDiscard => tokio::try_join!(ann.follow(&build_sid), bob.discard(&seen)).map(drop),
        Race::Discards => tokio::try_join!(ann.discard(&seen), bob.discard(&seen)).map(drop),
        _ => tokio::try_join!(ann.publish(), bob.discard(&seen)).map(drop),
    }
}

/// Of two updates of the same version one wins at most.
async fn update_both(ann: &Supervisor<'_>, bob: &Supervisor<'_>, listed: &ListReply) -> Result<()> {
    let updates = tokio::try_join!(ann.update(listed), bob.update(listed))?;
    let build_sid = match updates {
        (Told::Done(one), Told::Done(other)) => bail!("both updates won: {one:?} {other:?}"),
        (Told::Done(one), _) | (_, Told::Done(one)) => one.build_sid,
        (one, other) => bail!("no update won: {one:?} {other:?}"),
    };
    tokio::try_join!(ann.follow(&build_sid), bob.follow(&build_sid)).map(drop)
}
