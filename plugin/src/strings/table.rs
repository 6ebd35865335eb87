//! Sentences about the table: finding rows, the columns, the pages, choosing rows, and what others changed.

use shared::{AgentExtension, Oddity, WorkerNameError};

use super::alerts::{oddities, oddity};
use super::counts::{extension_count, grouped};
use crate::model::Announcement;

pub(crate) const CAPTION: &str = "Agent extensions";
pub(crate) const AGENT: &str = "Agent";
pub(crate) const EXTENSION: &str = "Extension";
pub(crate) const WORKER_SID: &str = "Worker SID";
pub(crate) const ACTIONS: &str = "Actions";
pub(crate) const FIND: &str = "Find by name, number or Worker SID";
pub(crate) const FILTERS: &str = "Find extensions";
pub(crate) const ONLY_CHANGED: &str = "Changed since the last publish";
pub(crate) const UPDATED_BY: &str = "Updated by";
pub(crate) const UPDATED_AT: &str = "Last updated";
pub(crate) const TEAM: &str = "Team";
pub(crate) const ANYBODY: &str = "Anybody";
pub(crate) const ALL_TEAMS: &str = "All teams";
pub(crate) const SHOW_ALL: &str = "Show all";
pub(crate) const PREVIOUS_PAGE: &str = "Previous page";
pub(crate) const NEXT_PAGE: &str = "Next page";
pub(crate) const PAGES: &str = "Pages of the table";
pub(crate) const PAGE_SIZE: &str = "Rows per page";
pub(crate) const NOT_PUBLISHED: &str = "Not published";
pub(crate) const NO_NAME: &str = "No name";
pub(crate) const EMPTY_TITLE: &str = "No extensions yet";
pub(crate) const EMPTY_TEXT: &str =
    "Give an agent an extension, then publish: callers who key it in reach that agent directly.";
pub(crate) const NOTHING_MATCHES: &str = "No extension matches";
pub(crate) const NOTHING_MATCHES_TEXT: &str = "Try another part of the name or number, or show all extensions again.";
pub(crate) const NOTHING_MATCHES_YET: &str =
    "Nothing that was loaded so far matches. More extensions are on their way.";
pub(crate) const UNKNOWN: &str = "–";
pub(crate) const LOADED: &str = "Extensions loaded";
pub(crate) const SELECT: &str = "Select";
pub(crate) const SELECT_PAGE: &str = "Select all rows on this page";
pub(crate) const REMOVE_SELECTED: &str = "Remove selected";
pub(crate) const CLEAR_SELECTION: &str = "Clear selection";

pub(crate) fn loading_rows(count: usize) -> String {
    format!("Loading: {} so far…", extension_count(count))
}

pub(crate) fn count_matching(found: usize, all: usize) -> String {
    format!("{} of {}", grouped(found), extension_count(all))
}

pub(crate) fn rows_shown(first: usize, last: usize, all: usize) -> String {
    format!("{}–{} of {}", grouped(first), grouped(last), grouped(all))
}

/// The agent's name, or that there is none.
pub(crate) fn agent_name(row: &AgentExtension) -> String {
    if row.worker_full_name.is_empty() { NO_NAME.to_owned() } else { row.worker_full_name.clone() }
}

/// What is odd in a row, and what to do about it.
pub(crate) struct ToCorrect {
    /// What there is room for in the table: the first that is odd, and how much more there is.
    pub(crate) short: String,
    /// What is odd beside that; none where that is all.
    pub(crate) rest: Option<String>,
}

/// What is odd in a row, if anything.
pub(crate) fn to_correct(odd: &[Oddity]) -> Option<ToCorrect> {
    let nameless = |oddity: &Oddity| matches!(oddity, Oddity::NameMissing | Oddity::Name(WorkerNameError::Invisible));
    let what = if odd.iter().any(nameless) { "Choose the agent" } else { "Edit and save" };
    let (first, rest) = odd.split_first()?;
    let short = format!("{what}: {}", oddity(first));
    Some(match rest.len() {
        0 => ToCorrect { short, rest: None },
        more => ToCorrect { short: format!("{short} and {more} more"), rest: Some(oddities(rest)) },
    })
}

pub(crate) fn edit_label(row: &AgentExtension) -> String {
    label("Edit", row)
}

pub(crate) fn remove_label(row: &AgentExtension) -> String {
    label("Remove", row)
}

pub(crate) fn select_label(row: &AgentExtension) -> String {
    label("Select", row)
}

fn label(action: &str, row: &AgentExtension) -> String {
    format!("{action} extension {} of {}", row.extension_number, agent_name(row))
}

pub(crate) fn selected(count: usize) -> String {
    format!("{} selected", grouped(count))
}

/// How long ago something happened, in seconds. Clocks differ: what lies a little ahead has just happened.
pub(crate) fn time_ago(seconds: i64) -> String {
    let (minutes, hours, days) = (seconds / 60, seconds / 3600, seconds / 86_400);
    let some = |count: i64, what: &str| format!("{count} {what}{} ago", if count == 1 { "" } else { "s" });
    match seconds {
        ..45 => "just now".to_owned(),
        45..3600 => some(minutes.max(1), "minute"),
        3600..86_400 => some(hours, "hour"),
        86_400..172_800 => "yesterday".to_owned(),
        _ if days < 31 => some(days, "day"),
        _ if days < 365 => some((days / 30).min(11), "month"),
        _ => some(days / 365, "year"),
    }
}

/// What others changed, gathered over a moment.
pub(crate) fn announcement(announcement: &Announcement) -> String {
    let Announcement { changed, removed, number, by } = announcement;
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

#[cfg(test)]
mod tests {
    use super::{count_matching, time_ago};

    #[test]
    fn how_long_ago_is_said_in_the_largest_unit_that_fits() {
        let day = 86_400;
        for (seconds, said) in [
            (-5, "just now"),
            (44, "just now"),
            (59, "1 minute ago"),
            (3599, "59 minutes ago"),
            (3600, "1 hour ago"),
            (day - 1, "23 hours ago"),
            (day, "yesterday"),
            (2 * day, "2 days ago"),
            (31 * day, "1 month ago"),
            (364 * day, "11 months ago"),
            (800 * day, "2 years ago"),
        ] {
            assert_eq!(time_ago(seconds), said);
        }
        assert_eq!(count_matching(23, 10_000), "23 of 10,000 extensions");
    }
}
