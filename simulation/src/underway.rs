//! Whether something is underway that nobody can see in what Twilio keeps.
//!
//! Knows nothing of what it is.

use std::sync::Arc;

/// Counts what is underway.
#[derive(Debug, Default)]
pub(crate) struct Underway(Arc<()>);

/// One thing that is underway until this is dropped.
#[derive(Debug)]
pub(crate) struct Guard {
    _counted: Arc<()>,
}

impl Underway {
    /// Something is underway until the guard is dropped, however that comes about.
    #[must_use]
    pub(crate) fn begin(&self) -> Guard {
        Guard { _counted: self.0.clone() }
    }

    /// Whether anything is underway.
    #[must_use]
    pub(crate) fn is_any(&self) -> bool {
        Arc::strong_count(&self.0) > 1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn something_is_underway_until_the_last_guard_is_gone() {
        let underway = Underway::default();
        assert!(!underway.is_any());
        let (first, second) = (underway.begin(), underway.begin());
        drop(first);
        assert!(underway.is_any());
        drop(second);
        assert!(!underway.is_any());
    }
}
