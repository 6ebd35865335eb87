//! Sentences about reviewing, publishing, and what others left half-way.

use std::collections::BTreeMap;

use shared::wire::ErrorCode;
use shared::{Publishing, RowError, WorkerNameError};

use super::alerts::unreadable;
use super::counts::{extension_count, grouped};
use super::editing::number_problem;
use super::problems::problem;
use crate::model::{BrokenRow, Loss, NumberProblem, Obstacle, Problem, PublishFailure, Review, Stage};

pub(crate) const TITLE: &str = "Agent DID Extensions";
pub(crate) const ADD: &str = "Add extension";
pub(crate) const PUBLISH: &str = "Publish Extensions";
pub(crate) const PUBLISHING: &str = "Publishing…";
pub(crate) const PUBLISHED: &str = "Published";
pub(crate) const RELOAD: &str = "Reload";
pub(crate) const CHECK_AGAIN: &str = "Check again";
pub(crate) const RESUME: &str = "Continue publishing";
pub(crate) const STAGES: &str = "Publish progress";
pub(crate) const REVIEW_TITLE: &str = "Publish these changes?";
pub(crate) const REVIEW_LIST: &str = "What publishing changes";
pub(crate) const REVIEW_AGAIN: &str = "Review again";
pub(crate) const ADDED: &str = "Added";
pub(crate) const CHANGED: &str = "Changed";
pub(crate) const REMOVED: &str = "Removed";
pub(crate) const BROKEN: &str = "To be corrected first";
pub(crate) const BECOMES: &str = "becomes";
pub(crate) const COUNT_LABEL: &str = "Number of extensions after publishing";
pub(crate) const EDITED_SINCE: &str =
    "The draft has been edited since this review opened. Those edits are not published now.";
pub(crate) const DISCARD: &str = "Discard…";
pub(crate) const DISCARD_TITLE: &str = "Discard this publish?";
pub(crate) const DISCARD_CONFIRM: &str = "Discard it";
pub(crate) const DISCARDING: &str = "Discarding…";

/// The seed's sentence, word for word: the published extensions are newer than those that were loaded.
pub(crate) const UPDATED_BY_OTHER: &str =
    "Routes were updated by someone else and cannot be published. Please reload and try again.";
/// The seed's sentence, word for word: a publish is half-way through.
pub(crate) const IN_PROGRESS: &str =
    "Another route publish is in progress. Publishing now will overwrite other changes.";

pub(crate) fn not_published(changes: usize) -> String {
    let what = if changes == 1 { "change" } else { "changes" };
    format!("Not published · {} {what}", grouped(changes))
}

/// What this browser has not sent yet.
pub(crate) fn unsent(count: usize) -> String {
    let (what, them) = if count == 1 { ("1 change of yours is", "it") } else { ("", "them") };
    let what = if what.is_empty() { format!("{} changes of yours are", grouped(count)) } else { what.to_owned() };
    format!("{what} not saved yet and not part of this. Cancel to wait for {them}, or publish without.")
}

/// What will be different, in one sentence.
pub(crate) fn review_summary(review: &Review) -> String {
    let after = format!("Callers will reach {}.", extension_count(review.count));
    if review.is_empty() {
        return format!("Nothing differs from what is published. {after}");
    }
    let counts = [(review.added.len(), "added"), (review.changed.len(), "changed"), (review.removed.len(), "removed")];
    let parts: Vec<_> = counts.iter().map(|(count, what)| format!("{} {what}", grouped(*count))).collect();
    format!("{}. {after}", parts.join(", "))
}

pub(crate) fn review_section(title: &str, count: usize) -> String {
    format!("{title} ({})", grouped(count))
}

pub(crate) fn more_rows(count: usize) -> String {
    format!("and {} more", grouped(count))
}

/// What stands in the draft and is not published.
pub(crate) fn left_out(rows: &BTreeMap<String, RowError>) -> String {
    format!("{} Correct or remove it, or publish without.", unreadable(rows))
}

pub(crate) fn broken_row(row: &BrokenRow) -> String {
    match &row.why {
        RowError::Number(error) => number_problem(&NumberProblem::Rule(error.clone())),
        RowError::Taken { owner, .. } => format!("The number already belongs to {owner}."),
        RowError::Name(WorkerNameError::Invisible) => "No name. Edit it and choose the agent.".to_owned(),
        other => format!("{other}."),
    }
}

pub(crate) fn count_needed(review: &Review) -> String {
    let published = match review.loses {
        Some(Loss::MostOf(published)) => extension_count(published),
        Some(Loss::Unknown) | None => {
            return format!(
                "What is published can not be read, so nobody can tell what is lost. Type {} to publish anyway.",
                review.count
            );
        }
    };
    match review.count {
        0 => format!(
            "The draft is empty: callers would reach nobody, where they reach {published} now. Type 0 to publish anyway."
        ),
        count => format!(
            "More than half of the {published} that callers reach now would be lost. Type {count} to publish anyway."
        ),
    }
}

pub(crate) fn obstacle(obstacle: Obstacle) -> Option<&'static str> {
    match obstacle {
        Obstacle::BrokenRows => Some("Rows break a rule. Correct them, then publish."),
        Obstacle::Outdated => Some("Somebody else has published since this review opened. Look at it again."),
        // The field says it.
        Obstacle::CountNeeded => None,
    }
}

pub(crate) fn publish_rows(count: usize) -> String {
    format!("Publish {}", extension_count(count))
}

pub(crate) fn is_publishing(name: &str) -> String {
    format!("{} is publishing.", somebody(name))
}

pub(crate) fn has_published(name: &str) -> String {
    format!("{} has published.", somebody(name))
}

/// A lock that can not be read does not say whose it is.
fn somebody(name: &str) -> &str {
    if name.is_empty() { "Somebody" } else { name }
}

/// Who began when, and how far it got.
pub(crate) fn began_publishing(lock: &Publishing, time: Option<&str>) -> String {
    let what = lock.rows.map(|rows| format!(" {}", extension_count(rows))).unwrap_or_default();
    let at = time.map(|time| format!(" at {time}")).unwrap_or_default();
    let stage = stage(&lock.stage.into()).map(|stage| format!(" Stage: {stage}.")).unwrap_or_default();
    format!("{} began publishing{what}{at}.{stage}", somebody(&lock.started_by))
}

pub(crate) fn discard_question(lock: &Publishing, time: Option<&str>) -> String {
    let who = if lock.started_by.is_empty() { "somebody" } else { &lock.started_by };
    format!(
        "{} If {who} is still at it, discarding stops it, and it has to be published again. Nothing changes for callers.",
        began_publishing(lock, time)
    )
}

pub(crate) const ALREADY_LIVE: &str =
    "Not discarded: it is live, and callers reach it. If it still stands here as going on, continue it to finish it.";

pub(crate) fn discard_failed(why: &Problem) -> String {
    match why.code() {
        Some(ErrorCode::PublishInProgress) => {
            "Not discarded: it went on a moment ago and may still get live. Wait two minutes, then discard it, or go on \
             with it."
                .to_owned()
        }
        _ => format!("Not discarded. {}", problem(why)),
    }
}

pub(crate) fn overtaken(build_sid: &str) -> String {
    format!(
        "The extensions are live. In the same moment other tools deployed the Build {build_sid}, and what it changed beside \
         the extensions is not live. Publish again to bring both together, or tell whoever deployed it."
    )
}

pub(crate) fn publish_failed(why: &PublishFailure) -> String {
    match why {
        PublishFailure::BuildFailed(build_sid) => format!(
            "Twilio could not make the Build {build_sid}. Nothing changed for callers. The extensions are data and do not \
             fail a Build; mostly a Function's dependency or the runtime does: the Twilio Console names it under this \
             SID. Then publish again."
        ),
        PublishFailure::TooLong(build_sid) => format!(
            "Twilio is still making the Build {build_sid} after five minutes. Nothing changed for callers yet. Continue \
             within fifteen minutes of the beginning, or discard it."
        ),
        // Nobody knows yet whether it is published.
        PublishFailure::Problem(why) if why.code() == Some(ErrorCode::DeploymentUnclear) => problem(why),
        PublishFailure::Problem(why) => format!("Not published. {}", problem(why)),
    }
}

pub(crate) fn elapsed(seconds: i64) -> String {
    match (seconds / 60, seconds % 60) {
        (0, seconds) => format!("{seconds} s"),
        (minutes, seconds) => format!("{minutes} min {seconds} s"),
    }
}

pub(crate) fn stage(stage: &Stage) -> Option<&'static str> {
    match stage {
        Stage::Idle | Stage::Failed(_) => None,
        Stage::Uploading => Some("Uploading"),
        Stage::Building => Some("Building"),
        Stage::Deploying => Some("Deploying"),
        Stage::Live => Some("Live"),
    }
}
