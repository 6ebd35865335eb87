//! What each answer claims. This is the table that says which of them a supervisor may rely on.
//!
//! Knows nothing of what she does next.

use shared::Publishing;
use shared::wire::{BuildStatus, DiscardReply, ErrorCode, PublishReply, StatusReply, UpdateReply};

use crate::ledger::Claimed;
use crate::supervisor::{Refusal, Supervisor, Told};

impl Supervisor<'_> {
    /// She is told whether her directory got a Build.
    pub(super) fn told_of_update(&self, directory: &str, base: Option<&str>, told: &Told<UpdateReply>) {
        match told {
            Told::Done(reply) => self.ledger.updated(&reply.build_sid, base),
            Told::Refused(refusal) if !refusal.leaves_open() => {
                self.relies_on(
                    Claimed::DirectoryNeverLive { directory: directory.to_owned(), until: i64::MAX },
                    "the update",
                    told,
                );
            }
            Told::Refused(_) | Told::Nothing => {}
        }
    }

    /// She is told how far a Build is.
    pub(super) fn told_of_status(&self, build_sid: &str, told: &Told<StatusReply>) {
        if matches!(told, Told::Done(StatusReply { build_status: BuildStatus::Failed, .. })) {
            self.relies_on(Claimed::NeverLive { build_sid: build_sid.to_owned() }, "the Build", told);
        }
    }

    /// She is told whether a Build was deployed, in answer to a request that was sent at `since`.
    pub(super) fn told_of_deploy(&self, build_sid: &str, since: i64, told: &Told<PublishReply>) {
        let build_sid = build_sid.to_owned();
        match told {
            Told::Done(_) => self.relies_on(Claimed::Published { build_sid, since }, "the deploy", told),
            Told::Refused(refusal) => {
                if let Some(claimed) = claimed_by_refusal(refusal, build_sid) {
                    self.relies_on(claimed, "the deploy", told);
                }
            }
            Told::Nothing => {}
        }
    }

    /// She is told whether the publish that she saw was ended.
    pub(super) fn told_of_discard(&self, seen: &Publishing, told: &Told<DiscardReply>) {
        let (Told::Done(reply), Some(build_sid)) = (told, seen.build_sid.clone()) else { return };
        if reply.already_live {
            // Since when is not said.
            self.relies_on(Claimed::Published { build_sid, since: 0 }, "the discard", told);
        } else if reply.discarded {
            self.relies_on(Claimed::NeverLive { build_sid }, "the discard", told);
        }
    }

    fn relies_on(&self, claimed: Claimed, what: &str, told: &impl std::fmt::Debug) {
        self.ledger.told(claimed, self.world.now(), format!("{} was told of {what}: {told:?}", self.name));
    }
}

fn claimed_by_refusal(refusal: &Refusal, build_sid: String) -> Option<Claimed> {
    let holds = |detail: &serde_json::Value| detail["buildSid"] == build_sid;
    match refusal.body.code {
        _ if refusal.leaves_open() => None,
        // Somebody else deploys this very Build.
        ErrorCode::PublishInProgress if refusal.body.detail.as_ref().is_some_and(holds) => None,
        ErrorCode::VersionConflict
        | ErrorCode::PublishDiscarded
        | ErrorCode::PublishInProgress
        | ErrorCode::UnknownBuild => Some(Claimed::NeverLive { build_sid }),
        ErrorCode::TwilioBusy | ErrorCode::TwilioFailed | ErrorCode::Internal => {
            Some(Claimed::NotLive { build_sid, until: i64::MAX })
        }
        // It is no answer about the Build.
        _ => None,
    }
}
