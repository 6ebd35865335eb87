//! What people were told about Builds, held against what was live.
//!
//! Knows nothing of which answer says what.

use std::sync::{Mutex, PoisonError};

use anyhow::{Result, bail};

use crate::history::{History, Live};

/// Everything that was told in a case.
#[derive(Debug, Default)]
pub(crate) struct Ledger(Mutex<Book>);

#[derive(Debug, Default)]
struct Book {
    claims: Vec<Claim>,
    updates: Vec<Update>,
    directories: u64,
    is_left_untidy: bool,
}

/// Something that somebody may rely on since `at`, in microseconds since 1970.
#[derive(Debug)]
struct Claim {
    what: Claimed,
    at: i64,
    said: String,
}

/// What may be relied on.
#[derive(Debug)]
pub(crate) enum Claimed {
    /// The Build is live, in answer to a request that was sent at `since`.
    Published { build_sid: String, since: i64 },
    /// The Build is not live and never will be.
    NeverLive { build_sid: String },
    /// The Build is not live, and will not be unless somebody asks for it again.
    NotLive { build_sid: String, until: i64 },
    /// The directory is not live and never will be; if Twilio refused even to have that tidied up, it will not be unless
    /// somebody sees what is left of it and goes on with that.
    DirectoryNeverLive { directory: String, until: i64 },
}

/// A Build that an update made, and the version that it was based on.
#[derive(Debug)]
struct Update {
    build_sid: String,
    base: Option<String>,
}

impl Ledger {
    /// The name of a directory like no other: the SID of an agent.
    pub(crate) fn new_directory(&self) -> String {
        let mut book = self.book();
        book.directories += 1;
        directory(book.directories)
    }

    /// The one that was made last.
    pub(crate) fn newest_directory(&self) -> String {
        directory(self.book().directories)
    }

    /// Somebody is told something.
    pub(crate) fn told(&self, what: Claimed, at: i64, said: String) {
        self.book().claims.push(Claim { what, at, said });
    }

    /// An update made a Build.
    pub(crate) fn updated(&self, build_sid: &str, base: Option<&str>) {
        self.book().updates.push(Update { build_sid: build_sid.to_owned(), base: base.map(str::to_owned) });
    }

    /// From now on nothing can be tidied up.
    pub(crate) fn nothing_is_tidied_up(&self) {
        self.book().is_left_untidy = true;
    }

    /// Somebody asks for a Build with a directory to be deployed: that it is not live need not stay so.
    pub(crate) fn asked_again(&self, asked: &str, with: Option<&str>, at: i64) {
        let mut book = self.book();
        let is_left = book.is_left_untidy;
        for claim in &mut book.claims {
            match &mut claim.what {
                Claimed::NotLive { build_sid, until } if build_sid == asked => *until = at.min(*until),
                Claimed::DirectoryNeverLive { directory, until } if is_left && Some(&**directory) == with => {
                    *until = at.min(*until);
                }
                _ => {}
            }
        }
    }

    /// Holds it against what was live.
    ///
    /// # Errors
    ///
    /// When somebody was told what is not so, or a Build took the place of another one than it was based on.
    pub(crate) fn check(&self, history: &History) -> Result<()> {
        let book = self.book();
        for Claim { what, at, said } in &book.claims {
            if !what.is_so(*at, history) {
                bail!("{said}; but that is not so: {what:?}, told at {at}, and {history:?}");
            }
        }
        for (before, live) in history.changes().filter(|(before, live)| before.build_sid != live.build_sid) {
            let update = book.updates.iter().find(|update| update.build_sid == live.build_sid);
            // Where the Build that was live is gone, nobody can be shown its version.
            if update.is_some_and(|update| update.base.is_some() && update.base != before.version) {
                bail!("{live:?} took the place of {before:?}, and was based on another: {update:?}");
            }
        }
        Ok(())
    }

    fn book(&self) -> std::sync::MutexGuard<'_, Book> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn directory(number: u64) -> String {
    format!("WK{number:032x}")
}

impl Claimed {
    fn is_so(&self, at: i64, history: &History) -> bool {
        let is = |sid: &str, live: &Live| live.build_sid == sid;
        match self {
            Self::Published { build_sid, since } => history.was_live(build_sid, *since, at),
            Self::NeverLive { build_sid } => !history.is_live_from(at, i64::MAX, |live| is(build_sid, live)),
            Self::NotLive { build_sid, until } => !history.is_live_from(at, *until, |live| is(build_sid, live)),
            Self::DirectoryNeverLive { directory, until } => {
                !history.is_live_from(at, *until, |live| live.directory.as_ref() == Some(directory))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn live(at: i64, name: &str) -> Live {
        Live { at, build_sid: name.to_owned(), version: Some(name.to_owned()), directory: Some(name.to_owned()) }
    }

    fn is_right(claim: Claimed, asked_again: Option<i64>) -> bool {
        let ledger = Ledger::default();
        ledger.told(claim, 25, "somebody was told".to_owned());
        asked_again.into_iter().for_each(|at| ledger.asked_again("c", Some("c"), at));
        ledger.check(&History::of(vec![live(10, "a"), live(20, "b"), live(30, "c")])).is_ok()
    }

    #[test]
    fn what_was_told_must_be_so_and_stay_so() {
        let sid = |name: &str| name.to_owned();
        assert!(is_right(Claimed::Published { build_sid: sid("b"), since: 15 }, None));
        assert!(!is_right(Claimed::Published { build_sid: sid("c"), since: 15 }, None));
        assert!(is_right(Claimed::NeverLive { build_sid: sid("a") }, None));
        assert!(!is_right(Claimed::NeverLive { build_sid: sid("b") }, None));
        assert!(!is_right(Claimed::NeverLive { build_sid: sid("c") }, None));
        let failed = || Claimed::DirectoryNeverLive { directory: sid("c"), until: i64::MAX };
        assert!(!is_right(failed(), None) && !is_right(failed(), Some(28)));
    }

    #[test]
    fn a_failed_deploy_stays_undone_until_somebody_asks_again() {
        let failed = || Claimed::NotLive { build_sid: "c".to_owned(), until: i64::MAX };
        assert!(!is_right(failed(), None));
        assert!(is_right(failed(), Some(28)));
        assert!(!is_right(failed(), Some(35)));
    }

    #[test]
    fn a_build_takes_the_place_of_what_it_was_based_on() {
        for (base, is_right) in [("a", true), ("z", false)] {
            let ledger = Ledger::default();
            ledger.updated("b", Some(base));
            assert_eq!(ledger.check(&History::of(vec![live(10, "a"), live(20, "b")])).is_ok(), is_right, "{base}");
        }
    }
}
