//! Pieces that more than one room shows: alerts, dialogs, buttons, icons.
//! From outside: each file's functions, called as `alert::error(…)`.
//! Knows nothing of extensions and of what a question or an alert is about.

pub(super) mod alert;
pub(super) mod dialog;
pub(super) mod icons;
pub(super) mod link_button;
pub(super) mod question;
