//! The end of a run: nothing goes wrong any more, time passes, and everything has to work again by itself.
//!
//! Knows nothing of what went wrong before.

use std::time::Duration;

use shared::Publishing;
use shared::wire::ListReply;

use crate::caller::call;
use crate::checks::Rule;
use crate::faults::LATEST_ARRIVAL;
use crate::incidents::all_running;
use crate::replica::{Server, directory_of};
use crate::supervisor::{Supervisor, Told};

/// How long the lock of a publish lives.
const LIFE_OF_A_LOCK: Duration = Duration::from_secs(15 * 60);
/// By this much the next publisher may be kept waiting longer.
const MARGIN: Duration = Duration::from_secs(3 * 60);
/// How long passes between two looks at a publish that nobody goes on with.
const BETWEEN_LOOKS: Duration = Duration::from_secs(9 * 60);
/// How much longer than until its next look a replica may answer from the directory before: there is some way to go, and a
/// Function that belongs to the Build before is asked no more.
const CATCHING_UP: Duration = Duration::from_secs(20);
/// The same where a tool went back to a directory that was replaced: for minutes that looks as if the domain lagged.
const CATCHING_UP_WITH_A_TOOL: Duration = Duration::from_secs(6 * 60);
/// How long passes between two looks at what callers are answered.
const BETWEEN_CALLS: Duration = Duration::from_secs(4);

/// Lets the run come to its end.
pub(crate) async fn calm_end(server: &Server) {
    server.world.calm_down();
    all_running(server).await;
    server.world.let_pass(LATEST_ARRIVAL + Duration::from_secs(10)).await;
    for replica in 1..server.count() {
        look_at(server, replica).await;
    }
    let Some(listed) = wait_for_locks(server).await else { return };
    everybody_catches_up(server, CATCHING_UP_WITH_A_TOOL).await;
    publish_works(server, &listed).await;
    everybody_catches_up(server, Duration::from_secs(server.world.plan.lookup_refresh) + CATCHING_UP).await;
}

/// Looks until nobody is publishing any more, and returns what is seen then. That must not take longer than a lock lives,
/// although people look at it.
async fn wait_for_locks(server: &Server) -> Option<ListReply> {
    let calm_since = server.world.executor.elapsed();
    for replica in (0..server.count()).cycle() {
        let listed = look_at(server, replica).await?;
        let Some(publishing) = &listed.publishing else { return Some(listed) };
        if server.world.executor.elapsed() >= calm_since + LIFE_OF_A_LOCK + MARGIN {
            let Publishing { started_by, started_at, .. } = publishing;
            let problem = format!("the publish that {started_by} began at {started_at} still holds the lock");
            hold(server, Rule::LockEnds, Some(problem));
            return None;
        }
        server.world.let_pass(BETWEEN_LOOKS).await;
    }
    None
}

fn observer(server: &Server, replica: usize) -> Supervisor {
    Supervisor::new(server, 0).at(replica)
}

fn hold(server: &Server, rule: Rule, problem: Option<String>) {
    server.world.checks().hold(rule, server.world.executor.elapsed(), problem);
}

/// A replica answers a supervisor.
async fn look_at(server: &Server, replica: usize) -> Option<ListReply> {
    let (listed, problem) = match observer(server, replica).list().await {
        Told::Done(listed) => (Some(listed), None),
        Told::Refused(refusal) => (None, Some(format!("replica {replica} answers list with {:?}", refusal.code))),
        Told::Nothing => (None, Some(format!("replica {replica} does not answer list"))),
    };
    hold(server, Rule::AdminWorksAgain, problem);
    listed
}

/// The next supervisor publishes on top of what was seen, and nothing is in her way.
async fn publish_works(server: &Server, listed: &ListReply) {
    let published = observer(server, server.count() - 1).publish(listed).await;
    let problem = published.is_none().then(|| "the next publish does not succeed".to_owned());
    hold(server, Rule::PublishWorksAgain, problem);
}

/// Every replica answers callers from what is live, after `longest` at the latest. Where nobody publishes what is live,
/// callers keep what they had.
async fn everybody_catches_up(server: &Server, longest: Duration) {
    let latest = server.world.executor.elapsed() + longest;
    for replica in 0..server.count() {
        while let Some(problem) = how_far_behind(server, replica).await {
            if server.world.executor.elapsed() >= latest {
                return hold(server, Rule::LookupsCatchUp, Some(problem));
            }
            server.world.executor.sleep(BETWEEN_CALLS).await;
        }
    }
}

/// What a replica answers callers, if that is not what is live.
async fn how_far_behind(server: &Server, replica: usize) -> Option<String> {
    let answered = call(server, replica).await.response.as_ref().and_then(directory_of);
    let live = server.world.checks().history.now().and_then(|live| live.directory.clone())?;
    (answered.as_ref() != Some(&live))
        .then(|| format!("replica {replica} answers from {answered:?}, and {live} has been live for a long time"))
}
