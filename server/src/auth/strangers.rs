//! About which tokens that nobody knows Twilio is asked, so that a flood of made-up ones here is none there.
//!
//! A few are asked about at once, and each that turns out to be bad uses up some of what strangers may ask. Once that is
//! used up, unknown tokens are turned away. Who comes again with the same one, as whoever really signs in does, is asked
//! about from a share of their own: who makes up one token after another takes nothing of that.
//!
//! While Twilio takes its time, only so many wait, and all others are turned away at once: who waits to be known must not
//! take the connections of callers.
//!
//! Knows nothing of what Twilio says of a token.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use async_lock::{Semaphore, SemaphoreGuardArc};
use jiff::Timestamp;

use super::token_hash::TokenHash;
use crate::home::{Home, timeout};

/// About how many tokens Twilio is asked at once.
pub(super) const AT_ONCE: usize = 8;
/// How many requests with unknown tokens wait at once, to ask or for what others hear. Each of them keeps a connection that
/// no caller can have meanwhile, and where the system gives few descriptors, there is room for 192.
pub(super) const MOST_WAITING: usize = 128;
/// How long a token waits for the ones before it.
const LONGEST_WAIT: Duration = Duration::from_secs(5);
/// How much of a share a bad token uses up; it comes back in that time. So Twilio hears of five bad tokens a second.
const EACH: Duration = Duration::from_millis(200);
/// How large a share is: fifty bad tokens in one moment, as after an outage when all views come with old tokens.
const SHARE: Duration = Duration::from_secs(10);
/// After how long a token that was turned away counts as one that comes again: no sooner than the answer asks to wait.
const COMES_AGAIN: Duration = Duration::from_secs(5);
/// For how long at least it is known that a token was turned away, unless very many more come.
const KNOWN: Duration = Duration::from_secs(60);
/// How many tokens in each of the two heaps are known to have been turned away.
const MOST_IN_A_HEAP: usize = 10_000;

/// What strangers have asked lately.
pub(super) struct Strangers {
    places: Arc<Semaphore>,
    turns: Arc<Semaphore>,
    asked: Mutex<Asked>,
}

#[derive(Default)]
struct Asked {
    first_comers: Used,
    returning: Used,
    turned_away: TurnedAway,
}

/// When tokens were turned away. They are forgotten a heap at a time, the older one: looking for single ones would be work
/// that a flood could make.
#[derive(Default)]
struct TurnedAway {
    newer: HashMap<TokenHash, Timestamp>,
    older: HashMap<TokenHash, Timestamp>,
    newer_begun: Timestamp,
}

/// A share is used up to this moment, which may lie ahead by no more than [`SHARE`].
#[derive(Default)]
struct Used(Timestamp);

/// From which share a token is asked about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Share {
    FirstComers,
    Returning,
}

impl Default for Strangers {
    fn default() -> Self {
        let [places, turns] = [MOST_WAITING, AT_ONCE].map(|most| Arc::new(Semaphore::new(most)));
        Self { places, turns, asked: Mutex::default() }
    }
}

impl Strangers {
    /// A place to wait; none if too many wait already. It is free again when it is dropped.
    pub(super) fn place(&self) -> Option<SemaphoreGuardArc> {
        self.places.try_acquire_arc()
    }

    /// A turn to ask; none if too many came before. It is over when it is dropped.
    pub(super) async fn turn(&self, home: &dyn Home) -> Option<SemaphoreGuardArc> {
        timeout(home, LONGEST_WAIT, self.turns.acquire_arc()).await
    }

    /// From which share Twilio may be asked about a token now. Where there is none, it is turned away.
    pub(super) fn share(&self, token: TokenHash, now: Timestamp) -> Option<Share> {
        let asked = &mut *self.asked.lock().unwrap_or_else(PoisonError::into_inner);
        if asked.first_comers.is_left(now) {
            return Some(Share::FirstComers);
        }
        let first = asked.turned_away.first(token, now);
        (first + COMES_AGAIN <= now && asked.returning.is_left(now)).then_some(Share::Returning)
    }

    /// A token was a bad one.
    pub(super) fn use_up(&self, share: Share, now: Timestamp) {
        let mut asked = self.asked.lock().unwrap_or_else(PoisonError::into_inner);
        match share {
            Share::FirstComers => asked.first_comers.use_up(now),
            Share::Returning => asked.returning.use_up(now),
        }
    }
}

impl TurnedAway {
    /// When a token was turned away first: now, if it was not before.
    fn first(&mut self, token: TokenHash, now: Timestamp) -> Timestamp {
        if self.newer.len() >= MOST_IN_A_HEAP || self.newer_begun + KNOWN <= now {
            self.older = std::mem::take(&mut self.newer);
            self.newer_begun = now;
        }
        match self.older.get(&token) {
            Some(at) if *at + 2 * KNOWN > now => *at,
            _ => *self.newer.entry(token).or_insert(now),
        }
    }
}

impl Used {
    fn is_left(&self, now: Timestamp) -> bool {
        self.up_to(now) < now + SHARE
    }

    fn use_up(&mut self, now: Timestamp) {
        self.0 = self.up_to(now) + EACH;
    }

    /// What lies further ahead than anybody can have used up comes of a clock that was put back.
    fn up_to(&self, now: Timestamp) -> Timestamp {
        if self.0 > now + 2 * SHARE { now } else { self.0.max(now) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn token(n: usize) -> TokenHash {
        std::array::from_fn(|at| n.to_be_bytes().get(at).copied().unwrap_or_default())
    }

    #[test]
    fn a_clock_that_is_put_back_uses_up_nothing() {
        let (mut used, now) = (Used::default(), Timestamp::UNIX_EPOCH);
        let later = now + Duration::from_hours(1);
        while used.is_left(later) {
            used.use_up(later);
        }
        for _ in 0..10 {
            assert!(used.is_left(now));
            used.use_up(now);
        }
    }

    #[test]
    fn a_flood_is_not_remembered_without_end_and_its_newest_are_known_longest() {
        let (mut turned_away, now) = (TurnedAway::default(), Timestamp::UNIX_EPOCH);
        let most = 10 * MOST_IN_A_HEAP;
        for n in 0..most {
            turned_away.first(token(n), now);
        }
        assert!(turned_away.newer.len() + turned_away.older.len() <= 2 * MOST_IN_A_HEAP);
        let later = now + COMES_AGAIN;
        assert_eq!(turned_away.first(token(most - MOST_IN_A_HEAP + 1), later), now);
        assert_eq!(turned_away.first(token(0), later), later);
    }

    #[test]
    fn a_token_is_known_for_a_minute_and_not_for_much_longer() {
        let (mut turned_away, now) = (TurnedAway::default(), Timestamp::UNIX_EPOCH);
        let after = |seconds| now + Duration::from_secs(seconds);
        assert_eq!(turned_away.first(token(1), now), now);
        assert_eq!(turned_away.first(token(1), after(59)), now);
        assert_eq!(turned_away.first(token(1), after(61)), now);
        assert_eq!(turned_away.first(token(1), after(120)), after(120));
    }
}
