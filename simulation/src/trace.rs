//! What happened in a run, line by line, for a person who replays it.
//!
//! Knows nothing of why it happened. SIDs are shown by their first digits, which tell them apart within a run.

use std::fmt::Write;
use std::sync::Mutex;
use std::time::Duration;

use crate::executor::lock;

/// The lines so far; none are kept where nobody is going to read them.
#[derive(Debug)]
pub(crate) struct Trace(Option<Mutex<Vec<String>>>);

impl Trace {
    /// A trace that keeps its lines, or one that drops them.
    #[must_use]
    pub(crate) fn new(is_kept: bool) -> Self {
        Self(is_kept.then(Mutex::default))
    }

    /// Adds a line; `line` is only made where lines are kept.
    pub(crate) fn add(&self, at: Duration, line: impl FnOnce() -> String) {
        if let Some(lines) = &self.0 {
            let line = format!("{:>9.3} s  {}", at.as_secs_f64(), shortened(&line()));
            lock(lines).push(line);
        }
    }

    /// All lines.
    #[must_use]
    pub(crate) fn lines(&self) -> Vec<String> {
        self.0.as_ref().map(|lines| lock(lines).clone()).unwrap_or_default()
    }
}

/// The text with each SID cut to its prefix and what tells it apart: `ZB12ab`; `WK…7` of a made-up Worker.
#[must_use]
pub(crate) fn shortened(text: &str) -> String {
    let mut short = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(position) = rest.find(|character: char| character.is_ascii_uppercase()) {
        let (before, from) = rest.split_at(position);
        short.push_str(before);
        match from.get(..34).filter(|sid| is_sid(sid)) {
            Some(sid) => {
                push_short(&mut short, sid);
                rest = &from[34..];
            }
            None => {
                short.push_str(&from[..1]);
                rest = &from[1..];
            }
        }
    }
    short + rest
}

fn is_sid(text: &str) -> bool {
    let (prefix, digits) = text.split_at(2);
    prefix.bytes().all(|byte| byte.is_ascii_uppercase()) && digits.bytes().all(|byte| byte.is_ascii_hexdigit())
}

fn push_short(short: &mut String, sid: &str) {
    let made_up = sid[2..].trim_start_matches('0');
    // Writing into a String can not fail.
    let _ =
        if made_up.len() <= 8 { write!(short, "{}…{made_up}", &sid[..2]) } else { write!(short, "{}", &sid[..6]) };
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sids_are_shown_by_what_tells_them_apart() {
        let text = "Build ZB0123456789abcdef0123456789abcdef of WK0000000000000000000000000000001f, Z";
        assert_eq!(shortened(text), "Build ZB0123 of WK…1f, Z");
    }
}
