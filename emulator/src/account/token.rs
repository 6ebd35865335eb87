//! Flex tokens: three-part texts shaped like a JWT (RFC 7519), signed by the account.
//!
//! Clients must treat them as opaque. Knows nothing of the account's rules about which ones still count.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit, Mac};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::Sha256;

use crate::sid::random_hex;

/// A person who can sign in to Flex.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct User {
    /// The login name, an e-mail address.
    pub realm_user_id: String,
    /// The name that colleagues see.
    pub full_name: String,
    /// Flex roles: `admin`, `supervisor`, `agent`.
    pub roles: Vec<String>,
    /// The Worker that Flex keeps for the person (`WK…`).
    pub worker_sid: String,
    /// The Flex user (`FU…`).
    pub flex_user_sid: String,
}

/// A token that was just given out. Has no Debug output, because a token is a secret.
pub struct IssuedToken {
    /// The token itself.
    pub token: String,
    /// When it stops being valid.
    pub expires_at: Timestamp,
}

/// What a valid token says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TokenInfo {
    /// The login name with everything but letters and digits written as `_XX`, hexadecimal.
    pub identity: String,
    /// The login name, an e-mail address.
    pub realm_user_id: String,
    /// The name that colleagues see.
    pub full_name: String,
    /// Flex roles: `admin`, `supervisor`, `agent`.
    pub roles: Vec<String>,
    /// The person's Worker (`WK…`).
    pub worker_sid: String,
    /// The Flex user (`FU…`).
    pub flex_user_sid: String,
    /// When it stops being valid.
    pub expires_at: Timestamp,
}

/// Why a token does not count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TokenError {
    /// This account did not sign it.
    #[error("the token is not valid")]
    Invalid,
    /// Its time has passed, or it was expired by hand.
    #[error("the token is expired")]
    Expired,
}

/// What is signed. Instants are microseconds since 1970, so that a token issued right after
/// older ones were expired by hand is still told apart from them.
#[derive(Serialize, Deserialize)]
pub(super) struct Claims {
    jti: String,
    sub: String,
    pub(super) iat: i64,
    pub(super) exp: i64,
    pub(super) identity: String,
    realm_user_id: String,
    full_name: String,
    roles: Vec<String>,
    worker_sid: String,
    flex_user_sid: String,
}

/// The login name as Flex writes an identity: `ann.lee@example.com` is `ann_2Elee_40example_2Ecom`.
#[must_use]
pub fn escape_identity(realm_user_id: &str) -> String {
    let mut identity = String::with_capacity(realm_user_id.len());
    for byte in realm_user_id.bytes() {
        if byte.is_ascii_alphanumeric() {
            identity.push(char::from(byte));
        } else {
            identity.push_str(&format!("_{byte:02X}"));
        }
    }
    identity
}

impl Claims {
    pub(super) fn new(account_sid: &str, user: &User, now: i64, lifetime: i64) -> Self {
        Self {
            jti: random_hex(8),
            sub: account_sid.to_owned(),
            iat: now,
            exp: now.saturating_add(lifetime),
            identity: escape_identity(&user.realm_user_id),
            realm_user_id: user.realm_user_id.clone(),
            full_name: user.full_name.clone(),
            roles: user.roles.clone(),
            worker_sid: user.worker_sid.clone(),
            flex_user_sid: user.flex_user_sid.clone(),
        }
    }

    pub(super) fn sign(&self, key: &str) -> String {
        let header = URL_SAFE_NO_PAD.encode(r#"{"alg":"HS256","typ":"JWT","cty":"twilio-fpa;v=1"}"#);
        let payload = URL_SAFE_NO_PAD.encode(serde_json::to_vec(self).unwrap_or_default());
        let signed = format!("{header}.{payload}");
        let signature = URL_SAFE_NO_PAD.encode(mac(key, &signed).finalize().into_bytes());
        format!("{signed}.{signature}")
    }

    pub(super) fn read(token: &str, key: &str) -> Result<Self, TokenError> {
        let (signed, signature) = token.rsplit_once('.').ok_or(TokenError::Invalid)?;
        let signature = URL_SAFE_NO_PAD.decode(signature).map_err(|_| TokenError::Invalid)?;
        mac(key, signed).verify_slice(&signature).map_err(|_| TokenError::Invalid)?;
        let (_, payload) = signed.split_once('.').ok_or(TokenError::Invalid)?;
        let payload = URL_SAFE_NO_PAD.decode(payload).map_err(|_| TokenError::Invalid)?;
        serde_json::from_slice(&payload).map_err(|_| TokenError::Invalid)
    }
}

/// HMAC (RFC 2104) takes a key of any length, so there is no error to pass on.
fn mac(key: &str, message: &str) -> Hmac<Sha256> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key.as_bytes()).expect("HMAC takes a key of any length");
    mac.update(message.as_bytes());
    mac
}

impl From<Claims> for TokenInfo {
    fn from(claims: Claims) -> Self {
        Self {
            expires_at: Timestamp::from_microsecond(claims.exp).unwrap_or(Timestamp::MAX),
            identity: claims.identity,
            realm_user_id: claims.realm_user_id,
            full_name: claims.full_name,
            roles: claims.roles,
            worker_sid: claims.worker_sid,
            flex_user_sid: claims.flex_user_sid,
        }
    }
}

impl From<TokenInfo> for User {
    fn from(info: TokenInfo) -> Self {
        Self {
            realm_user_id: info.realm_user_id,
            full_name: info.full_name,
            roles: info.roles,
            worker_sid: info.worker_sid,
            flex_user_sid: info.flex_user_sid,
        }
    }
}
