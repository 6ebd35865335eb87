//! What is different about Twilio for now: a Build that will fail, a domain that lags behind.
//!
//! Knows nothing of when it is to be so.

use std::time::Duration;

use bytes::Bytes;

/// What the next Build will be like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NextBuild {
    /// It fails.
    Fails,
    /// It never ends.
    IsEndless,
}

/// What is different about Twilio for now.
#[derive(Debug, Default)]
pub(crate) struct Oddities {
    /// What the next Build will be like.
    pub next_build: Option<NextBuild>,
    /// For how long the domain serves the old asset after the next Deployment.
    pub next_deployment_is_late: Option<Duration>,
    old_asset: Option<OldAsset>,
}

/// The asset of the Build before, which the domain still serves.
#[derive(Debug)]
struct OldAsset {
    until: Duration,
    content: Bytes,
}

impl Oddities {
    /// The domain serves this content until then, whatever is deployed.
    pub(crate) fn serve_old_asset(&mut self, content: Bytes, until: Duration) {
        self.old_asset = Some(OldAsset { until, content });
    }

    /// What the domain serves in place of the asset that is live.
    #[must_use]
    pub(crate) fn old_asset(&self, now: Duration) -> Option<Bytes> {
        self.old_asset.as_ref().filter(|old| old.until > now).map(|old| old.content.clone())
    }

    /// Nothing more is going to be different; what the domain serves already, it serves on.
    pub(crate) fn end(&mut self) {
        *self = Self { old_asset: self.old_asset.take(), ..Self::default() };
    }
}
