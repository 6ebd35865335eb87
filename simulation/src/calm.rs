//! The end of a run: nothing goes wrong any more, time passes, and everything has to work again by itself.
//!
//! Knows nothing of what went wrong before.

use std::time::Duration;

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
/// How long passes between two looks.
const STEP: Duration = Duration::from_secs(6 * 60);
/// How long a replica may answer from the directory before: it reads every few seconds, and a Function that belongs to the
/// Build before is soon asked no more.
const CATCHING_UP: Duration = Duration::from_secs(25);

/// Lets the run come to its end.
pub(crate) async fn calm_end(server: &Server) {
    server.world.calm_down();
    all_running(server).await;
    server.world.let_pass(LATEST_ARRIVAL + Duration::from_secs(10)).await;
    let calm_since = server.world.executor.elapsed();
    for replica in (0..server.count()).cycle() {
        if server.world.executor.elapsed() >= calm_since + LIFE_OF_A_LOCK + MARGIN {
            break;
        }
        look_at(server, replica).await;
        server.world.let_pass(STEP).await;
    }
    lock_has_ended(server).await;
    everybody_caught_up(server).await;
    publish_works(server).await;
    server.world.executor.sleep(CATCHING_UP).await;
    everybody_caught_up(server).await;
}

fn observer(server: &Server, replica: usize) -> Supervisor {
    Supervisor::new(server, 0).at(replica)
}

fn hold(server: &Server, rule: Rule, problem: Option<String>) {
    server.world.checks().hold(rule, server.world.executor.elapsed(), problem);
}

/// A replica answers a supervisor.
async fn look_at(server: &Server, replica: usize) {
    let problem = match observer(server, replica).list().await {
        Told::Done(_) => None,
        Told::Refused(refusal) => Some(format!("replica {replica} answers list with {:?}", refusal.code)),
        Told::Nothing => Some(format!("replica {replica} does not answer list")),
    };
    hold(server, Rule::AdminWorksAgain, problem);
}

async fn lock_has_ended(server: &Server) {
    if let Told::Done(listed) = observer(server, 0).list().await {
        let problem = listed.publishing.map(|publishing| {
            format!(
                "the publish that {} began at {} still holds the lock",
                publishing.started_by, publishing.started_at
            )
        });
        hold(server, Rule::LockEnds, problem);
    }
}

/// The next supervisor publishes, and nothing is in her way.
async fn publish_works(server: &Server) {
    let supervisor = observer(server, server.count() - 1);
    let Told::Done(listed) = supervisor.list().await else {
        return hold(server, Rule::AdminWorksAgain, Some("list is not answered".to_owned()));
    };
    let published = supervisor.publish(&listed).await;
    let problem = published.is_none().then(|| "the next publish does not succeed".to_owned());
    hold(server, Rule::PublishWorksAgain, problem);
}

/// Every replica answers callers from what is live. Where nobody publishes what is live, callers keep what they had.
async fn everybody_caught_up(server: &Server) {
    for replica in 0..server.count() {
        let answered = call(server, replica).await.response.as_ref().and_then(directory_of);
        let Some(live) = server.world.checks().history.now().and_then(|live| live.directory.clone()) else { return };
        let problem = (answered.as_ref() != Some(&live))
            .then(|| format!("replica {replica} answers from {answered:?}, and {live} has been live for a long time"));
        hold(server, Rule::LookupsCatchUp, problem);
    }
}
