//! What stands on buttons that more than one room has, and while they are at work.

pub(crate) const TRY_AGAIN: &str = "Try again";
pub(crate) const DISMISS: &str = "Dismiss";
pub(crate) const CANCEL: &str = "Cancel";
pub(crate) const CLOSE: &str = "Close";
pub(crate) const LOADING: &str = "Loading…";
pub(crate) const EDIT: &str = "Edit";
pub(crate) const REMOVE: &str = "Remove";
pub(crate) const REMOVING: &str = "Removing…";
pub(crate) const KEEP_THEIRS: &str = "Keep theirs";
pub(crate) const KEEP_MINE: &str = "Keep mine";
