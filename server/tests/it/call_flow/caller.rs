//! What a caller does each time an extension is asked for.
//!
//! Knows nothing of widgets but how Gather Input listens.
//! <https://www.twilio.com/docs/studio/widget-library/gather-input-call>

use call_flow::definition::Widget;

/// What a caller does when asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum CallerAction {
    /// Presses these keys, then pauses.
    Keys(String),
    /// Says something instead.
    Speaks,
    /// Nothing.
    Waits,
}

/// What Gather Input makes of it: its event, and the digits of a `keypress`.
pub(crate) fn heard(gather: &Widget, action: &CallerAction) -> (&'static str, Option<String>) {
    let keys = match action {
        CallerAction::Waits => return ("timeout", None),
        CallerAction::Speaks => return ("speech", None),
        CallerAction::Keys(keys) => keys,
    };
    let most = gather.number("number_of_digits").filter(|most| *most > 0);
    let finish_on_key = gather.text("finish_on_key").unwrap_or("#");
    let mut digits = String::new();
    for key in keys.chars() {
        if finish_on_key.contains(key) {
            break;
        }
        digits.push(key);
        if most.is_some_and(|most| digits.len() as u64 >= most) {
            break;
        }
    }
    if digits.is_empty() { ("timeout", None) } else { ("keypress", Some(digits)) }
}
