//! SIDs: two capital letters and 32 lower-case hexadecimal digits, at random or derived from a name.
//!
//! <https://www.twilio.com/docs/glossary/what-is-a-sid>

use sha2::{Digest, Sha256};

/// A new SID with a prefix of two capital letters.
#[must_use]
pub(crate) fn random_sid(prefix: &str) -> String {
    format!("{prefix}{}", random_hex(16))
}

/// `bytes` random bytes in lower-case hexadecimal.
#[must_use]
pub(crate) fn random_hex(bytes: usize) -> String {
    (0..bytes).map(|_| format!("{:02x}", rand::random::<u8>())).collect()
}

/// The SID that belongs to a name within an account: the same every time.
#[must_use]
pub(crate) fn derived_sid(prefix: &str, account_sid: &str, name: &str) -> String {
    let hash = Sha256::digest(format!("{account_sid}/{prefix}/{name}"));
    let hex: String = hash.iter().take(16).map(|byte| format!("{byte:02x}")).collect();
    format!("{prefix}{hex}")
}

/// Whether a name has the shape of a SID.
#[must_use]
pub(crate) fn looks_like_sid(name: &str) -> bool {
    let (prefix, digits) = name.split_at_checked(2).unwrap_or_default();
    prefix.bytes().all(|byte| byte.is_ascii_uppercase())
        && digits.len() == 32
        && digits.bytes().all(|byte| byte.is_ascii_hexdigit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_random_sid_looks_like_one_and_a_name_does_not() {
        assert!(looks_like_sid(&random_sid("MP")));
        assert!(!looks_like_sid("AgentExtensionMaps"));
        assert!(!looks_like_sid("é"));
    }
}
