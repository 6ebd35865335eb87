//! Printing to a pipe whose reader may be gone, such as `head`.

use std::io::Write;

/// Prints a text and a line break. That nobody reads it any more is no failure.
pub(super) fn print_line(text: &str) {
    let mut out = std::io::stdout().lock();
    let _ = writeln!(out, "{text}").and_then(|()| out.flush());
}
