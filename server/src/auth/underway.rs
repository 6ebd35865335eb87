//! Of several requests with one unknown token, one asks Twilio and the others wait for what it hears.
//!
//! Knows nothing of what is asked.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError, Weak};

use async_lock::{Mutex as AsyncMutex, MutexGuardArc};

use super::token_hash::TokenHash;

/// The tokens that Twilio is being asked about.
#[derive(Default)]
pub(crate) struct Underway {
    by_hash: Mutex<HashMap<TokenHash, Weak<AsyncMutex<()>>>>,
}

impl Underway {
    /// The turn to ask, or nothing once somebody else has had it. Whoever gets nothing and still knows no answer asks
    /// without a turn: the one before failed, and to fail one after the other would take longer and longer.
    pub(super) async fn turn(&self, token: TokenHash) -> Option<MutexGuardArc<()>> {
        let lock = self.lock_of(token);
        match lock.try_lock_arc() {
            Some(turn) => Some(turn),
            None => {
                drop(lock.lock().await);
                None
            }
        }
    }

    fn lock_of(&self, token: TokenHash) -> Arc<AsyncMutex<()>> {
        let mut locks = self.by_hash.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(lock) = locks.get(&token).and_then(Weak::upgrade) {
            return lock;
        }
        // Nobody is left who asks about these.
        locks.retain(|_, lock| lock.strong_count() > 0);
        let lock = Arc::new(AsyncMutex::new(()));
        locks.insert(token, Arc::downgrade(&lock));
        lock
    }
}
