//! What is kept of a Flex token in the place of the token.

use sha2::{Digest, Sha256};
use shared::wire::FlexToken;

/// The SHA-256 of a token.
pub(super) type TokenHash = [u8; 32];

/// The hash of a token.
pub(super) fn hash(token: &FlexToken) -> TokenHash {
    Sha256::digest(token.0.as_bytes()).into()
}
