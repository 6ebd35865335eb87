//! The one account that the emulator keeps: its SIDs, its credentials and the Flex tokens that it gives out.
//! [`Account`] may be used by every product.
//! Does not know HTTP, nor who its people are: they are demo data.

mod sids;
mod token;

use std::collections::BTreeMap;
use std::sync::RwLock;
use std::time::Duration;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::clock::Clock;
use crate::sid::{derived_sid, random_digits, random_hex};
use crate::store::{Store, StoreError, Transaction};
pub use sids::Sids;
use token::Claims;
pub use token::{IssuedToken, TokenError, TokenInfo, User, escape_identity};

/// When the account was created, with what every account begins with, in microseconds since 1970: before any demo data.
pub const CREATED_AT: i64 = 1_767_225_600_000_000;

const ACCOUNT: &str = "account";
const NOT_BEFORE: &str = "account.not_before";

/// What stands for every identity among the instants before which tokens no longer count.
const EVERYBODY: &str = "";

/// A text that never shows in Debug output.
#[derive(Clone, Serialize, Deserialize)]
#[serde(transparent)]
struct Secret(String);

impl std::fmt::Debug for Secret {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("[redacted]")
    }
}

/// What is kept of the account on disk.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Record {
    sids: Sids,
    auth_token: Secret,
    signing_key: Secret,
    domain_base: String,
}

/// The account, its credentials and the rules by which its tokens are valid.
#[derive(Debug)]
pub struct Account {
    record: Record,
    token_lifetime: Duration,
    clock: Clock,
    not_before: RwLock<BTreeMap<String, i64>>,
}

impl Account {
    /// Reads the account from the storage, or makes one at random and keeps it there.
    ///
    /// # Errors
    ///
    /// [`StoreError`] when the storage cannot be read or written.
    pub fn open(store: &Store, token_lifetime: Duration, clock: Clock) -> Result<Self, StoreError> {
        let record = store.write(|tx| match tx.get(ACCOUNT, ACCOUNT)? {
            Some(record) => Ok::<_, StoreError>(record),
            None => {
                let record = Record::random();
                tx.put(ACCOUNT, ACCOUNT, &record)?;
                Ok(record)
            }
        })?;
        let mut not_before = BTreeMap::new();
        store.scan(
            NOT_BEFORE,
            std::ops::Bound::Unbounded,
            std::ops::Bound::Unbounded,
            false,
            |identity, at: i64| {
                not_before.insert(identity.to_owned(), at);
                true
            },
        )?;
        Ok(Self { record, token_lifetime, clock, not_before: RwLock::new(not_before) })
    }

    /// Writes the account back into a storage that was cleared. Tokens that were expired by hand stay expired.
    ///
    /// # Errors
    ///
    /// [`StoreError`] when the storage cannot be written.
    pub fn restore(&self, tx: &mut Transaction<'_>) -> Result<(), StoreError> {
        tx.put(ACCOUNT, ACCOUNT, &self.record)?;
        let not_before = self.not_before.read().unwrap_or_else(std::sync::PoisonError::into_inner);
        not_before.iter().try_for_each(|(identity, at)| tx.put(NOT_BEFORE, identity, at))
    }

    /// The SID of the account (`AC…`), which is also the user name of HTTP Basic.
    #[must_use]
    pub fn account_sid(&self) -> &str {
        &self.record.sids.account
    }

    /// The password of HTTP Basic, and the key of every X-Twilio-Signature.
    #[must_use]
    pub fn auth_token(&self) -> &str {
        &self.record.auth_token.0
    }

    /// The SID of the default Sync Service (`IS…`).
    #[must_use]
    pub fn sync_service_sid(&self) -> &str {
        &self.record.sids.sync_service
    }

    /// Every SID that the account was made with.
    #[must_use]
    pub fn sids(&self) -> &Sids {
        &self.record.sids
    }

    /// The domain of the Serverless Environment that the account was made with.
    #[must_use]
    pub fn domain(&self) -> String {
        format!("{}-dev.twil.io", self.record.domain_base)
    }

    /// The start of every domain of the Serverless Service: `<unique name>-<4 digits>`.
    #[must_use]
    pub fn domain_base(&self) -> &str {
        &self.record.domain_base
    }

    /// A SID that is the same for the same `name` as long as the account lives.
    #[must_use]
    pub fn sid_for(&self, prefix: &str, name: &str) -> String {
        derived_sid(prefix, self.account_sid(), name)
    }

    /// A new Flex token for a person.
    #[must_use]
    pub fn issue(&self, user: &User) -> IssuedToken {
        let lifetime = i64::try_from(self.token_lifetime.as_micros()).unwrap_or(i64::MAX);
        let claims = Claims::new(self.account_sid(), user, self.clock.now_microseconds(), lifetime);
        let expires_at = Timestamp::from_microsecond(claims.exp).unwrap_or(Timestamp::MAX);
        IssuedToken { token: claims.sign(&self.record.signing_key.0), expires_at }
    }

    /// A Flex token whose time has passed, for trying out what happens then.
    #[must_use]
    pub fn issue_expired(&self, user: &User) -> String {
        let hour = 3_600_000_000;
        let an_hour_ago = self.clock.now_microseconds() - hour;
        Claims::new(self.account_sid(), user, an_hour_ago - hour, hour).sign(&self.record.signing_key.0)
    }

    /// Who a Flex token was issued to.
    ///
    /// # Errors
    ///
    /// [`TokenError::Invalid`] when this account did not sign it, [`TokenError::Expired`] when its time has passed.
    pub fn verify(&self, token: &str) -> Result<TokenInfo, TokenError> {
        let claims = Claims::read(token, &self.record.signing_key.0)?;
        let not_before = self.not_before.read().unwrap_or_else(std::sync::PoisonError::into_inner);
        let revoked = [EVERYBODY, claims.identity.as_str()]
            .iter()
            .any(|identity| not_before.get(*identity).is_some_and(|at| claims.iat < *at));
        if revoked || claims.exp <= self.clock.now_microseconds() {
            return Err(TokenError::Expired);
        }
        Ok(claims.into())
    }

    /// From now on the tokens that were issued before are expired: those of one identity, or all of them.
    ///
    /// # Errors
    ///
    /// [`StoreError`] when the storage cannot be written.
    pub fn expire_tokens(&self, store: &Store, identity: Option<&str>) -> Result<(), StoreError> {
        let now = self.clock.now_microseconds();
        let identity = identity.unwrap_or(EVERYBODY);
        store.write(|tx| tx.put(NOT_BEFORE, identity, &now))?;
        let mut not_before = self.not_before.write().unwrap_or_else(std::sync::PoisonError::into_inner);
        not_before.insert(identity.to_owned(), now);
        Ok(())
    }
}

impl Record {
    fn random() -> Self {
        Self {
            sids: Sids::random(),
            auth_token: Secret(random_hex(16)),
            signing_key: Secret(random_hex(32)),
            domain_base: format!("serverless-{}", random_digits()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn user() -> User {
        User {
            realm_user_id: "ann.lee@example.com".into(),
            full_name: "Ann Lee".into(),
            roles: vec!["supervisor".into()],
            worker_sid: "WK0123456789abcdef0123456789abcdef".into(),
            flex_user_sid: "FU0123456789abcdef0123456789abcdef".into(),
        }
    }

    /// An account, and the storage that it is kept in.
    struct Opened {
        store: Store,
        account: Account,
    }

    fn open(folder: &tempfile::TempDir) -> Opened {
        let store = Store::open(&folder.path().join("store.redb")).unwrap();
        let account = Account::open(&store, Duration::from_secs(60), Clock::default()).unwrap();
        Opened { store, account }
    }

    #[test]
    fn the_account_and_its_tokens_survive_a_restart() {
        let folder = tempfile::tempdir().unwrap();
        let Opened { store, account } = open(&folder);
        let (sid, auth_token) = (account.account_sid().to_owned(), account.auth_token().to_owned());
        let IssuedToken { token, expires_at } = account.issue(&user());
        drop(store);
        let Opened { store: _store, account } = open(&folder);
        assert_eq!(account.account_sid(), sid.as_str());
        assert_eq!(account.auth_token(), auth_token.as_str());
        let info = account.verify(&token).unwrap();
        assert_eq!(info.identity, "ann_2Elee_40example_2Ecom");
        assert_eq!(info.expires_at, expires_at);
    }

    #[test]
    fn expiring_by_hand_ends_older_tokens_of_that_identity_and_lasts() {
        let folder = tempfile::tempdir().unwrap();
        let Opened { store, account } = open(&folder);
        let other = User { realm_user_id: "bo@example.com".into(), ..user() };
        let token = account.issue(&user()).token;
        let others = account.issue(&other).token;
        account.expire_tokens(&store, Some("ann_2Elee_40example_2Ecom")).unwrap();
        assert_eq!(account.verify(&token).unwrap_err(), TokenError::Expired);
        assert!(account.verify(&others).is_ok());
        assert!(account.verify(&account.issue(&user()).token).is_ok());
        drop(store);
        assert_eq!(open(&folder).account.verify(&token).unwrap_err(), TokenError::Expired);
    }

    #[test]
    fn a_token_that_was_touched_or_has_run_out_does_not_count() {
        let folder = tempfile::tempdir().unwrap();
        let Opened { store: _store, account } = open(&folder);
        let token = account.issue(&user()).token;
        assert_eq!(account.verify(&format!("{token}x")).unwrap_err(), TokenError::Invalid);
        assert_eq!(account.verify("garbage").unwrap_err(), TokenError::Invalid);
        assert_eq!(account.verify(&account.issue_expired(&user())).unwrap_err(), TokenError::Expired);
    }

    #[test]
    fn secrets_never_show_in_debug_output() {
        let folder = tempfile::tempdir().unwrap();
        let Opened { store: _store, account } = open(&folder);
        let debug = format!("{account:?}");
        assert!(!debug.contains(account.auth_token()));
        assert!(!debug.contains(&account.record.signing_key.0));
    }
}
