//! What was live and when, and who tried to publish what: what everything that anybody is told is held against.
//!
//! Knows nothing of what anybody was told.

use std::time::Duration;

use emulator::serverless::Build;

/// Who deployed a Build.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Deployer {
    /// It was there when the run began.
    Beginning,
    /// The server.
    Server,
    /// The server, by a request that it has given up since.
    ServerLate,
    /// A command-line tool that takes no lock.
    Tool,
}

impl Deployer {
    /// Whether it is the server, which keeps to the rules.
    pub(crate) fn is_the_server(self) -> bool {
        matches!(self, Self::Server | Self::ServerLate)
    }
}

/// A Build that went live.
#[derive(Clone, Debug)]
pub(crate) struct Live {
    /// When.
    pub at: Duration,
    /// What is in it.
    pub build: Build,
    /// The Asset Version of the directory in it.
    pub version: Option<String>,
    /// Which directory that is, by the Worker SID that tells it from every other.
    pub directory: Option<String>,
}

/// A publish that a supervisor began.
#[derive(Clone, Debug)]
pub(crate) struct Attempt {
    /// The directory that it holds.
    pub directory: String,
    /// The version that it is based on.
    pub base: Option<String>,
    /// The supervisor.
    pub by: String,
    /// When it was sent.
    pub sent: Duration,
    /// When the supervisor heard of it, if at all.
    pub answered: Option<Duration>,
}

/// What was live, oldest first, and what was tried.
#[derive(Debug, Default)]
pub(crate) struct History {
    /// What went live, oldest first.
    pub live: Vec<Live>,
    /// What was tried, oldest first.
    pub attempts: Vec<Attempt>,
}

impl History {
    /// What is live now.
    #[must_use]
    pub(crate) fn now(&self) -> Option<&Live> {
        self.live.last()
    }

    /// Whether a Build is live now.
    #[must_use]
    pub(crate) fn is_live(&self, build_sid: &str) -> bool {
        self.now().is_some_and(|live| live.build.sid == build_sid)
    }

    /// When a Build went live last.
    #[must_use]
    pub(crate) fn went_live_at(&self, build_sid: &str) -> Option<Duration> {
        self.live.iter().rfind(|live| live.build.sid == build_sid).map(|live| live.at)
    }

    /// Whether a Build was live at `since` or at any time after it.
    #[must_use]
    pub(crate) fn was_live_since(&self, build_sid: &str, since: Duration) -> bool {
        let ends = self.live.iter().skip(1).map(|next| Some(next.at)).chain([None]);
        self.live.iter().zip(ends).any(|(live, end)| live.build.sid == build_sid && end.is_none_or(|end| end >= since))
    }

    /// Whether a directory went live before `since`.
    #[must_use]
    pub(crate) fn went_live_before(&self, directory: &str, since: Duration) -> bool {
        self.live.iter().any(|live| live.at < since && live.directory.as_deref() == Some(directory))
    }

    /// A supervisor heard, or did not hear, of the publish that she began.
    pub(crate) fn answered(&mut self, directory: &str, at: Duration) {
        if let Some(attempt) = self.attempts.iter_mut().find(|attempt| attempt.directory == directory) {
            attempt.answered = Some(at);
        }
    }

    /// The publish that made a directory.
    #[must_use]
    pub(crate) fn attempt(&self, directory: &str) -> Option<&Attempt> {
        self.attempts.iter().find(|attempt| attempt.directory == directory)
    }
}
