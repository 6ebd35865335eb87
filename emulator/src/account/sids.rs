//! SIDs: two capital letters and 32 lower-case hexadecimal digits, at random or derived from a name.
//!
//! Knows nothing of what they point at. <https://www.twilio.com/docs/glossary/what-is-a-sid>

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// The SIDs that an account is made with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sids {
    /// The account (`AC…`).
    pub account: String,
    /// The default Sync Service (`IS…`).
    pub sync_service: String,
    /// The Serverless Service (`ZS…`).
    pub serverless_service: String,
    /// Its Environment (`ZE…`).
    pub serverless_environment: String,
    /// The TaskRouter Workspace (`WS…`).
    pub workspace: String,
    /// The Flex instance (`GO…`).
    pub flex_instance: String,
    /// The Flex service instance, which is the default Conversations Service (`IS…`).
    pub flex_service_instance: String,
}

impl Sids {
    /// New ones.
    #[must_use]
    pub fn random() -> Self {
        Self {
            account: random_sid("AC"),
            sync_service: random_sid("IS"),
            serverless_service: random_sid("ZS"),
            serverless_environment: random_sid("ZE"),
            workspace: random_sid("WS"),
            flex_instance: random_sid("GO"),
            flex_service_instance: random_sid("IS"),
        }
    }
}

/// A new SID with a prefix of two capital letters.
#[must_use]
pub fn random_sid(prefix: &str) -> String {
    format!("{prefix}{}", random_hex(16))
}

/// `bytes` random bytes in lower-case hexadecimal.
#[must_use]
pub fn random_hex(bytes: usize) -> String {
    (0..bytes).map(|_| format!("{:02x}", rand::random::<u8>())).collect()
}

/// The SID that belongs to a name within an account: the same every time.
#[must_use]
pub fn derived_sid(prefix: &str, account_sid: &str, name: &str) -> String {
    let hash = Sha256::digest(format!("{account_sid}/{prefix}/{name}"));
    let hex: String = hash.iter().take(16).map(|byte| format!("{byte:02x}")).collect();
    format!("{prefix}{hex}")
}
