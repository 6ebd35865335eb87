//! The one source of choices: whatever could go this way or that in a run follows from its seed.
//!
//! Knows nothing of what is chosen.

use std::time::Duration;

/// Choices that a seed repeats.
#[derive(Debug)]
pub(crate) struct Choices(fastrand::Rng);

impl Choices {
    /// The choices of one run.
    #[must_use]
    pub(crate) fn new(seed: u64) -> Self {
        Self(fastrand::Rng::with_seed(seed))
    }

    /// Any number.
    pub(crate) fn number(&mut self) -> u64 {
        self.0.u64(..)
    }

    /// A position in a list of `length`, which must not be empty.
    pub(crate) fn below(&mut self, length: usize) -> usize {
        self.0.usize(..length)
    }

    /// A number from `least` to `most`, both included.
    pub(crate) fn between(&mut self, least: u64, most: u64) -> u64 {
        self.0.u64(least..=most)
    }

    /// Whether something happens that happens in `percent` of a hundred cases.
    pub(crate) fn chance(&mut self, percent: u64) -> bool {
        self.0.u64(..100) < percent
    }

    /// One of the items, each as likely as its weight is large.
    pub(crate) fn weighted<T: Copy>(&mut self, items: &[(u64, T)]) -> Option<T> {
        let total: u64 = items.iter().map(|(weight, _)| weight).sum();
        let mut left = if total == 0 { 0 } else { self.0.u64(..total) };
        for (weight, item) in items {
            if left < *weight {
                return Some(*item);
            }
            left -= weight;
        }
        None
    }

    /// A time from `least` to `most`, in milliseconds.
    pub(crate) fn milliseconds(&mut self, least: u64, most: u64) -> Duration {
        // A fraction of a millisecond beside it, so that two of them are seldom the same.
        Duration::from_micros(self.between(least * 1000, most * 1000))
    }
}
