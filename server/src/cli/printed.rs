//! Printing to a reader who may leave, such as `head`.
//!
//! Knows nothing of what is printed.

use std::io::Write;

/// Prints a text and a line break. Nobody being left to read it is no failure.
pub(super) fn print(text: &str) {
    let mut out = std::io::stdout().lock();
    let _ = writeln!(out, "{text}").and_then(|()| out.flush());
}
