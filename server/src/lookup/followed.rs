//! The Asset Version that the lookup follows, and until when its content is read again.
//!
//! Twilio names a new Build in the Environment before every edge of its domain serves the new asset; it says nowhere for
//! how long. So the content that is served under a new Asset Version may still be the one before it, or one in between.
//!
//! Knows nothing of rows and of how content is read.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

use super::index::ContentHash;
use crate::twilio::AssetVersion;

/// For how long every refresh reads the content again, although it has changed since the Deployment.
const SETTLING_TIME: Duration = Duration::from_secs(60);
/// After how long the domain counts as settled, even where the content is what it was before.
const LONGEST_LAG: Duration = Duration::from_secs(60 * 60);
/// Between those two, changed content is read again each time that this part of its age has passed: every 5 seconds
/// after one minute, every 5 minutes after one hour.
const PART_OF_ITS_AGE: i32 = 12;
/// For how long the domain must serve nothing but replaced content until that counts as what is deployed: some tool went
/// back to it. An edge that lags behind is one among others, and does not lag for so long.
const LONGEST_CONTRADICTION: Duration = Duration::from_secs(5 * 60);

/// A version of the asset, and what is known of its content.
#[derive(Clone)]
pub(super) struct Followed {
    pub(super) build_sid: String,
    pub(super) asset: AssetVersion,
    /// The entity tag of the content that callers are answered from.
    pub(super) tag: Option<String>,
    first_seen: Timestamp,
    /// When what callers are answered from was read last; while it is contradicted, every refresh reads anyway.
    last_read: Timestamp,
    /// Since when nothing but replaced content was read; none if the last reading brought the current one.
    contradicted_since: Option<Timestamp>,
    /// What was read of versions before this one, or of this one and was replaced since.
    earlier: Vec<ContentHash>,
}

impl Followed {
    /// From now on this version is followed. `before` is the version before it, and what callers are answered from.
    pub(super) fn begin(build_sid: String, asset: AssetVersion, before: Option<Before<'_>>, now: Timestamp) -> Self {
        let tag = before.as_ref().and_then(|before| before.tag.map(str::to_owned));
        let earlier = match before {
            Some(before) if before.version == Some(asset.sid.as_str()) => before.replaced.to_vec(),
            Some(before) if before.version.is_some() => vec![before.content],
            _ => Vec::new(),
        };
        Self { build_sid, asset, tag, first_seen: now, last_read: now, contradicted_since: None, earlier }
    }

    /// Another Build holds the same version, so nothing new is to be read.
    pub(super) fn in_build(self, build_sid: String) -> Self {
        Self { build_sid, ..self }
    }

    /// Whether a refresh has to look at the content again. `current` is what callers are answered from.
    pub(super) fn must_be_read(&self, current: ContentHash, now: Timestamp) -> bool {
        let age = now.duration_since(self.first_seen);
        if age > to_signed(LONGEST_LAG) {
            return false;
        }
        let may_still_be_the_old_one = self.earlier.contains(&current);
        may_still_be_the_old_one
            || self.contradicted_since.is_some()
            || age <= to_signed(SETTLING_TIME)
            || now.duration_since(self.last_read) >= age / PART_OF_ITS_AGE
    }

    /// What was replaced already.
    pub(super) fn all_replaced(&self) -> Vec<ContentHash> {
        self.earlier.clone()
    }

    /// Whether this content was replaced already, and only an edge that lags behind the others may still serve it.
    pub(super) fn is_lagging(&self, content: ContentHash, now: Timestamp) -> bool {
        let since = self.contradicted_since.unwrap_or(now);
        self.earlier.contains(&content) && now.duration_since(since) < to_signed(LONGEST_CONTRADICTION)
    }

    /// The content was read, and callers are answered from the same as before.
    pub(super) fn read_again(self, now: Timestamp) -> Self {
        Self { last_read: now, contradicted_since: None, ..self }
    }

    /// Replaced content was read, and callers are answered from the same as before.
    pub(super) fn contradicted(self, now: Timestamp) -> Self {
        Self { contradicted_since: self.contradicted_since.or(Some(now)), ..self }
    }

    /// Other content was read, which replaces what callers were answered from before.
    pub(super) fn replaced(
        mut self,
        by: ContentHash,
        before: Option<ContentHash>,
        tag: Option<String>,
        now: Timestamp,
    ) -> Self {
        self.earlier.extend(before.filter(|before| !self.earlier.contains(before)));
        self.earlier.retain(|earlier| *earlier != by);
        Self { tag, last_read: now, contradicted_since: None, ..self }
    }
}

/// What callers are answered from when another version begins to be followed.
pub(super) struct Before<'a> {
    /// The SID of its Asset Version, if it is known.
    pub(super) version: Option<&'a str>,
    pub(super) content: ContentHash,
    /// What it replaced, where an earlier run read it.
    pub(super) replaced: &'a [ContentHash],
    pub(super) tag: Option<&'a str>,
}

fn to_signed(duration: Duration) -> SignedDuration {
    SignedDuration::try_from(duration).unwrap_or(SignedDuration::MAX)
}
