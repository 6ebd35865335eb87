//! One winner for each version: what goes live takes the place of what it was based on.
//!
//! A Deployment that its sender has given up may arrive just after that of the next publish, and bring the Build before
//! back. Nothing can prevent that; whoever published the next one is told of it only once it is live again.
//!
//! Knows nothing of locks.

use std::collections::BTreeSet;

use crate::history::{Deployer, History, Live};

/// Who was told of having won, and whose Build is waited for to be live again.
#[derive(Debug, Default)]
pub(crate) struct Winners {
    told: BTreeSet<String>,
    displaced: Option<Displaced>,
}

/// A Build in whose place a late Deployment put another, and how.
#[derive(Debug)]
struct Displaced {
    build_sid: String,
    what: String,
}

impl Winners {
    /// What is wrong with what goes live now, if anything.
    pub(super) fn went_live(&mut self, history: &History, live: &Live, by: Deployer) -> Option<String> {
        self.displaced = None;
        let before = history.now()?;
        let what = problem(history, before, live).filter(|_| by.is_the_server())?;
        if by == Deployer::ServerLate && !self.told.contains(&before.build.sid) {
            self.displaced = Some(Displaced { build_sid: before.build.sid.clone(), what });
            return None;
        }
        Some(what)
    }

    /// What is wrong with telling that a Build was published, if anything.
    pub(super) fn told_published(&mut self, build_sid: &str) -> Option<String> {
        self.told.insert(build_sid.to_owned());
        let displaced = self.displaced.as_ref().filter(|displaced| displaced.build_sid == build_sid);
        displaced.map(|displaced| format!("{}, and was told to be published", displaced.what))
    }
}

fn problem(history: &History, before: &Live, live: &Live) -> Option<String> {
    let attempt = history.attempt(live.directory.as_deref()?)?;
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

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::checks::kept::tests::build;
    use crate::history::Attempt;

    fn live(number: u32) -> Live {
        let directory = Some(format!("WK{number}"));
        Live {
            at: Duration::ZERO,
            build: build(&format!("ZB{number}")),
            version: Some(format!("ZN{number}")),
            directory,
        }
    }

    /// ZB1 was based on ZB0, and ZB2 on ZB1, which is live.
    fn history() -> History {
        let attempt = |number: u32| Attempt {
            directory: format!("WK{number}"),
            base: Some(format!("ZN{}", number - 1)),
            by: "ann".to_owned(),
            sent: Duration::ZERO,
            answered: None,
        };
        History { live: vec![live(0), live(1)], attempts: vec![attempt(1), attempt(2)] }
    }

    /// ZB2 goes live, and then ZB1 once more.
    fn comes_back(winners: &mut Winners, by: Deployer) -> (History, Option<String>) {
        let mut history = history();
        assert_eq!(winners.went_live(&history, &live(2), Deployer::Server), None);
        history.live.push(live(2));
        let problem = winners.went_live(&history, &live(1), by);
        history.live.push(live(1));
        (history, problem)
    }

    #[test]
    fn what_goes_live_takes_the_place_of_what_it_was_based_on() {
        assert!(comes_back(&mut Winners::default(), Deployer::Server).1.is_some());
        assert!(comes_back(&mut Winners::default(), Deployer::Tool).1.is_none());
    }

    #[test]
    fn a_build_that_a_late_deployment_displaces_is_live_again_before_it_is_told_to_be_published() {
        let mut winners = Winners::default();
        assert_eq!(comes_back(&mut winners, Deployer::ServerLate).1, None);
        assert!(winners.told_published("ZB2").is_some());

        let mut winners = Winners::default();
        let (history, _) = comes_back(&mut winners, Deployer::ServerLate);
        assert_eq!(winners.went_live(&history, &live(2), Deployer::Server), None);
        assert_eq!(winners.told_published("ZB2"), None);
    }

    #[test]
    fn what_was_told_to_be_published_is_displaced_by_nothing_late() {
        let mut winners = Winners::default();
        assert_eq!(winners.told_published("ZB2"), None);
        assert!(comes_back(&mut winners, Deployer::ServerLate).1.is_some());
    }
}
