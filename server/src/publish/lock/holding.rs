//! For how long an item in Sync holds the next publish up, whatever it says of itself.
//!
//! Knows nothing of how it is read and written.

use std::time::Duration;

use jiff::Timestamp;
use shared::{Publishing, PublishingStage};

use super::Lock;
use crate::publish::LONGEST_PUBLISH;

/// How long one request works at most without writing the item: longer than any home lets it.
const LONGEST_STEP: Duration = Duration::from_secs(2 * 60);

impl Lock {
    /// Whether somebody is publishing, while the Build with the SID `live` is deployed.
    pub(in crate::publish) fn is_held(&self, now: Timestamp, live: Option<&str>) -> bool {
        !self.publishing.is_over() && !self.is_live(live) && !self.is_left(now) && now < self.expires()
    }

    /// Whether its Build is the deployed one: then nothing is left to be done.
    pub(in crate::publish) fn is_live(&self, live: Option<&str>) -> bool {
        self.publishing.build_sid.as_deref().is_some_and(|build_sid| live == Some(build_sid))
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
