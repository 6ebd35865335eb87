//! Remembers for a short while who is behind a token, so that polling does not ask Twilio every time; and which tokens
//! nobody is behind, so that a client that does not give up does not make this server ask either.
//!
//! Knows nothing of roles. Only the hash of a token is kept.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use jiff::Timestamp;
use shared::wire::FlexToken;

use super::Person;
use super::strangers::Strangers;
use super::token_hash::{TokenHash, hash};
use super::underway::Underway;

/// For how long a person is remembered; so a revoked token is noticed after this long at the latest.
const LIFETIME: Duration = Duration::from_secs(60);
/// More people than this are not remembered at once.
const MOST_SESSIONS: usize = 10_000;

/// For how long it is known at most that a token was a good one; most end sooner by themselves.
const LONGEST_KNOWN: Duration = Duration::from_hours(12);

/// For how long a token is remembered that is not valid.
const REFUSAL_LIFETIME: Duration = Duration::from_secs(10);
/// More refused tokens than this are not remembered at once. They are kept apart from the people, so that no number of
/// them puts anybody out.
const MOST_REFUSALS: usize = 1_000;

/// The people seen lately, and the tokens refused lately.
#[derive(Default)]
pub(crate) struct Sessions {
    by_hash: Mutex<HashMap<TokenHash, Session>>,
    refused: Mutex<HashMap<TokenHash, Timestamp>>,
    pub(super) underway: Underway,
    pub(super) strangers: Strangers,
}

/// Somebody with a good token.
struct Session {
    person: Person,
    /// Until when nobody has to be asked.
    until: Timestamp,
    /// Until when it is known that the token was a good one.
    known_until: Timestamp,
}

/// What is remembered of a token.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Remembered {
    /// Whose it is.
    Person(Person),
    /// It is not valid.
    Refused,
}

impl Sessions {
    /// What Twilio said of a token a moment ago.
    pub(super) fn find(&self, token: &FlexToken, now: Timestamp) -> Option<Remembered> {
        let hash = hash(token);
        let sessions = self.by_hash.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(session) = sessions.get(&hash).filter(|session| session.until > now) {
            return Some(Remembered::Person(session.person.clone()));
        }
        let refused = self.refused.lock().unwrap_or_else(PoisonError::into_inner);
        refused.get(&hash).filter(|until| **until > now).map(|_| Remembered::Refused)
    }

    /// Whether a token was a good one when Twilio was asked about it last. It may have been revoked since.
    pub(super) fn has_known(&self, token: &FlexToken, now: Timestamp) -> bool {
        let sessions = self.by_hash.lock().unwrap_or_else(PoisonError::into_inner);
        sessions.get(&hash(token)).is_some_and(|session| session.known_until > now)
    }

    /// Remembers a person, never beyond the token's own expiration.
    pub(super) fn remember(&self, token: &FlexToken, person: Person, now: Timestamp, expiration: Option<Timestamp>) {
        let not_beyond = |longest: Timestamp| expiration.map_or(longest, |end| end.min(longest));
        let (until, known_until) = (not_beyond(now + LIFETIME), not_beyond(now + LONGEST_KNOWN));
        let mut sessions = self.by_hash.lock().unwrap_or_else(PoisonError::into_inner);
        sessions.retain(|_, session| session.known_until > now);
        if sessions.len() >= MOST_SESSIONS {
            sessions.retain(|_, session| session.until > now);
        }
        if sessions.len() < MOST_SESSIONS {
            sessions.insert(hash(token), Session { person, until, known_until });
        }
    }

    /// Remembers that a token is not valid.
    pub(super) fn refuse(&self, token: &FlexToken, now: Timestamp) {
        self.by_hash.lock().unwrap_or_else(PoisonError::into_inner).remove(&hash(token));
        let mut refused = self.refused.lock().unwrap_or_else(PoisonError::into_inner);
        if refused.len() >= MOST_REFUSALS {
            refused.retain(|_, until| *until > now);
        }
        if refused.len() < MOST_REFUSALS {
            refused.insert(hash(token), now + REFUSAL_LIFETIME);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ann() -> Person {
        Person { name: "ann@example.com".into(), roles: vec!["admin".into()] }
    }

    #[test]
    fn a_person_is_remembered_for_a_minute_but_never_beyond_the_token() {
        let (sessions, now) = (Sessions::default(), Timestamp::UNIX_EPOCH);
        let after = |seconds| now + Duration::from_secs(seconds);
        let (long, short) = (FlexToken("long".into()), FlexToken("short".into()));
        sessions.remember(&long, ann(), now, Some(after(3600)));
        sessions.remember(&short, ann(), now, Some(after(10)));
        assert_eq!(sessions.find(&long, after(59)), Some(Remembered::Person(ann())));
        assert_eq!(sessions.find(&long, after(60)), None);
        assert_eq!(sessions.find(&short, after(9)), Some(Remembered::Person(ann())));
        assert_eq!(sessions.find(&short, after(10)), None);
        assert_eq!(sessions.find(&FlexToken("other".into()), now), None);
        assert!(sessions.has_known(&long, after(3599)) && !sessions.has_known(&short, after(10)));
        sessions.refuse(&long, after(100));
        assert!(!sessions.has_known(&long, after(100)));
    }

    #[test]
    fn a_flood_of_bad_tokens_is_not_kept_without_end_and_puts_nobody_out() {
        let (sessions, now) = (Sessions::default(), Timestamp::UNIX_EPOCH);
        let anns = FlexToken("ann's".into());
        sessions.remember(&anns, ann(), now, None);
        for n in 0..10 * MOST_REFUSALS {
            sessions.refuse(&FlexToken(n.to_string()), now);
        }
        assert_eq!(sessions.refused.lock().unwrap().len(), MOST_REFUSALS);
        assert_eq!(sessions.find(&FlexToken("0".into()), now), Some(Remembered::Refused));
        assert_eq!(sessions.find(&anns, now), Some(Remembered::Person(ann())));
        let later = now + REFUSAL_LIFETIME;
        assert_eq!(sessions.find(&FlexToken("0".into()), later), None);
        sessions.refuse(&FlexToken("new".into()), later);
        assert_eq!(sessions.refused.lock().unwrap().len(), 1);
    }

    #[test]
    fn when_there_is_no_room_whoever_has_to_be_asked_about_again_makes_room_and_nobody_else() {
        let (sessions, now) = (Sessions::default(), Timestamp::UNIX_EPOCH);
        let count = || sessions.by_hash.lock().unwrap().len();
        let (fresh, late) = (FlexToken("fresh".into()), FlexToken("late".into()));
        for n in 1..MOST_SESSIONS {
            sessions.remember(&FlexToken(n.to_string()), ann(), now, None);
        }
        sessions.remember(&fresh, ann(), now + LIFETIME / 2, None);
        assert_eq!(count(), MOST_SESSIONS);
        sessions.remember(&late, ann(), now + LIFETIME / 2, None);
        assert_eq!((count(), sessions.has_known(&late, now)), (MOST_SESSIONS, false));
        sessions.remember(&late, ann(), now + LIFETIME, None);
        assert_eq!(count(), 2);
        assert!(sessions.has_known(&fresh, now + LIFETIME) && sessions.has_known(&late, now + LIFETIME));
    }

    #[test]
    fn who_left_long_ago_takes_no_room() {
        let (sessions, now) = (Sessions::default(), Timestamp::UNIX_EPOCH);
        let end = now + Duration::from_secs(10);
        sessions.remember(&FlexToken("gone".into()), ann(), now, Some(end));
        sessions.remember(&FlexToken("here".into()), ann(), end, None);
        assert_eq!(sessions.by_hash.lock().unwrap().len(), 1);
    }
}
