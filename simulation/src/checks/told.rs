//! What somebody is told is what is live: who is told of a success finds it, and what was denied never comes.
//!
//! Knows nothing of which answer says what.

use std::collections::BTreeMap;
use std::time::Duration;

use super::Rule;
use crate::history::{History, Live};

/// What is wrong with telling that a Build was published, in answer to a request that began at `since`.
pub(super) fn published(history: &History, build_sid: &str, since: Duration) -> Option<String> {
    let was_live = history.was_live_since(build_sid, since);
    (!was_live).then(|| format!("{build_sid} was told to be published, and was not live since the request began"))
}

/// What must never go live from now on.
#[derive(Debug, Default)]
pub(crate) struct Denied {
    builds: BTreeMap<String, Denial>,
    directories: BTreeMap<String, Denial>,
}

/// What was said, and the rule that relies on it.
#[derive(Clone, Debug)]
struct Denial {
    rule: Rule,
    said: String,
}

impl Denied {
    pub(super) fn deny_build(&mut self, rule: Rule, sid: &str, said: &str) {
        self.builds.entry(sid.to_owned()).or_insert_with(|| Denial { rule, said: said.to_owned() });
    }

    pub(super) fn deny_directory(&mut self, rule: Rule, directory: &str, said: &str) {
        self.directories.entry(directory.to_owned()).or_insert_with(|| Denial { rule, said: said.to_owned() });
    }

    /// What is wrong with a Build that goes live, and by which rule.
    pub(super) fn problem(&self, live: &Live) -> Option<(Rule, String)> {
        let of_build = self.builds.get(&live.build.sid);
        let Denial { rule, said } = of_build.or_else(|| self.directories.get(live.directory.as_ref()?))?;
        Some((*rule, format!("{} goes live although before {said}", live.build.sid)))
    }
}

#[cfg(test)]
mod tests {
    use crate::checks::kept::tests::build;
    use crate::checks::{Checks, Rule};
    use crate::history::Deployer;
    use std::time::Duration;

    const SECOND: Duration = Duration::from_secs(1);

    /// ZB1 is live from the beginning, ZB2 after a second.
    fn two_builds() -> Checks {
        let mut checks = Checks::default();
        checks.went_live(Duration::ZERO, build("ZB1"), None, Deployer::Beginning);
        checks.went_live(SECOND, build("ZB2"), None, Deployer::Tool);
        checks
    }

    #[test]
    fn a_success_must_have_been_live_since_its_request_began() {
        let mut checks = two_builds();
        checks.told_published(3 * SECOND, "ZB2", 2 * SECOND);
        checks.told_published(3 * SECOND, "ZB1", SECOND / 2);
        assert!(checks.violation().is_none());
        checks.told_published(3 * SECOND, "ZB1", 2 * SECOND);
        assert!(checks.violation().is_some());
    }

    #[test]
    fn what_was_denied_may_neither_be_live_nor_go_live() {
        let mut checks = two_builds();
        checks.told_unchanged(2 * SECOND, Rule::DiscardedStaysDiscarded, "ZB2", "somebody was told so");
        assert!(checks.violation().is_some());
        let mut checks = two_builds();
        checks.told_unchanged(2 * SECOND, Rule::DiscardedStaysDiscarded, "ZB3", "somebody was told so");
        assert!(checks.violation().is_none());
        checks.went_live(3 * SECOND, build("ZB3"), None, Deployer::Server);
        assert!(checks.violation().is_some());
    }
}
