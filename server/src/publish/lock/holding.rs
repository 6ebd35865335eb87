//! For how long an item in Sync holds the next publish up, whatever it says of itself.
//!
//! Knows nothing of how it is read and written.

use std::time::Duration;

use jiff::Timestamp;
use shared::{Publishing, PublishingStage};

use super::Lock;
use crate::directory::Deployed;
use crate::publish::LONGEST_PUBLISH;

/// How long one request works at most without writing the item: longer than any home lets it.
const LONGEST_STEP: Duration = Duration::from_secs(2 * 60);

/// What the Environment has deployed, as far as it tells whether a publish is live.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::publish) struct LiveSids<'a> {
    /// The SID of the Build, if any.
    pub(super) build_sid: Option<&'a str>,
    /// The SID of the Asset Version of the directory in it, if any.
    pub(super) version: Option<&'a str>,
}

impl<'a> From<&'a Deployed> for LiveSids<'a> {
    fn from(deployed: &'a Deployed) -> Self {
        Self { build_sid: deployed.environment.build_sid.as_deref(), version: deployed.version() }
    }
}

impl Lock {
    /// Whether somebody is publishing, while this is live.
    pub(in crate::publish) fn is_held(&self, now: Timestamp, live: LiveSids<'_>) -> bool {
        !self.publishing.is_over() && !self.is_live(live) && !self.is_left(now) && now < self.expires()
    }

    /// Whether its Build is the deployed one, or another Build with its version: then nothing is left to be done. The
    /// item may name no Build although there is one, where the server was killed before it could say so.
    pub(in crate::publish) fn is_live(&self, live: LiveSids<'_>) -> bool {
        let is_one = |sid: &Option<String>, live: Option<&str>| sid.is_some() && sid.as_deref() == live;
        is_one(&self.publishing.build_sid, live.build_sid) || is_one(&self.publishing.version, live.version)
    }

    /// Whether a request deploys its Build right now, or may yet.
    pub(in crate::publish) fn is_being_deployed(&self, now: Timestamp) -> bool {
        self.publishing.stage == PublishingStage::Deploying && !self.has_rested(now)
    }

    /// Whether the request is gone that made the Build or that ended the publish: nobody can go on with that.
    fn is_left(&self, now: Timestamp) -> bool {
        let Publishing { stage, build_sid, .. } = &self.publishing;
        let only_one_goes_on = match stage {
            PublishingStage::Uploading => build_sid.is_none(),
            stage => *stage == PublishingStage::Discarding,
        };
        only_one_goes_on && self.has_rested(now)
    }

    /// Whether no request is at work any more that wrote it.
    pub(in crate::publish) fn has_rested(&self, now: Timestamp) -> bool {
        self.written.saturating_add(LONGEST_STEP).is_ok_and(|rested| rested <= now)
    }

    /// When the publish has taken too long, whatever the item says of itself. Sync may remove an expired item late.
    fn expires(&self) -> Timestamp {
        let started = self.publishing.started_at.parse().unwrap_or(Timestamp::MAX).min(self.written);
        started.saturating_add(LONGEST_PUBLISH).unwrap_or(Timestamp::MAX)
    }
}
