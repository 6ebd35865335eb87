//! Files of settings: one `NAME=value` on a line, as shells and the Twilio toolkit read them.
//!
//! Does not know which settings there are.

use std::path::Path;

use anyhow::{Context, anyhow};

use super::{Variables, strings};

/// The mark that editors on Windows put before UTF-8 text.
const BYTE_ORDER_MARK: char = '\u{feff}';

/// The variables in a file; none without a name.
///
/// # Errors
///
/// When the file can not be read or has a line that is no setting. The line is named by its number: it may hold a
/// secret.
pub(super) fn read_if_named(file: Option<&Path>) -> anyhow::Result<Variables> {
    let Some(file) = file else { return Ok(Variables::new()) };
    let bytes = std::fs::read(file).with_context(|| strings::no_settings(file))?;
    variables(&bytes).map_err(|UnreadableLine(number)| anyhow!(strings::no_setting(file, number)))
}

/// The number of a line that is no setting; the first line is 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct UnreadableLine(usize);

/// The variables in the content of a file.
fn variables(content: &[u8]) -> Result<Variables, UnreadableLine> {
    let text = std::str::from_utf8(content).map_err(|error| {
        let before = &content[..error.valid_up_to()];
        UnreadableLine(1 + before.iter().filter(|byte| **byte == b'\n').count())
    })?;
    let text = text.strip_prefix(BYTE_ORDER_MARK).unwrap_or(text);
    parsed(text).ok_or_else(|| first_unreadable(text))
}

/// The variables in a text; none if any line is no setting. What the parser says of such a line repeats it, so that is
/// dropped here.
fn parsed(text: &str) -> Option<Variables> {
    // The parser wants an end even of a last line that ends with a space.
    let text = format!("{text}\n");
    dotenvy::from_read_iter(text.as_bytes()).collect::<Result<_, _>>().ok()
}

/// Where the first setting begins that can not be read: behind the longest beginning of the text that can.
fn first_unreadable(text: &str) -> UnreadableLine {
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let is_readable = |count: &usize| parsed(&lines[..*count].concat()).is_some();
    UnreadableLine(1 + (0..lines.len()).rev().find(is_readable).unwrap_or_default())
}

/// The variables in a file; none if there is no such file.
///
/// # Errors
///
/// When the file has a line that is no setting.
pub(super) fn read_if_there(file: &Path) -> anyhow::Result<Variables> {
    read_if_named(Some(file).filter(|file| file.exists()))
}

/// The text of a file after variables were set in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Updated {
    pub(super) text: String,
    /// The names of the variables that were not set so before.
    pub(super) changed: Vec<String>,
}

/// Sets variables in the text of a file. Lines about anything else stay as they are.
pub(super) fn set_variables(text: &str, variables: &[(&str, &str)]) -> Updated {
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let mut changed = Vec::new();
    for (name, value) in variables {
        let line = format!("{name}={}", quoted(value));
        match lines.iter().rposition(|line| name_of(line) == Some(name)) {
            Some(index) if value_of(&lines[index]).as_deref() == Some(value) => continue,
            Some(index) => lines[index] = line,
            None => lines.push(line),
        }
        changed.push((*name).to_owned());
    }
    Updated { text: lines.join("\n") + "\n", changed }
}

/// The variable that a line sets.
fn name_of(line: &str) -> Option<&str> {
    let line = line.trim_start_matches(BYTE_ORDER_MARK).trim_start();
    let line = line.strip_prefix("export ").unwrap_or(line);
    line.split_once('=').map(|(name, _)| name.trim()).filter(|name| !name.starts_with('#'))
}

fn value_of(line: &str) -> Option<String> {
    dotenvy::from_read_iter(line.as_bytes()).next()?.ok().map(|(_, value)| value)
}

/// A value as both shells and `.env` readers take it.
fn quoted(value: &str) -> String {
    let plain = |character: char| character.is_ascii_alphanumeric() || "._-:/,+@".contains(character);
    if value.chars().all(plain) { value.to_owned() } else { format!("'{}'", value.replace('\'', "'\\''")) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_line_that_is_no_setting_is_named_by_its_number() {
        for (text, number) in [
            ("TWILIO_AUTH_TOKEN=\"0123\n", 1),
            ("A=1\n# b\n\nB='two\nlines'\nnothing\nC=3\n", 6),
            ("A=1\nB='open\nC=3\n", 2),
            ("A=1\r\nB b=2\r\n", 2),
        ] {
            assert_eq!(variables(text.as_bytes()), Err(UnreadableLine(number)), "{text}");
        }
        assert_eq!(variables(b"A=1\nB=\xff\n"), Err(UnreadableLine(2)));
    }

    #[test]
    fn a_mark_before_the_text_and_a_space_behind_it_are_no_part_of_it() {
        let read = variables("\u{feff}A=1\nB=2 ".as_bytes()).unwrap();
        assert_eq!(read, Variables::from([("A".to_owned(), "1".to_owned()), ("B".to_owned(), "2".to_owned())]));
        assert_eq!(set_variables("\u{feff}A=1\n", &[("A", "2")]).text, "A=2\n");
    }

    proptest! {
        #[test]
        fn whatever_a_file_holds_it_is_read_or_one_of_its_lines_is_named(content in any::<Vec<u8>>()) {
            let lines = 1 + content.iter().filter(|byte| **byte == b'\n').count();
            if let Err(UnreadableLine(number)) = variables(&content) {
                prop_assert!((1..=lines).contains(&number));
            }
        }

        #[test]
        fn a_file_that_is_almost_one_is_read_or_one_of_its_lines_is_named(text in "([A-Z]{1,3}[= ]['\"$\\\\{}a-z #=]{0,9}\r?\n){0,6}") {
            if let Err(UnreadableLine(number)) = variables(text.as_bytes()) {
                prop_assert!((1..=text.lines().count()).contains(&number));
            }
        }
    }

    #[test]
    fn foreign_lines_stay_and_only_what_differs_is_written() {
        let text = "# mine\nOTHER='x y'\nexport A=1\nB=\"2\"\n\nB_2=3\n";
        let variables = [("A", "9"), ("B", "2"), ("C", "it's")];
        let updated = set_variables(text, &variables);
        assert_eq!(updated.text, "# mine\nOTHER='x y'\nA=9\nB=\"2\"\n\nB_2=3\nC='it'\\''s'\n");
        assert_eq!(updated.changed, ["A", "C"]);
        assert_eq!(value_of("C='it'\\''s'").as_deref(), Some("it's"));
        let again = set_variables(&updated.text, &variables);
        assert_eq!(again, Updated { changed: Vec::new(), ..updated });
    }

    #[test]
    fn an_empty_file_gets_every_variable() {
        let updated = set_variables("", &[("A", "1")]);
        assert_eq!(updated, Updated { text: "A=1\n".to_owned(), changed: vec!["A".to_owned()] });
    }
}
