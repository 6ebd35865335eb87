//! How long a Map or an Item lives.

use super::date::SyncDate;

/// The longest time to live, in seconds: a year.
pub const LONGEST_TTL: u32 = 31_536_000;

/// What a request says about the time to live.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ttl {
    /// Nothing: it stays as it is, which is for ever at first.
    Unchanged,
    /// It lives for ever.
    Forever,
    /// It lives for this many seconds from now.
    Seconds(u32),
}

impl Ttl {
    /// The TTL that Sync's parameters say; none when it is longer than a year.
    #[must_use]
    pub fn from_parameter(seconds: u32) -> Option<Self> {
        match seconds {
            0 => Some(Self::Forever),
            1..=LONGEST_TTL => Some(Self::Seconds(seconds)),
            _ => None,
        }
    }

    /// When something expires that was to expire at `before`.
    pub(super) fn expires(self, now: SyncDate, before: Option<SyncDate>) -> Option<SyncDate> {
        match self {
            Self::Unchanged => before,
            Self::Forever => None,
            Self::Seconds(seconds) => Some(now.plus_seconds(seconds)),
        }
    }
}
