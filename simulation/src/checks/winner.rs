//! One winner for each version: what goes live takes the place of what it was based on.
//!
//! Knows nothing of locks.

use crate::history::{History, Live};

/// What is wrong with what goes live now, if anything.
pub(super) fn problem(history: &History, live: &Live) -> Option<String> {
    let attempt = history.attempt(live.directory.as_deref()?)?;
    let before = history.now()?;
    let same_again = before.version == live.version;
    (before.version != attempt.base && !same_again).then(|| {
        format!(
            "{} of {} was based on {} and goes live in place of {}",
            live.build.sid,
            attempt.by,
            attempt.base.as_deref().unwrap_or("nothing"),
            before.version.as_deref().unwrap_or("nothing"),
        )
    })
}
