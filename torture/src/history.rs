//! What was live when: the Deployments of a world, read from the emulator once a case is over.
//!
//! Knows nothing of who was told what.

use anyhow::Result;
use emulator::records::newest_first;
use emulator::serverless::Deployment;

use crate::world::World;

/// A Build that went live.
#[derive(Clone, Debug)]
pub(crate) struct Live {
    /// When, in microseconds since 1970.
    pub(crate) at: i64,
    /// `ZB…`.
    pub(crate) build_sid: String,
    /// The Asset Version with the directory (`ZN…`).
    pub(crate) version: Option<String>,
    /// The agent who tells its directory from every other (`WK…`).
    pub(crate) directory: Option<String>,
}

/// All that went live, the oldest first.
#[derive(Debug)]
pub(crate) struct History(Vec<Live>);

impl History {
    /// Reads it.
    ///
    /// # Errors
    ///
    /// When the emulator's state can not be read.
    pub(crate) fn read(world: &World) -> Result<Self> {
        let store = &world.emulator.app.store;
        let mut deployments = newest_first::<Deployment>(store, |_| true)?;
        deployments.reverse();
        let live = deployments.into_iter().map(|Deployment { build_sid, created, .. }| {
            let contents = world.contents_of(&build_sid)?.unwrap_or_default();
            Ok(Live { at: created, build_sid, version: contents.version, directory: contents.directory })
        });
        Ok(Self(live.collect::<Result<_>>()?))
    }

    /// Each that went live, with the one whose place it took.
    pub(crate) fn changes(&self) -> impl Iterator<Item = (&Live, &Live)> {
        self.0.iter().zip(self.0.iter().skip(1))
    }

    /// Whether the Build was live at some instant between two, both included.
    pub(crate) fn was_live(&self, build_sid: &str, since: i64, at: i64) -> bool {
        let ends = self.0.iter().skip(1).map(|next| next.at).chain([i64::MAX]);
        let mut spans = self.0.iter().zip(ends);
        spans.any(|(live, end)| live.build_sid == build_sid && live.at <= at && end > since)
    }

    /// Whether it was live at an instant or has gone live since, before `until`.
    pub(crate) fn is_live_from(&self, at: i64, until: i64, is_it: impl Fn(&Live) -> bool) -> bool {
        let then = self.0.iter().rfind(|live| live.at <= at);
        let since = self.0.iter().filter(|live| live.at > at && live.at < until);
        then.into_iter().chain(since).any(is_it)
    }

    /// The position of the first from `from` on that has this directory and was live at an instant.
    pub(crate) fn position(&self, from: usize, directory: &str, at: i64) -> Option<usize> {
        let mut later = self.0.iter().enumerate().skip(from).take_while(|(_, live)| live.at <= at);
        later.find(|(_, live)| live.directory.as_deref() == Some(directory)).map(|(position, _)| position)
    }

    #[cfg(test)]
    pub(crate) fn of(live: Vec<Live>) -> Self {
        Self(live)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn live(at: i64, name: &str) -> Live {
        Live { at, build_sid: name.to_owned(), version: None, directory: Some(name.to_owned()) }
    }

    #[test]
    fn what_was_live_for_a_part_of_the_time_was_live() {
        let history = History::of(vec![live(10, "a"), live(20, "b")]);
        assert!(history.was_live("a", 15, 30) && history.was_live("b", 15, 30) && history.was_live("b", 30, 40));
        assert!(!history.was_live("a", 20, 30) && !history.was_live("b", 5, 15) && !history.was_live("c", 0, 99));
    }

    #[test]
    fn what_is_live_at_an_instant_or_goes_live_later_is_found_and_nothing_else() {
        let history = History::of(vec![live(10, "a"), live(20, "b"), live(30, "c")]);
        let from = |at, until, name| history.is_live_from(at, until, |live| live.build_sid == name);
        assert!(from(25, 40, "b") && from(25, 40, "c"));
        assert!(!from(25, 30, "c") && !from(25, 40, "a"));
    }

    #[test]
    fn a_directory_is_found_from_a_position_on_and_not_before_it_was_live() {
        let history = History::of(vec![live(10, "a"), live(20, "b"), live(30, "a")]);
        assert_eq!(history.position(0, "a", 40), Some(0));
        assert_eq!(history.position(1, "a", 40), Some(2));
        assert_eq!(history.position(1, "a", 25), None);
    }
}
