//! One run, from its beginning to its end or to the first rule that is broken.
//!
//! Knows nothing of other runs.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use tokio::sync::oneshot;

use crate::caller::call_for_ever;
use crate::calm::calm_end;
use crate::checks::{Rule, Violation};
use crate::functions::follow_deployments;
use crate::replica::Server;
use crate::supervisor::Supervisor;
use crate::toolkit::deploy_now_and_then;
use crate::world::World;
use crate::{incidents, trace};

/// More steps than any run has.
const MOST_STEPS: u64 = 1_000_000;

/// What came of a run.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// The first rule that was broken, if any.
    pub violation: Option<Violation>,
    /// What happened, where it was to be kept.
    pub trace: Vec<String>,
    /// How many steps it took.
    pub steps: u64,
}

/// Runs what a seed decides.
#[must_use]
pub fn run(seed: u64, is_traced: bool) -> Outcome {
    let world = World::new(seed, is_traced);
    world.trace(|| format!("seed {seed}: {:?}", world.plan));
    let is_over = begin(&world);
    let mut steps = 0;
    while !is_over.load(Ordering::Relaxed) && world.checks().violation().is_none() {
        steps += 1;
        let problem = match world.step() {
            Ok(true) if steps < MOST_STEPS => continue,
            Ok(_) => (Rule::Ends, "nothing goes on any more".to_owned()),
            Err(panic) => (Rule::NoPanic, panic),
        };
        world.checks().hold(problem.0, world.executor.elapsed(), Some(problem.1));
    }
    let violation = world.checks().violation().cloned();
    if let Some(Violation { rule, what, .. }) = &violation {
        world.trace(|| format!("BROKEN {rule:?}: {what}"));
    }
    // What the tasks hold of the world is let go.
    world.executor.end();
    let violation = violation.map(|one| Violation { what: trace::shortened(&one.what), ..one });
    Outcome { violation, trace: world.trace.lines(), steps }
}

/// Starts everybody. The flag is set when the run is over.
fn begin(world: &World) -> Arc<AtomicBool> {
    let server = Server::start(world);
    let mut working = Vec::new();
    for number in 1..=world.plan.supervisors {
        let supervisor = Supervisor::new(&server, number);
        working.push(start(world, supervisor.work(world.plan.actions)));
    }
    working.push(start(world, deploy_now_and_then(world.clone(), world.plan.tool_deploys)));
    world.executor.spawn(None, incidents::happen(server.clone()));
    if let Some(outage) = world.plan.outage {
        world.executor.spawn(None, incidents::restart_in(outage, server.clone()));
    }
    if world.plan.is_private {
        world.executor.spawn(None, follow_deployments(server.clone()));
    }
    let calling = start_callers(&server);
    let is_over = Arc::new(AtomicBool::new(false));
    let ended = is_over.clone();
    world.executor.spawn(None, async move {
        for one in working {
            // One that panicked has been reported.
            let _panicked = one.await;
        }
        server.world.executor.end_group(calling);
        calm_end(&server).await;
        ended.store(true, Ordering::Relaxed);
    });
    is_over
}

/// Callers are a group of their own, because they end when the calm begins.
fn start_callers(server: &Server) -> usize {
    let group = server.count();
    server.world.executor.spawn(Some(group), call_for_ever(server.clone()));
    group
}

fn start(world: &World, work: impl Future<Output = ()> + Send + 'static) -> oneshot::Receiver<()> {
    let (done, waiting) = oneshot::channel();
    world.executor.spawn(None, async move {
        work.await;
        let _nobody = done.send(());
    });
    waiting
}
