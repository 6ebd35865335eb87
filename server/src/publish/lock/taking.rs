//! Taking the lock: creating the item, or taking the place of one that holds nobody up.
//!
//! Knows nothing of how it is given back.

use shared::{PUBLISHING_KEY, Publishing};

use super::{LiveSids, Lock, LockError, TTL, data, fetch, map};
use crate::base::Base;
use crate::publish::leftovers::{Leftovers, keep};
use crate::twilio::{Created, Creation, TwilioError};

/// Takes the lock for a publish that begins now, while this is live.
///
/// # Errors
///
/// [`LockError::Held`] when somebody else holds it.
pub(in crate::publish) async fn take(
    base: &Base,
    publishing: Publishing,
    live: LiveSids<'_>,
) -> Result<Lock, LockError> {
    let id = format!("{:016x}{:016x}", base.home.random(), base.home.random());
    let mut may_turn_up_again = false;
    // One try finds no Map, one finds an item that holds nobody up; the next one settles it.
    for _ in 0..4 {
        let creation = create(base, &publishing, &id).await?;
        may_turn_up_again |= creation.is_another_on_its_way;
        let lock = match creation.created {
            Created::Yes(item) => Ok(Some(item.into())),
            Created::NoSuchMap => base.twilio.create_map(&map(base)).await.map(|()| None).map_err(LockError::from),
            Created::AlreadyExists => take_over(base, &publishing, &id, live).await,
        };
        match lock {
            Ok(Some(lock)) if may_turn_up_again => return Ok(lock.ends_as(&id)),
            Ok(Some(lock)) => return Ok(lock),
            Ok(None) | Err(LockError::Lost) => {}
            Err(error) => return Err(error),
        }
    }
    Err(LockError::Held(None))
}

async fn create(base: &Base, publishing: &Publishing, id: &str) -> Result<Creation, TwilioError> {
    let data = data(publishing, Some(id), &Leftovers::default());
    base.twilio.create_map_item(&map(base), PUBLISHING_KEY, &data, TTL).await
}

impl Lock {
    /// When this publish is over, its item stays for a while and says so: whoever still takes it finds out, even when
    /// others have published since, and a request for it that arrives late takes it for nobody.
    pub(in crate::publish) fn ends_as(mut self, id: &str) -> Self {
        keep(&mut self.leftovers.ended_ids, id);
        self
    }
}

/// Takes the place of an item that holds nobody up; none if it is gone.
async fn take_over(
    base: &Base,
    publishing: &Publishing,
    id: &str,
    live: LiveSids<'_>,
) -> Result<Option<Lock>, LockError> {
    let Some(mut there) = fetch(base).await? else { return Ok(None) };
    let is_ours = there.id.as_deref() == Some(id);
    // After an unclear create, somebody may have seen the publish and discarded it, and others published since.
    if is_ours && there.publishing.is_over() || there.leftovers.ended_ids.iter().any(|ended| ended == id) {
        return Err(LockError::Discarded);
    }
    if is_ours {
        return Ok(Some(there));
    }
    if there.is_held(base.home.now(), live) {
        return Err(LockError::Held(Some(Box::new(there.publishing))));
    }
    there.leftovers = there.left(live);
    there.id = Some(id.to_owned());
    there.record(base, publishing.clone()).await?;
    Ok(Some(there))
}
