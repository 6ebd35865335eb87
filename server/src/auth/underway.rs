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

#[cfg(test)]
mod tests {
    use std::pin::pin;
    use std::task::{Context, Waker};

    use super::*;

    #[tokio::test]
    async fn whoever_comes_while_somebody_asks_waits_whatever_others_ask_meanwhile_and_has_no_turn() {
        let underway = Underway::default();
        let turn = underway.turn([1; 32]).await;
        assert!(turn.is_some() && underway.turn([2; 32]).await.is_some());
        let mut waiting = pin!(underway.turn([1; 32]));
        assert!(waiting.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_pending());
        drop(turn);
        assert!(waiting.await.is_none());
        assert!(underway.turn([1; 32]).await.is_some());
    }

    #[tokio::test]
    async fn tokens_that_nobody_asks_about_any_more_are_forgotten() {
        let underway = Underway::default();
        for token in 0..100 {
            drop(underway.turn([token; 32]).await);
        }
        assert_eq!(underway.by_hash.lock().unwrap().len(), 1);
    }
}
