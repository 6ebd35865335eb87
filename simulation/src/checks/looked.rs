//! Whether the handler of a deploy looked at the Environment after its Deployment.
//!
//! Knows nothing of what it says then.

use std::time::Duration;

/// What one handler that sent a Deployment has done since.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Look {
    last: Option<Asked>,
}

/// It asked for the Environment.
#[derive(Clone, Copy, Debug)]
struct Asked {
    at: Duration,
    has_heard: bool,
}

impl Look {
    /// It sent a Deployment, and must look again.
    pub(crate) fn deployed(&mut self) {
        self.last = None;
    }

    /// It asked at that time for the Environment, and heard, or did not hear, what is deployed.
    pub(crate) fn looked(&mut self, at: Duration, has_heard: bool) {
        self.last = Some(Asked { at, has_heard });
    }

    /// Whether it must have seen what went live at that time: it did not look, or it looked later and was told.
    #[must_use]
    pub(crate) fn must_have_seen(&self, went_live: Duration) -> bool {
        self.last.is_none_or(|asked| asked.has_heard && went_live <= asked.at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_went_live_before_a_look_that_was_answered_must_have_been_seen() {
        let [early, look, late] = [1, 2, 3].map(Duration::from_secs);
        let mut handler = Look::default();
        assert!(handler.must_have_seen(early), "it did not look");
        handler.looked(look, true);
        assert!(handler.must_have_seen(early) && !handler.must_have_seen(late));
        handler.looked(look, false);
        assert!(!handler.must_have_seen(early));
        handler.deployed();
        assert!(handler.must_have_seen(early), "it did not look again");
    }
}
