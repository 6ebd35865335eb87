//! Sentences about choosing rows, removing many, taking it back, and what others changed.

use shared::AgentExtension;

use super::{extensions, grouped, problem};
use crate::model::{Announcement, FailedRow, KeyedRow, RowFailure};

pub(crate) const SELECT: &str = "Select";
pub(crate) const SELECT_PAGE: &str = "Select all rows on this page";
pub(crate) const REMOVE_SELECTED: &str = "Remove selected";
pub(crate) const CLEAR_SELECTION: &str = "Clear selection";
pub(crate) const STOP: &str = "Stop";
pub(crate) const UNDO: &str = "Undo";
pub(crate) const BULK_CHANGED: &str =
    "Someone has just changed or removed some of these rows. Look at the question again.";

/// How many numbers are named before the rest is only counted.
const MOST_NAMED: usize = 5;

pub(crate) fn select_label(row: &AgentExtension) -> String {
    format!("Select extension {} of {}", row.extension_number, row.worker_full_name)
}

pub(crate) fn selected(count: usize) -> String {
    format!("{} selected", grouped(count))
}

pub(crate) fn remove_many(count: usize) -> String {
    format!("Remove {}", extensions(count))
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
        rows => format!("{} are removed.", extensions(rows.len())),
    }
}

pub(crate) fn restoring(settled: usize, total: usize) -> String {
    format!("Bringing back {} of {}…", grouped(settled), grouped(total))
}

pub(crate) fn not_restored(failed: &[FailedRow]) -> String {
    format!("Not brought back: {}. {}", numbers(failed.iter().map(|failed| &failed.row)), why(failed))
}

/// What others changed, gathered over a moment.
pub(crate) fn noticed(noticed: &Announcement) -> String {
    let Announcement { changed, removed, number, by } = noticed;
    let who = by.as_deref().unwrap_or(if changed + removed == 1 { "Someone else" } else { "Others" });
    match (*changed, *removed) {
        (1, 0) => format!("{who} changed extension {number}."),
        (0, 1) => format!("{who} removed extension {number}."),
        (changed, 0) => format!("{who} changed {}.", rows(changed)),
        (0, removed) => format!("{who} removed {}.", rows(removed)),
        (changed, removed) => format!("{who} changed {} and removed {}.", rows(changed), grouped(removed)),
    }
}

fn rows(count: usize) -> String {
    if count == 1 { "1 row".to_owned() } else { format!("{} rows", grouped(count)) }
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
