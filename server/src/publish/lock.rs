//! The lock: a Map Item that says who is publishing. Sync refuses to create a second one: that is the mutual exclusion.
//!
//! Knows nothing of what is done while it is held.

use jiff::Timestamp;
use serde_json::json;
use shared::{PUBLISHING_KEY, Publishing, PublishingStage, publishing_map_name};

use super::LONGEST_PUBLISH;
use crate::base::Base;
use crate::twilio::{Created, MapItem, TwilioError};

/// Seconds after which Sync removes the item by itself.
const TTL: u32 = LONGEST_PUBLISH.as_secs() as u32;

/// Why the lock is not ours.
#[derive(Debug, thiserror::Error)]
pub(crate) enum LockError {
    /// Somebody else is publishing. Holds who, where that is known.
    #[error("a publish is in progress")]
    Held(Option<Box<Publishing>>),
    /// The publish was discarded, or its lock has expired.
    #[error("the publish was discarded or has expired")]
    Lost,
    /// Twilio does not say whose it is.
    #[error(transparent)]
    Twilio(#[from] TwilioError),
}

/// The lock as it was last read or written.
#[derive(Clone, Debug)]
pub(super) struct Lock {
    pub(super) publishing: Publishing,
    revision: String,
}

impl Lock {
    /// Writes what is known by now into the item, so that every view and the next step see it.
    pub(super) async fn record(&mut self, base: &Base, publishing: Publishing) -> Result<(), TwilioError> {
        let publishing = Publishing { updated_at: Some(base.home.now().to_string()), ..publishing };
        let data = json!(publishing);
        let item = base.twilio.update_map_item(&map(base), PUBLISHING_KEY, &self.revision, &data, TTL).await?;
        *self = Self { publishing, revision: item.revision };
        Ok(())
    }

    /// Says that the publish got to another stage.
    pub(super) async fn advance(&mut self, base: &Base, stage: PublishingStage) -> Result<(), TwilioError> {
        self.record(base, Publishing { stage, ..self.publishing.clone() }).await
    }

    /// Removes the item, unless somebody has written it since.
    pub(super) async fn remove(&self, base: &Base) -> Result<(), TwilioError> {
        base.twilio.remove_map_item(&map(base), PUBLISHING_KEY, &self.revision).await
    }

    /// Gives the lock back. If that fails, the item expires by itself, so the failure is only logged.
    pub(super) async fn release(&self, base: &Base) {
        if let Err(error) = self.remove(base).await {
            tracing::warn!(%error, "the publishing lock stays until it expires");
        }
    }
}

/// Takes the lock for a publish that begins now.
///
/// # Errors
///
/// [`LockError::Held`] when somebody else holds it.
pub(super) async fn take(base: &Base, publishing: Publishing) -> Result<Lock, LockError> {
    let map = map(base);
    let data = json!(publishing);
    // One try finds no Map, one finds an expired item; the next one settles it.
    for _ in 0..3 {
        match base.twilio.create_map_item(&map, PUBLISHING_KEY, &data, TTL).await {
            Ok(Created::Yes(item)) => return Ok(Lock { publishing, revision: item.revision }),
            Ok(Created::NoSuchMap) => base.twilio.create_map(&map).await?,
            Ok(Created::AlreadyExists) => refuse_unless_expired(base, &map).await?,
            Err(error) => return taken_all_the_same(base, &publishing).await.ok_or_else(|| error.into()),
        }
    }
    Err(LockError::Held(None))
}

/// Who holds the lock. Sync may remove an expired item late, so an old one counts as gone.
pub(super) async fn holder(base: &Base) -> Result<Option<Lock>, TwilioError> {
    let item = base.twilio.fetch_map_item(&map(base), PUBLISHING_KEY).await?;
    Ok(item.and_then(|item| still_held(item, base.home.now())))
}

/// Gives the lock back if it is held for this Build.
pub(super) async fn release_if_for(base: &Base, build_sid: &str) {
    match holder(base).await {
        Ok(Some(lock)) if lock.publishing.build_sid.as_deref() == Some(build_sid) => lock.release(base).await,
        Ok(_) => {}
        Err(error) => tracing::warn!(%error, "the publishing lock stays until it expires"),
    }
}

/// The lock, if it was taken although the answer got lost on the way.
async fn taken_all_the_same(base: &Base, publishing: &Publishing) -> Option<Lock> {
    holder(base).await.ok().flatten().filter(|lock| lock.publishing == *publishing)
}

async fn refuse_unless_expired(base: &Base, map: &str) -> Result<(), LockError> {
    let Some(item) = base.twilio.fetch_map_item(map, PUBLISHING_KEY).await? else { return Ok(()) };
    let revision = item.revision.clone();
    match still_held(item, base.home.now()) {
        Some(lock) => Err(LockError::Held(Some(Box::new(lock.publishing)))),
        None => Ok(base.twilio.remove_map_item(map, PUBLISHING_KEY, &revision).await?),
    }
}

/// The lock in an item; none if it is older than any publish, or nothing that this server wrote.
fn still_held(item: MapItem, now: Timestamp) -> Option<Lock> {
    let publishing: Publishing = serde_json::from_value(item.data).ok()?;
    let started: Timestamp = publishing.started_at.parse().ok()?;
    (started + LONGEST_PUBLISH > now).then_some(Lock { publishing, revision: item.revision })
}

fn map(base: &Base) -> String {
    publishing_map_name(&base.config.sync_map_name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn a_lock_that_sync_removes_late_counts_as_gone() {
        let started = Timestamp::UNIX_EPOCH;
        let held_after = |seconds| {
            let data = json!({"startedBy": "ann@example.com", "startedAt": started.to_string()});
            still_held(MapItem { revision: "1".into(), data }, started + Duration::from_secs(seconds)).is_some()
        };
        assert!(held_after(15 * 60 - 1));
        assert!(!held_after(15 * 60));
    }

    #[test]
    fn an_item_that_is_no_lock_holds_nobody_up() {
        let item = MapItem { revision: "1".into(), data: json!({"hello": 1}) };
        assert!(still_held(item, Timestamp::UNIX_EPOCH).is_none());
    }
}
