//! Callers go forward: a replica answers from a directory that was live, and never from an older one than before.
//!
//! Knows nothing of how a replica reads it. A restart is no excuse, because the last good directory is kept.

use std::collections::BTreeMap;

use crate::history::History;

/// The position in the history from which each replica has answered last.
#[derive(Debug, Default)]
pub(crate) struct Lookups(BTreeMap<usize, usize>);

impl Lookups {
    /// Whether this replica has answered a caller before.
    #[must_use]
    pub(crate) fn has_answered(&self, replica: usize) -> bool {
        self.0.contains_key(&replica)
    }

    /// Takes note of an answer, and says what is wrong with it. The same directory may have been live several times;
    /// the earliest that is no step back counts.
    pub(crate) fn answered(&mut self, history: &History, replica: usize, directory: &str) -> Option<String> {
        let last = self.0.get(&replica).copied().unwrap_or(0);
        let is_it = |position: &usize| history.live[*position].directory.as_deref() == Some(directory);
        match (last..history.live.len()).find(is_it) {
            Some(position) => {
                self.0.insert(replica, position);
                None
            }
            None if (0..last).any(|position| is_it(&position)) => {
                Some(format!("replica {replica} answers from {directory}, which is older than what it answered before"))
            }
            None => Some(format!("replica {replica} answers from {directory}, which was never live")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::Checks;
    use crate::checks::kept::tests::build;
    use crate::history::Deployer;
    use std::time::Duration;

    #[test]
    fn a_replica_may_stay_behind_but_not_go_back() {
        let mut checks = Checks::default();
        for (second, directory) in [(0, "a"), (1, "b"), (2, "a")] {
            let at = Duration::from_secs(second);
            checks.went_live(at, build("ZB1"), Some(directory.into()), Deployer::Tool);
        }
        let mut lookups = Lookups::default();
        for directory in ["a", "b", "b", "a"] {
            assert_eq!(lookups.answered(&checks.history, 0, directory), None);
        }
        assert!(lookups.answered(&checks.history, 0, "b").is_some_and(|problem| problem.contains("older")));
        assert!(lookups.answered(&checks.history, 1, "c").is_some_and(|problem| problem.contains("never")));
    }
}
