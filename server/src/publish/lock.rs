//! The lock: a Map Item that says who is publishing. Sync refuses to create a second one: that is the mutual exclusion.
//!
//! From outside: [`take`] it for a new publish, [`fetch`] or [`holder`] of one that goes on. Every step writes the item at
//! the revision that it read, so whoever was overtaken finds out before doing harm.
//!
//! Knows nothing of what is done while it is held.

mod holding;
mod taking;

use jiff::Timestamp;
use serde_json::{Value, json};
use shared::{PUBLISHING_KEY, Publishing, PublishingStage, publishing_map_name};

pub(super) use self::holding::LiveSids;
pub(super) use self::taking::take;
use super::LONGEST_PUBLISH;
use super::leftovers::{Leftovers, is_id, left_by};
use crate::base::Base;
use crate::twilio::{MapItem, TwilioError};

/// Seconds after which Sync removes the item by itself.
const TTL: u32 = LONGEST_PUBLISH.as_secs() as u32;

/// Why the lock is not ours.
#[derive(Debug, thiserror::Error)]
pub(crate) enum LockError {
    /// Somebody else is publishing. Holds who, where that is known.
    #[error("a publish is in progress")]
    Held(Option<Box<Publishing>>),
    /// Somebody else has written or removed it since: the publish was discarded, goes on elsewhere, or has expired.
    #[error("the publish was discarded or has expired")]
    Lost,
    /// Somebody discarded the publish before it knew that it had begun.
    #[error("the publish was discarded")]
    Discarded,
    /// Twilio does not say whose it is.
    #[error(transparent)]
    Twilio(#[from] TwilioError),
}

/// The lock as it was last read or written.
#[derive(Clone, Debug)]
pub(super) struct Lock {
    pub(super) publishing: Publishing,
    pub(super) leftovers: Leftovers,
    /// Tells this publish from every other one; older versions wrote none.
    pub(super) id: Option<String>,
    revision: String,
    /// When it was written, by Twilio's clock.
    written: Timestamp,
}

impl From<MapItem> for Lock {
    fn from(item: MapItem) -> Self {
        Self {
            publishing: Publishing::read(&item.data),
            leftovers: Leftovers::read(&item.data["leftovers"]),
            id: item.data["id"].as_str().filter(|id| is_id(id)).map(str::to_owned),
            revision: item.revision,
            written: item.date_updated,
        }
    }
}

impl Lock {
    /// What whoever comes next has to deal with.
    pub(super) fn left(&self, live: LiveSids<'_>) -> Leftovers {
        left_by(&self.publishing, &self.leftovers, self.is_live(live))
    }

    /// Writes what is known by now into the item, so that every view and the next step see it.
    ///
    /// # Errors
    ///
    /// [`LockError::Lost`] when somebody has written or removed it since.
    pub(super) async fn record(&mut self, base: &Base, publishing: Publishing) -> Result<(), LockError> {
        let publishing = Publishing { updated_at: Some(base.home.now().to_string()), ..publishing };
        let data = data(&publishing, self.id.as_deref(), &self.leftovers);
        let item = base.twilio.update_map_item(&map(base), PUBLISHING_KEY, &self.revision, &data, TTL).await;
        *self = item.map_err(lost_or_unknown)?.into();
        Ok(())
    }

    /// Says that the publish got to another stage.
    pub(super) async fn advance(&mut self, base: &Base, stage: PublishingStage) -> Result<(), LockError> {
        self.record(base, Publishing { stage, ..self.publishing.clone() }).await
    }

    /// Gives the lock back. What has to be dealt with later stays in the item until nothing can be on its way any more.
    pub(super) async fn release(mut self, base: &Base) -> Result<(), LockError> {
        if !self.leftovers.is_empty() {
            return self.advance(base, PublishingStage::Ended).await;
        }
        let is_gone = base.twilio.remove_map_item(&map(base), PUBLISHING_KEY, &self.revision).await?;
        if is_gone { Ok(()) } else { Err(LockError::Lost) }
    }
}

/// The item can be gone or another one by now, because somebody else goes on with this publish or ended it.
fn lost_or_unknown(error: TwilioError) -> LockError {
    match error {
        TwilioError::NotFound { .. } => LockError::Lost,
        error if error.rejected_status() == Some(412) => LockError::Lost,
        error => error.into(),
    }
}

/// The item, whether it holds anybody up or not.
pub(super) async fn fetch(base: &Base) -> Result<Option<Lock>, TwilioError> {
    Ok(base.twilio.fetch_map_item(&map(base), PUBLISHING_KEY).await?.map(Lock::from))
}

/// The item, if the publish that made this Build is not over.
pub(super) async fn fetch_for(base: &Base, build_sid: &str) -> Result<Option<Lock>, TwilioError> {
    let is_for = |lock: &Lock| !lock.publishing.is_over() && lock.publishing.build_sid.as_deref() == Some(build_sid);
    Ok(fetch(base).await?.filter(is_for))
}

/// Who holds the lock, while this is live.
pub(super) async fn holder(base: &Base, live: LiveSids<'_>) -> Result<Option<Lock>, TwilioError> {
    let now = base.home.now();
    Ok(fetch(base).await?.filter(|lock| lock.is_held(now, live)))
}

/// What stands in the item.
fn data(publishing: &Publishing, id: Option<&str>, leftovers: &Leftovers) -> Value {
    let mut data = json!(publishing);
    data["id"] = json!(id);
    if !leftovers.is_empty() {
        data["leftovers"] = json!(leftovers);
    }
    data
}

fn map(base: &Base) -> String {
    publishing_map_name(&base.config.sync_map_name)
}

#[cfg(test)]
mod tests;
