//! What a caller can key in at all.
//!
//! Knows nothing of the rules of an account.

/// The most digits Studio's Gather Input widget collects, and so the longest number a caller can key in.
///
/// <https://www.twilio.com/docs/studio/widget-library/gather-input-call>
pub(crate) const MOST_DIGITS: usize = 30;

/// Whether a text has only the digits 0 to 9. Other scripts have digits too, but no key of a phone.
pub(crate) fn are_digits(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether a caller can key a text in.
pub(crate) fn can_be_dialled(text: &str) -> bool {
    are_digits(text) && (1..=MOST_DIGITS).contains(&text.len())
}
