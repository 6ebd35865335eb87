//! Remembers for a short while who is behind a token, so that polling does not ask Twilio every time.
//!
//! Knows nothing of roles. Only the hash of a token is kept.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use jiff::Timestamp;
use sha2::{Digest, Sha256};
use shared::wire::FlexToken;

use super::Person;

/// For how long a person is remembered; so a revoked token is noticed after this long at the latest.
const LIFETIME: Duration = Duration::from_secs(60);
/// More people than this are not remembered at once.
const MOST_SESSIONS: usize = 10_000;

/// The people seen lately.
#[derive(Default)]
pub(crate) struct Sessions {
    by_hash: Mutex<HashMap<[u8; 32], (Person, Timestamp)>>,
}

impl Sessions {
    /// The person behind a token that was found valid a moment ago.
    pub(crate) fn find(&self, token: &FlexToken, now: Timestamp) -> Option<Person> {
        let sessions = self.by_hash.lock().unwrap_or_else(PoisonError::into_inner);
        sessions.get(&hash(token)).filter(|(_, until)| *until > now).map(|(person, _)| person.clone())
    }

    /// Remembers a person, never beyond the token's own expiration.
    pub(crate) fn remember(&self, token: &FlexToken, person: Person, now: Timestamp, expiration: Option<Timestamp>) {
        let longest = now + LIFETIME;
        let until = expiration.map_or(longest, |end| end.min(longest));
        let mut sessions = self.by_hash.lock().unwrap_or_else(PoisonError::into_inner);
        sessions.retain(|_, (_, until)| *until > now);
        if sessions.len() < MOST_SESSIONS {
            sessions.insert(hash(token), (person, until));
        }
    }
}

fn hash(token: &FlexToken) -> [u8; 32] {
    Sha256::digest(token.0.as_bytes()).into()
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
        assert_eq!(sessions.find(&long, after(59)), Some(ann()));
        assert_eq!(sessions.find(&long, after(60)), None);
        assert_eq!(sessions.find(&short, after(9)), Some(ann()));
        assert_eq!(sessions.find(&short, after(10)), None);
        assert_eq!(sessions.find(&FlexToken("other".into()), now), None);
    }
}
