//! The sentences about finding rows: the toolbar, the heads of the columns, the pages.

use super::{extensions, grouped};

pub(crate) const FIND: &str = "Find by name, number or Worker SID";
pub(crate) const FILTERS: &str = "Find extensions";
pub(crate) const ONLY_CHANGED: &str = "Changed since the last publish";
pub(crate) const UPDATED_BY: &str = "Updated by";
pub(crate) const UPDATED_AT: &str = "Last updated";
pub(crate) const TEAM: &str = "Team";
pub(crate) const ANYBODY: &str = "Anybody";
pub(crate) const ALL_TEAMS: &str = "All teams";
pub(crate) const SHOW_ALL: &str = "Show all";
pub(crate) const PAGE_SIZE: &str = "Rows per page";
pub(crate) const NOT_PUBLISHED: &str = "Not published";
pub(crate) const NOTHING_MATCHES: &str = "No extension matches";
pub(crate) const NOTHING_MATCHES_TEXT: &str = "Try another part of the name or number, or show all extensions again.";
pub(crate) const NOTHING_MATCHES_YET: &str =
    "Nothing that was loaded so far matches. More extensions are on their way.";
pub(crate) const UNKNOWN: &str = "–";
pub(crate) const LOADED: &str = "Extensions loaded";

pub(crate) fn matching(found: usize, all: usize) -> String {
    format!("{} of {}", grouped(found), extensions(all))
}

/// How long ago something happened, in seconds. Clocks differ: what lies a little ahead has just happened.
pub(crate) fn ago(seconds: i64) -> String {
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

#[cfg(test)]
mod tests {
    use super::{ago, matching};

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
            assert_eq!(ago(seconds), said);
        }
        assert_eq!(matching(23, 10_000), "23 of 10,000 extensions");
    }
}
