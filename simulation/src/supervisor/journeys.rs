//! What a supervisor does: whole journeys, each of which may be cut short at any point.
//!
//! Knows nothing of what an answer claims.

use serde_json::{Value, json};
use shared::Publishing;
use shared::wire::{BuildStatus, DiscardReply, ErrorCode, ListReply, PublishReply, StatusReply, UpdateReply};

use super::{Refusal, Supervisor, Told};
use crate::history::Attempt;
use crate::twilio::TOLD_APART_BY;

/// How often she asks how far a Build is before she gives up.
const MOST_POLLS: usize = 12;
/// How often she presses Publish for one Build.
const MOST_DEPLOYS: usize = 3;
/// How often she asks for one publish to be ended.
const MOST_DISCARDS: usize = 3;
/// Of a hundred publishes, how many are left where they are after each step: a tab that is closed.
const LEFT: u64 = 7;

impl Supervisor {
    /// Does a number of things, one after the other.
    pub(crate) async fn work(self, actions: u64) {
        for _ in 0..actions {
            self.world.pause(200, 12_000).await;
            self.act().await;
        }
    }

    async fn act(&self) {
        let Told::Done(listed) = self.list().await else { return };
        self.world.pause(100, 3_000).await;
        let Some(publishing) = listed.publishing.clone() else { return drop(self.publish(&listed).await) };
        match (self.world.choose(|choices| choices.below(4)), &publishing.build_sid) {
            (0 | 1, Some(build_sid)) => drop(self.follow(build_sid).await),
            (0..=2, _) => self.discard(&publishing).await,
            _ => drop(self.publish(&listed).await),
        }
    }

    /// Publishes a new directory on top of what she was shown; returns the Build if she was told that it is live.
    pub(crate) async fn publish(&self, listed: &ListReply) -> Option<String> {
        let (rows, directory) = self.edited(&listed.data);
        let sent = self.world.executor.elapsed();
        let base = listed.version.clone();
        let attempt = Attempt { directory: directory.clone(), base, by: self.name.clone(), sent, answered: None };
        self.world.checks().began(attempt);
        let heard = self.post("update", json!({"data": rows, "version": listed.version})).await;
        let told = self.told::<UpdateReply>(&heard);
        let now = self.world.executor.elapsed();
        self.world.checks().history.answered(&directory, now);
        match told {
            Told::Done(reply) if !self.leaves() => self.follow(&reply.build_sid).await,
            Told::Refused(refusal) => {
                self.told_of_update(&directory, refusal.code);
                None
            }
            Told::Done(_) | Told::Nothing => None,
        }
    }

    /// The rows with another agent under the number that tells directories apart, which is new where nothing is published.
    fn edited(&self, rows: &[Value]) -> (Vec<Value>, String) {
        let number = self.world.checks().history.attempts.len() + 1;
        let directory = format!("WK{number:032x}");
        let mut rows = rows.to_vec();
        match rows.iter_mut().find(|row| row["extensionNumber"] == TOLD_APART_BY) {
            Some(row) => row["workerSid"] = json!(directory),
            None => rows.push(json!({
                "workerFullName": "Ann Lee", "extensionNumber": TOLD_APART_BY, "workerSid": directory,
            })),
        }
        (rows, directory)
    }

    /// Waits for a Build and deploys it; returns it if she was told that it is live.
    async fn follow(&self, build_sid: &str) -> Option<String> {
        for _ in 0..MOST_POLLS {
            let heard = self.post("update-status", json!({"buildSid": build_sid})).await;
            let told = self.told::<StatusReply>(&heard);
            self.told_of_status(build_sid, &told);
            match told {
                Told::Done(StatusReply { build_status: BuildStatus::Completed, .. }) if self.leaves() => return None,
                Told::Done(StatusReply { build_status: BuildStatus::Completed, .. }) => {
                    return self.deploy(build_sid).await;
                }
                Told::Done(StatusReply { build_status: BuildStatus::Failed, .. })
                | Told::Refused(Refusal { code: ErrorCode::UnknownBuild, .. }) => return None,
                _ => self.world.pause(1_500, 2_500).await,
            }
        }
        None
    }

    async fn deploy(&self, build_sid: &str) -> Option<String> {
        for _ in 0..MOST_DEPLOYS {
            let since = self.world.executor.elapsed();
            let heard = self.post("publish", json!({"buildSid": build_sid})).await;
            let told = self.told::<PublishReply>(&heard);
            self.told_of_deploy(build_sid, since, &heard, &told);
            match told {
                Told::Done(_) => return Some(build_sid.to_owned()),
                told if told.is_unclear() && self.world.choose(|choices| choices.chance(60)) => {
                    self.world.pause(500, 6_000).await;
                }
                _ => return None,
            }
        }
        None
    }

    /// Ends the publish that she saw. Where nobody says what became of that, she may ask again.
    async fn discard(&self, seen: &Publishing) {
        let mut body = json!({"startedAt": seen.started_at});
        if let Some(build_sid) = &seen.build_sid {
            body["buildSid"] = json!(build_sid);
        }
        for _ in 0..MOST_DISCARDS {
            let since = self.world.executor.elapsed();
            let heard = self.post("discard", body.clone()).await;
            let told = self.told::<DiscardReply>(&heard);
            self.told_of_discard(seen, since, &told);
            if !told.is_unclear() || !self.world.choose(|choices| choices.chance(60)) {
                return;
            }
            self.world.pause(500, 6_000).await;
        }
    }

    fn leaves(&self) -> bool {
        !self.world.is_calm() && self.world.choose(|choices| choices.chance(LEFT))
    }
}
