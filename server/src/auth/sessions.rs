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
use super::token_hash::{TokenHash, hash};
use super::underway::Underway;

/// For how long a person is remembered; so a revoked token is noticed after this long at the latest.
const LIFETIME: Duration = Duration::from_secs(60);
/// More people than this are not remembered at once.
const MOST_SESSIONS: usize = 10_000;

/// For how long a token is remembered that is not valid.
const REFUSAL_LIFETIME: Duration = Duration::from_secs(10);
/// More refused tokens than this are not remembered at once. They are kept apart from the people, so that no number of
/// them puts anybody out.
const MOST_REFUSALS: usize = 1_000;

/// The people seen lately, and the tokens refused lately.
#[derive(Default)]
pub(crate) struct Sessions {
    by_hash: Mutex<HashMap<TokenHash, (Person, Timestamp)>>,
    refused: Mutex<HashMap<TokenHash, Timestamp>>,
    pub(super) underway: Underway,
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
        if let Some((person, _)) = sessions.get(&hash).filter(|(_, until)| *until > now) {
            return Some(Remembered::Person(person.clone()));
        }
        let refused = self.refused.lock().unwrap_or_else(PoisonError::into_inner);
        refused.get(&hash).filter(|until| **until > now).map(|_| Remembered::Refused)
    }

    /// Remembers a person, never beyond the token's own expiration.
    pub(super) fn remember(&self, token: &FlexToken, person: Person, now: Timestamp, expiration: Option<Timestamp>) {
        let longest = now + LIFETIME;
        let until = expiration.map_or(longest, |end| end.min(longest));
        let mut sessions = self.by_hash.lock().unwrap_or_else(PoisonError::into_inner);
        sessions.retain(|_, (_, until)| *until > now);
        if sessions.len() < MOST_SESSIONS {
            sessions.insert(hash(token), (person, until));
        }
    }

    /// Remembers that a token is not valid.
    pub(super) fn refuse(&self, token: &FlexToken, now: Timestamp) {
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
}
