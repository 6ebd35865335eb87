//! Files of settings: one `NAME=value` on a line, as shells and the Twilio toolkit read them.
//!
//! Does not know which settings there are.

use std::path::Path;

use anyhow::Context;

use super::{Variables, strings};

/// The variables in a file; none without a name.
///
/// # Errors
///
/// When the file can not be read or has a line that is no setting.
pub(super) fn read_if_named(file: Option<&Path>) -> anyhow::Result<Variables> {
    let Some(file) = file else { return Ok(Variables::new()) };
    let unreadable = || strings::no_settings(file);
    let lines = dotenvy::from_path_iter(file).with_context(unreadable)?;
    lines.collect::<Result<_, _>>().with_context(unreadable)
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
    let line = line.trim_start();
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
