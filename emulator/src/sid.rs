//! SIDs: two capital letters and 32 lower-case hexadecimal digits, at random or derived from a name.
//!
//! <https://www.twilio.com/docs/glossary/what-is-a-sid>

use std::cell::RefCell;

use rand::rngs::SmallRng;
use rand::{Rng, RngCore, SeedableRng};
use sha2::{Digest, Sha256};

thread_local! {
    /// Where this thread draws from when a seed was given; the system's randomness otherwise.
    static SEEDED: RefCell<Option<SmallRng>> = const { RefCell::new(None) };
}

/// From now on everything that is random in the emulator follows from `seed`, as far as it is drawn on this thread.
pub fn seed_this_thread(seed: u64) {
    SEEDED.set(Some(SmallRng::seed_from_u64(seed)));
}

fn draw<T>(of: impl FnOnce(&mut dyn RngCore) -> T) -> T {
    SEEDED.with_borrow_mut(|seeded| match seeded {
        Some(seeded) => of(seeded),
        None => of(&mut rand::rng()),
    })
}

/// A new SID with a prefix of two capital letters.
#[must_use]
pub(crate) fn random_sid(prefix: &str) -> String {
    format!("{prefix}{}", random_hex(16))
}

/// `bytes` random bytes in lower-case hexadecimal.
#[must_use]
pub(crate) fn random_hex(bytes: usize) -> String {
    let mut drawn = vec![0; bytes];
    draw(|source| source.fill_bytes(&mut drawn));
    drawn.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The four random digits in the name of a domain.
#[must_use]
pub(crate) fn random_digits() -> u32 {
    draw(|source| source.random_range(1000..10_000))
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
    fn a_seed_repeats_what_is_random() {
        let drawn = |seed| {
            seed_this_thread(seed);
            (random_sid("ZB"), random_digits())
        };
        assert_eq!(drawn(1), drawn(1));
        assert_ne!(drawn(1), drawn(2));
    }

    #[test]
    fn a_random_sid_looks_like_one_and_a_name_does_not() {
        assert!(looks_like_sid(&random_sid("MP")));
        assert!(!looks_like_sid("AgentExtensionMaps"));
        assert!(!looks_like_sid("é"));
    }
}
