//! Dates as Sync keeps and writes them, to the millisecond.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::clock::Clock;

/// Milliseconds since 1970-01-01T00:00:00Z.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct SyncDate(i64);

impl SyncDate {
    /// The present date.
    #[must_use]
    pub fn now(clock: &Clock) -> Self {
        Self(clock.now().as_millisecond())
    }

    /// The date `seconds` later.
    #[must_use]
    pub fn plus_seconds(self, seconds: u32) -> Self {
        Self(self.0 + i64::from(seconds) * 1000)
    }

    /// The date `seconds` earlier.
    #[must_use]
    pub fn minus_seconds(self, seconds: u32) -> Self {
        Self(self.0 - i64::from(seconds) * 1000)
    }

    /// Fixed-width text whose byte order is the order of time.
    #[must_use]
    pub fn sortable(self) -> String {
        format!("{:016}", self.0.max(0))
    }

    /// The form of the SDK's side, with milliseconds: `2026-01-01T00:00:00.000Z`.
    #[must_use]
    pub fn with_milliseconds(self) -> String {
        self.format("%Y-%m-%dT%H:%M:%S%.3fZ")
    }

    /// The form of the REST API: `2015-07-30T20:00:00Z`.
    #[must_use]
    pub fn without_milliseconds(self) -> String {
        self.format("%Y-%m-%dT%H:%M:%SZ")
    }

    fn format(self, pattern: &str) -> String {
        Timestamp::from_millisecond(self.0).unwrap_or_default().strftime(pattern).to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_have_three_digits_for_the_sdk_and_none_for_rest() {
        let date = SyncDate(1_767_225_600_007);
        assert_eq!(date.with_milliseconds(), "2026-01-01T00:00:00.007Z");
        assert_eq!(date.without_milliseconds(), "2026-01-01T00:00:00Z");
    }

    #[test]
    fn sortable_text_orders_as_time_does() {
        assert!(SyncDate(999).sortable() < SyncDate(1000).sortable());
    }
}
