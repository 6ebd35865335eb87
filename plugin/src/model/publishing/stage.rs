//! How far a publish got, why it stopped, and what stands in the way of the next one.
//!
//! Knows nothing of how it goes on; see `publish` for that.

use shared::PublishingStage;

use crate::model::draft::Reading;
use crate::model::{Model, Problem};

/// How far a publish got.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Stage {
    /// None was started.
    #[default]
    Idle,
    /// The rows are on their way to the server.
    Uploading,
    /// Twilio is making the Build.
    Building,
    /// The Build is being deployed.
    Deploying,
    /// Callers reach what was published.
    Live,
    /// It stopped.
    Failed(PublishFailure),
}

/// Why a publish stopped.
#[derive(Clone, Debug, PartialEq)]
pub enum PublishFailure {
    /// Twilio could not make the Build with this SID.
    BuildFailed(String),
    /// The Build with this SID is not done after five minutes; it may still get done.
    TooLong(String),
    /// A request failed.
    Problem(Problem),
}

/// What stands in the way of publishing.
#[derive(Clone, Debug, PartialEq)]
pub enum Conflict {
    /// Somebody else published since the published extensions were loaded.
    UpdatedByOther,
    /// Somebody is publishing right now; holds the name where it is known.
    InProgress(Option<String>),
}

impl From<PublishingStage> for Stage {
    fn from(stage: PublishingStage) -> Self {
        match stage {
            PublishingStage::Uploading => Self::Uploading,
            PublishingStage::Building => Self::Building,
            PublishingStage::Deploying => Self::Deploying,
            // Nobody goes on with it, so there is no stage to show.
            PublishingStage::Discarding | PublishingStage::Ended | PublishingStage::Unknown => Self::Idle,
        }
    }
}

impl Model {
    /// What stands in the way of publishing now. Our own publish does not.
    #[must_use]
    pub fn conflict(&self) -> Option<Conflict> {
        if self.publish.conflict.is_some() {
            return self.publish.conflict.clone();
        }
        if self.publish.is_running() {
            return None;
        }
        match self.published.lock() {
            Some(lock) if self.publish.owns(lock) => None,
            Some(lock) => Some(Conflict::InProgress(Some(lock.started_by.clone()))),
            None if self.publish.may_resume() => None,
            None => self.published.is_half_way().then_some(Conflict::InProgress(None)),
        }
    }

    /// Whether the button can be pressed: everything is loaded, and no publish of this view is under way.
    #[must_use]
    pub fn may_publish(&self) -> bool {
        self.draft.reading == Reading::Done && self.published.loaded.is_some() && !self.publish.is_running()
    }
}
