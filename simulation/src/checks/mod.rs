//! What must hold in every run, one file for each rule.
//!
//! From outside: [`Checks`] is told what happens and keeps the first [`Violation`].
//!
//! Knows nothing of how anything came about.

mod kept;
mod looked;
mod lookups;
mod told;
mod winner;

use std::collections::BTreeMap;
use std::time::Duration;

use emulator::serverless::Build;
use http::StatusCode;

use crate::executor::TaskId;
use crate::history::{Attempt, Deployer, History, Live};
use crate::twilio::ASSET;

pub(crate) use looked::Look;
pub(crate) use lookups::Lookups;
pub(crate) use told::Denied;
use winner::Winners;

/// Which rule was broken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rule {
    /// Whoever is told that a publish succeeded finds it live.
    PublishedIsLive,
    /// What somebody was told is discarded never goes live.
    DiscardedStaysDiscarded,
    /// A Build that somebody was told is not deployed, or failed, never goes live.
    RefusedStaysUnpublished,
    /// What somebody was told got no Build never goes live.
    FailedUpdateStaysUnpublished,
    /// Whoever is told of a failure finds that it did not happen, unless nobody could look.
    FailureIsLookedAt,
    /// What goes live takes the place of what it was based on.
    OneWinner,
    /// A publish changes the directory and nothing else.
    EverythingElseKept,
    /// Nobody is kept from publishing for longer than a lock lives.
    LockEnds,
    /// A lookup answers from a directory that was live, and never from an older one than before.
    LookupsGoForward,
    /// Whoever was answered once is answered always.
    LookupsAnswer,
    /// When the faults are over, the next publish succeeds.
    PublishWorksAgain,
    /// When the faults are over, every request is answered without an error of the server.
    AdminWorksAgain,
    /// When the faults are over, every replica answers from what is live.
    LookupsCatchUp,
    /// Whoever sends no valid token is let in nowhere.
    OnlySignedIn,
    /// Nothing panics.
    NoPanic,
    /// A run comes to its end.
    Ends,
}

/// A rule that was broken.
#[derive(Clone, Debug)]
pub struct Violation {
    /// Which one.
    pub rule: Rule,
    /// How, in words.
    pub what: String,
    /// When.
    pub at: Duration,
}

/// What has happened and was told so far, held against the rules.
#[derive(Debug, Default)]
pub(crate) struct Checks {
    /// What was live and tried.
    pub history: History,
    /// What nobody may ever find live.
    pub denied: Denied,
    /// Who was told of having won.
    winners: Winners,
    /// What replicas answered callers.
    pub lookups: Lookups,
    /// What the handlers that are deploying have seen.
    pub looks: BTreeMap<TaskId, Look>,
    violation: Option<Violation>,
}

impl Checks {
    /// The first rule that was broken.
    #[must_use]
    pub(crate) fn violation(&self) -> Option<&Violation> {
        self.violation.as_ref()
    }

    /// A rule was broken, if `what` says how.
    pub(crate) fn hold(&mut self, rule: Rule, at: Duration, what: Option<String>) {
        if let (Some(what), None) = (what, &self.violation) {
            self.violation = Some(Violation { rule, what, at });
        }
    }

    /// A supervisor begins a publish.
    pub(crate) fn began(&mut self, attempt: Attempt) {
        self.history.attempts.push(attempt);
    }

    /// A Build went live.
    pub(crate) fn went_live(&mut self, at: Duration, build: Build, directory: Option<String>, by: Deployer) {
        let version = build.asset_versions.iter().find(|version| version.path == ASSET);
        let live = Live { at, version: version.map(|version| version.sid.clone()), build, directory };
        let problem = self.winners.went_live(&self.history, &live, by);
        self.hold(Rule::OneWinner, at, problem);
        if by.is_the_server() {
            let before = self.history.now().cloned();
            self.hold(
                Rule::EverythingElseKept,
                at,
                before.and_then(|before| kept::problem(&before.build, &live.build)),
            );
            if let Some((rule, problem)) = self.denied.problem(&live) {
                self.hold(rule, at, Some(problem));
            }
        }
        self.history.live.push(live);
    }

    /// A replica answers a caller from a directory, or with a failure.
    pub(crate) fn answered_caller(&mut self, at: Duration, replica: usize, from: Option<&str>, status: StatusCode) {
        let known = self.lookups.has_answered(replica);
        match from {
            Some(directory) => {
                let problem = self.lookups.answered(&self.history, replica, directory);
                self.hold(Rule::LookupsGoForward, at, problem);
            }
            None => {
                let problem = known.then(|| format!("replica {replica} answers {status}, and has answered before"));
                self.hold(Rule::LookupsAnswer, at, problem);
            }
        }
    }

    /// Somebody is told that a Build was published, in answer to a request that began at `since`.
    pub(crate) fn told_published(&mut self, at: Duration, build_sid: &str, since: Duration) {
        let problem = told::published(&self.history, build_sid, since);
        self.hold(Rule::PublishedIsLive, at, problem);
        let problem = self.winners.told_published(build_sid);
        self.hold(Rule::OneWinner, at, problem);
    }

    /// Somebody is told that a Build has changed nothing, and will not; `rule` is what relies on it.
    pub(crate) fn told_unchanged(&mut self, at: Duration, rule: Rule, build_sid: &str, said: &str) {
        let problem = self.history.is_live(build_sid).then(|| format!("{build_sid} is live, and {said}"));
        self.hold(rule, at, problem);
        self.denied.deny_build(rule, build_sid, said);
    }

    /// Somebody is told that a publish ended which may have got a Build that they never heard of.
    pub(crate) fn told_not_begun(&mut self, at: Duration, rule: Rule, directory: &str, said: &str) {
        let live = self.history.now().filter(|live| live.directory.as_deref() == Some(directory));
        let problem = live.map(|live| format!("{} with {directory} is live, and {said}", live.build.sid));
        self.hold(rule, at, problem);
        self.denied.deny_directory(rule, directory, said);
    }

    /// Somebody is told that a Deployment failed, while the Build was live or not; `handler` is the task that said so.
    /// What another handler deploys is not its fault, nor what it could not see because looking failed too, or because it
    /// went live after that look.
    pub(crate) fn told_failed(&mut self, at: Duration, build_sid: &str, was_live: bool, handler: TaskId, said: &str) {
        let went_live = self.history.went_live_at(build_sid).unwrap_or_default();
        let could_have_known = self.looks.get(&handler).is_some_and(|look| look.must_have_seen(went_live));
        let problem = (was_live && could_have_known).then(|| format!("{build_sid} is live, and {said}"));
        self.hold(Rule::FailureIsLookedAt, at, problem);
    }
}
