//! Flex around us: who is signed in, with which token, and what an administrator configured.
//!
//! The token is read whenever it is needed and kept nowhere.

use shared::wire::FlexToken;

use super::sync::SyncConnection;
use super::{Subscription, failure, json, sys};
use crate::model::Problem;

/// What the JavaScript entry handed over.
#[derive(Clone)]
pub struct Host(pub(super) sys::Host);

impl Host {
    /// Takes what the JavaScript entry handed over, on trust: it is ours.
    #[must_use]
    pub fn new(host: sys::Host) -> Self {
        Self(host)
    }

    /// The Flex user's present token; empty when nobody is signed in any more.
    #[must_use]
    pub fn token(&self) -> FlexToken {
        FlexToken(self.0.manager().user().token().unwrap_or_default())
    }

    /// The person's name: the Worker's full name, or what the identity was made from.
    #[must_use]
    pub fn user_name(&self) -> String {
        let attributes = json::get(&self.0.manager().worker_client(), "attributes");
        let full_name = json::get(&attributes, "full_name").as_string().filter(|name| !name.trim().is_empty());
        full_name.unwrap_or_else(|| unescape(&self.0.manager().user().identity().unwrap_or_default()))
    }

    /// Where the server is, without a slash at the end; none where nobody configured it.
    #[must_use]
    pub fn functions_base(&self) -> Option<String> {
        let base = self.0.functions_base()?;
        let base = base.trim().trim_end_matches('/');
        (!base.is_empty()).then(|| base.to_owned())
    }

    /// The name of the Sync Map that holds the draft.
    #[must_use]
    pub fn sync_map_name(&self) -> String {
        self.0.sync_map_name()
    }

    /// Calls back whenever Flex has a new token.
    pub fn on_token_updated(&self, mut listener: impl FnMut() + 'static) -> Subscription {
        Subscription::new(&self.0.manager().events(), "tokenUpdated", move |_| listener())
    }

    /// Opens a connection to Sync.
    ///
    /// # Errors
    ///
    /// [`Problem`] when nobody is signed in.
    pub fn connect(&self) -> Result<SyncConnection, Problem> {
        let client = self.0.create_sync_client(&self.token().0).map_err(|thrown| failure::problem(&thrown))?;
        Ok(SyncConnection::new(client))
    }
}

/// The user name that a Flex identity was made from: `_40` stands for `@`, and so on, in bytes of UTF-8.
fn unescape(identity: &str) -> String {
    let mut bytes = Vec::with_capacity(identity.len());
    let mut rest = identity;
    while let Some(at) = rest.find('_') {
        let (before, escaped) = rest.split_at(at);
        bytes.extend_from_slice(before.as_bytes());
        match escaped.get(1..3).and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            Some(byte) => {
                bytes.push(byte);
                rest = &escaped[3..];
            }
            None => {
                bytes.push(b'_');
                rest = &escaped[1..];
            }
        }
    }
    bytes.extend_from_slice(rest.as_bytes());
    String::from_utf8(bytes).unwrap_or_else(|_| identity.to_owned())
}

#[cfg(test)]
mod tests {
    use super::unescape;

    #[test]
    fn an_identity_is_shown_as_the_name_it_was_made_from() {
        assert_eq!(unescape("ann_40example_2Ecom"), "ann@example.com");
        assert_eq!(unescape("Zo_C3_AB"), "Zoë");
        assert_eq!(unescape("plain"), "plain");
        assert_eq!(unescape("a_zz_"), "a_zz_");
        assert_eq!(unescape("broken_FF"), "broken_FF");
    }
}
