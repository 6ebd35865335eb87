//! What each answer claims. This is the table that says which of them a supervisor may rely on.
//!
//! Knows nothing of what she does next.

use std::time::Duration;

use shared::Publishing;
use shared::wire::{BuildStatus, DiscardReply, ErrorCode, PublishReply, StatusReply};

use super::{Refusal, Supervisor, Told, code_name};
use crate::checks::Rule;
use crate::replica::Heard;

impl Supervisor {
    /// She is told whether a Build was deployed, in answer to a request that was sent at `since`.
    pub(super) fn told_of_deploy(&self, build_sid: &str, since: Duration, heard: &Heard, told: &Told<PublishReply>) {
        let now = self.world.executor.elapsed();
        let mut checks = self.world.checks();
        match told {
            Told::Done(_) => checks.told_published(now, build_sid, since),
            Told::Refused(Refusal { code, holder }) => {
                let said = format!("{} was told {} of its deploy", self.name, code_name(code));
                match code {
                    // Somebody else deploys this very Build.
                    ErrorCode::PublishInProgress if holder.as_deref() == Some(build_sid) => {}
                    ErrorCode::VersionConflict
                    | ErrorCode::PublishDiscarded
                    | ErrorCode::PublishInProgress
                    | ErrorCode::UnknownBuild => {
                        checks.told_unchanged(now, Rule::RefusedStaysUnpublished, build_sid, &said);
                    }
                    ErrorCode::TwilioBusy | ErrorCode::TwilioFailed | ErrorCode::Internal => {
                        let was_live = heard.live.as_deref() == Some(build_sid);
                        checks.told_failed(now, build_sid, was_live, heard.handler, &said);
                    }
                    // It may still be deployed, or is no answer about the Build at all.
                    _ => {}
                }
            }
            Told::Nothing => {}
        }
    }

    /// She is told how far a Build is.
    pub(super) fn told_of_status(&self, build_sid: &str, told: &Told<StatusReply>) {
        let what = match told {
            Told::Done(StatusReply { build_status: BuildStatus::Failed, .. }) => "that the Build failed",
            Told::Refused(Refusal { code: ErrorCode::UnknownBuild, .. }) => "that there is no such Build",
            _ => return,
        };
        let (now, said) = (self.world.executor.elapsed(), format!("{} was told {what}", self.name));
        self.world.checks().told_unchanged(now, Rule::RefusedStaysUnpublished, build_sid, &said);
    }

    /// She is told that her publish did not get a Build.
    pub(super) fn told_of_update(&self, directory: &str, code: ErrorCode) {
        if code == ErrorCode::DeploymentUnclear {
            return;
        }
        let said = format!("{} was told {} of the update", self.name, code_name(&code));
        let now = self.world.executor.elapsed();
        self.world.checks().told_not_begun(now, Rule::FailedUpdateStaysUnpublished, directory, &said);
    }

    /// She asked with a token that does not count, and must not have been let in.
    pub(super) fn told_without_token(&self, endpoint: &str, heard: &Heard) {
        let is_let_in = heard.response.as_ref().is_some_and(|response| response.status().is_success());
        let problem = is_let_in.then(|| format!("{} was let in to {endpoint} without a valid token", self.name));
        self.world.checks().hold(Rule::OnlySignedIn, self.world.executor.elapsed(), problem);
    }

    /// She is told whether the publish that she saw was ended, in answer to a request that was sent at `since`.
    pub(super) fn told_of_discard(&self, seen: &Publishing, since: Duration, told: &Told<DiscardReply>) {
        match (told, &seen.build_sid) {
            (Told::Done(DiscardReply { discarded: true, .. }), _) => self.told_discarded(seen, since),
            (Told::Done(DiscardReply { already_live: true, .. }), Some(build_sid)) => {
                self.world.checks().told_published(self.world.executor.elapsed(), build_sid, since);
            }
            _ => {}
        }
    }

    /// What was live before she asked is not what she ended: a request that came late had brought its lock back.
    fn told_discarded(&self, seen: &Publishing, since: Duration) {
        let now = self.world.executor.elapsed();
        let said = format!("{} was told that it is discarded", self.name);
        let mut checks = self.world.checks();
        match &seen.build_sid {
            Some(build_sid) => checks.told_unchanged(now, Rule::DiscardedStaysDiscarded, build_sid, &said),
            None => {
                let directory = self.directory_of(seen, &checks.history);
                let directory = directory.filter(|directory| !checks.history.went_live_before(directory, since));
                if let Some(directory) = directory {
                    checks.told_not_begun(now, Rule::DiscardedStaysDiscarded, &directory, &said);
                }
            }
        }
    }

    /// What the publish that she saw was going to publish, as far as its beginning tells.
    fn directory_of(&self, seen: &Publishing, history: &crate::history::History) -> Option<String> {
        let started: jiff::Timestamp = seen.started_at.parse().ok()?;
        let now = self.world.executor.clock().now();
        let ago = Duration::try_from(now.duration_since(started)).ok()?;
        let started = self.world.executor.elapsed().checked_sub(ago)?;
        let is_it = |attempt: &&crate::history::Attempt| {
            attempt.by == seen.started_by
                && attempt.sent <= started
                && attempt.answered.is_none_or(|answered| answered >= started)
        };
        history.attempts.iter().rfind(is_it).map(|attempt| attempt.directory.clone())
    }
}
