//! Whether the handler of a deploy looked at the Environment after its Deployment.
//!
//! Knows nothing of what it says then.

/// What one handler has done so far.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Look {
    has_deployed: bool,
    failed: bool,
}

impl Look {
    /// It sent a Deployment.
    pub(crate) fn deployed(&mut self) {
        *self = Self { has_deployed: true, failed: false };
    }

    /// It asked for the Environment and heard, or did not hear, what is deployed.
    pub(crate) fn looked(&mut self, heard: bool) {
        self.failed = !heard;
    }

    /// Whether its last look after the Deployment came to nothing.
    #[must_use]
    pub(crate) fn failed_afterwards(&self) -> bool {
        self.has_deployed && self.failed
    }
}
