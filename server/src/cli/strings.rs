//! The sentences of the terminal.
//!
//! Why a command failed is said by the library; what an option is for stands beside it.

use std::path::Path;

pub(super) const LOOKING: &str = "looking at the account ...";
pub(super) const NOTHING_TO_DO: &str = "nothing to do";
pub(super) const DRY_RUN: &str = "dry run: nothing was changed";
pub(super) const NOTHING_CHANGED: &str = "nothing was changed";
pub(super) const DONE: &str = "done: `agent-extensions doctor` checks it";
pub(super) const NOBODY_TO_ASK: &str = "Nobody can be asked, because this is not a terminal; nothing was changed. Run \
     it again with --yes to make these changes, or with --dry-run to see them only.";

pub(super) fn confirm(count: usize) -> String {
    format!("Make {}? [y/N] ", if count == 1 { "this change".to_owned() } else { format!("these {count} changes") })
}

pub(super) fn unreadable(file: &Path) -> String {
    format!("{} can not be read: check its name and permissions", file.display())
}

pub(super) fn no_settings(file: &Path) -> String {
    format!("{} can not be read: name a file with one NAME=value on a line", file.display())
}

pub(super) fn no_setting(file: &Path, line: usize) -> String {
    format!(
        "line {line} of {} is no setting: write NAME=value, with a value that has spaces, quotes, # or $ between single \
         quotes, and close every quote",
        file.display()
    )
}

pub(super) fn no_sentences(file: &Path) -> String {
    format!("{} has no sentences: expected a JSON object such as {{\"unknown\": \"...\"}}", file.display())
}

pub(super) fn unwritten(file: &Path) -> String {
    format!("{} was not written: check that its folder exists and is writable", file.display())
}
