//! Sentences about removing one row or many, taking that back, and writes that did not arrive yet.

use shared::AgentExtension;

use super::counts::{extension_count, grouped};
use super::editing::save_failure;
use super::problems::problem;
use crate::model::{
    Draft, FailedRow, KeyedRow, PendingRemoval, PendingState, PendingWrite, Problem, Renumbering, RowFailure,
    SaveFailure, TheirChange, UnfinishedRenumbering,
};

pub(crate) const REMOVE_TITLE: &str = "Remove extension?";
pub(crate) const STOP: &str = "Stop";
pub(crate) const UNDO: &str = "Undo";
pub(crate) const BULK_CHANGED: &str =
    "Someone has just changed or removed some of these rows. Look at the question again.";
pub(crate) const SAVE_AGAIN: &str = "Save again";
pub(crate) const DISCARD_WRITE: &str = "Discard my change";
pub(crate) const KEEP_ROW: &str = "Keep it";
pub(crate) const KEEP_BOTH: &str = "Keep both numbers";

/// How many numbers are named before the rest is only counted.
const MOST_NAMED: usize = 5;

pub(crate) fn remove_question(row: &AgentExtension) -> String {
    format!(
        "Extension {} will no longer lead to {} once this is published.",
        row.extension_number, row.worker_full_name
    )
}

pub(crate) fn changed_meanwhile(row: &AgentExtension) -> String {
    format!("Someone has just changed it: {} leads to {} now.", row.extension_number, row.worker_full_name)
}

pub(crate) fn removal_failed(why: &Problem) -> String {
    format!("Not removed. {}", problem(why))
}

pub(crate) fn remove_many(count: usize) -> String {
    format!("Remove {}", extension_count(count))
}

pub(crate) fn remove_many_question(rows: &[KeyedRow]) -> String {
    format!("{} will no longer lead to an agent once this is published.", numbers(rows.iter()))
}

pub(crate) fn removing_many(settled: usize, total: usize) -> String {
    format!("Removing: {} of {}…", grouped(settled), grouped(total))
}

pub(crate) fn not_removed(failed: &[FailedRow]) -> String {
    format!("Not removed: {}. {}", numbers(failed.iter().map(|failed| &failed.row)), why(failed))
}

pub(crate) fn undo_offer(rows: &[KeyedRow]) -> String {
    match rows {
        [only] => format!("Extension {} of {} is removed.", only.row.extension_number, only.row.worker_full_name),
        rows => format!("{} are removed.", extension_count(rows.len())),
    }
}

pub(crate) fn restoring(settled: usize, total: usize) -> String {
    format!("Bringing back {} of {}…", grouped(settled), grouped(total))
}

pub(crate) fn not_restored(failed: &[FailedRow]) -> String {
    format!("Not brought back: {}. {}", numbers(failed.iter().map(|failed| &failed.row)), why(failed))
}

/// The first few numbers, and how many more.
fn numbers<'a>(rows: impl ExactSizeIterator<Item = &'a KeyedRow>) -> String {
    let more = rows.len().saturating_sub(MOST_NAMED);
    let named: Vec<_> = rows.take(MOST_NAMED).map(|keyed| keyed.row.extension_number.to_string()).collect();
    match (named.split_last(), more) {
        (Some((last, [])), _) => last.clone(),
        (Some((last, first)), 0) => format!("{} and {last}", first.join(", ")),
        _ => format!("{} and {} more", named.join(", "), grouped(more)),
    }
}

/// The reason of the first, which is mostly that of all.
fn why(failed: &[FailedRow]) -> String {
    match failed.first().map(|failed| &failed.why) {
        Some(RowFailure::Problem(why)) => problem(why),
        Some(RowFailure::Taken(owner)) => {
            format!("{} leads to {} meanwhile.", owner.extension_number, owner.worker_full_name)
        }
        Some(RowFailure::Unreadable) => "Something else is stored there in the Sync Map meanwhile.".to_owned(),
        None => String::new(),
    }
}

pub(crate) fn pending_write(pending: &PendingWrite, draft: &Draft) -> String {
    let (number, name) = (&pending.put.row.extension_number, &pending.put.row.worker_full_name);
    if let Some(theirs) = pending.theirs(draft) {
        let (who, now) = match theirs {
            TheirChange::Changed(row) => (row.updated_by.as_deref(), format!("gave it to {}", row.worker_full_name)),
            TheirChange::Removed => (None, "removed it".to_owned()),
        };
        let who = who.unwrap_or("Someone");
        return format!("{number} for {name} is not saved: {who} {now} meanwhile.");
    }
    match &pending.state {
        PendingState::Waiting => {
            format!("Pending: {number} for {name} is saved as soon as the connection is back.")
        }
        PendingState::Underway => format!("Saving {number} for {name}…"),
        PendingState::Offered(None) => {
            format!("{number} for {name} was not saved before the page was closed. Save it now?")
        }
        PendingState::Offered(Some(why)) => format!("{number} for {name} is not saved. {}", save_failure(why)),
    }
}

pub(crate) fn pending_removal(pending: &PendingRemoval, draft: &Draft) -> String {
    let (number, name) = (&pending.row.row.extension_number, &pending.row.row.worker_full_name);
    match (&pending.state, draft.get(&pending.row.key)) {
        (PendingState::Waiting, _) => {
            format!("Pending: {number} of {name} is removed as soon as the connection is back.")
        }
        (PendingState::Underway, _) => format!("Removing {number} of {name}…"),
        (PendingState::Offered(None), _) => {
            format!("{number} of {name} was not removed before the page was closed. Remove it now?")
        }
        (PendingState::Offered(Some(SaveFailure::ChangedByOther)), Some(now)) => {
            let who = now.updated_by.as_deref().unwrap_or("Someone");
            format!(
                "{number} is not removed: {who} changed it meanwhile, and it leads to {} now.",
                now.worker_full_name
            )
        }
        (PendingState::Offered(Some(SaveFailure::Problem(why))), _) => {
            format!("{number} of {name} is not removed. {}", problem(why))
        }
        (PendingState::Offered(Some(why)), _) => format!("{number} of {name} is not removed. {}", save_failure(why)),
    }
}

pub(crate) fn more_pending(more: usize) -> String {
    format!("And {} more.", grouped(more))
}

pub(crate) fn unfinished_renumbering(found: &UnfinishedRenumbering) -> String {
    let (old, new) = (&found.old, &found.new);
    format!(
        "The change of {} ({}) to {} ({}) was cut off: both are there.",
        old.extension_number, old.worker_full_name, new.extension_number, new.worker_full_name
    )
}

pub(crate) fn remove_old_number(found: &UnfinishedRenumbering) -> String {
    format!("Remove {}", found.old.extension_number)
}

pub(crate) fn renumbering_failed(renumbering: &Renumbering) -> String {
    renumbering.problem.as_ref().map(|why| format!("That did not work. {}", problem(why))).unwrap_or_default()
}
