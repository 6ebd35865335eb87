//! Finds the shell blocks of a Markdown file, and the mark that says who runs each.
//!
//! Knows Markdown's fences and our marks, not how a block is run.

use anyhow::{Result, bail};

/// Who runs a block. The mark is an HTML comment on the line before the block, which readers do not see.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Mark {
    /// No mark: this step runs it.
    RunHere,
    /// `<!-- runs until stopped -->`: this step starts it, waits until it answers, and stops it.
    UntilStopped,
    /// `<!-- needs an account: why -->`: nobody here can run it.
    NeedsAccount(String),
    /// `<!-- run by: STEP -->`: that step of `cargo xtask test` runs it.
    RunBy(String),
}

/// The step that takes its commands from the document itself, as marks name it.
pub(crate) const CONTAINER_STEP: &str = "container";

/// A shell block of a document.
#[derive(Clone, Debug)]
pub(crate) struct Block {
    /// Path of the document from the root of the checkout.
    pub(crate) file: String,
    /// The line of its fence, counted from 1.
    pub(crate) line: usize,
    /// Whether it shows commands after `$ ` with what they print, rather than a script.
    pub(crate) is_dialogue: bool,
    /// Its lines, without the indentation of the fence.
    pub(crate) text: String,
    /// Who runs it.
    pub(crate) mark: Mark,
}

impl Block {
    /// `docs/deploy.md:12`
    pub(crate) fn place(&self) -> String {
        format!("{}:{}", self.file, self.line)
    }

    /// Its first line that does something, to know it by.
    pub(crate) fn first_line(&self) -> &str {
        let prepares = |line: &&str| ["#", "cd ", "set -a"].iter().any(|start| line.starts_with(start));
        self.text.lines().find(|line| !prepares(line)).unwrap_or_default()
    }
}

/// The shell blocks (`sh`, `bash`, `console`) of the document `file` with the contents `text`.
///
/// # Errors
///
/// When a fence names no language, since a shell block could hide there; when a mark is none that we know; when a
/// block is not closed.
pub(crate) fn shell_blocks(file: &str, text: &str) -> Result<Vec<Block>> {
    let mut found = Vec::new();
    let mut before = "";
    let mut lines = text.lines().enumerate();
    while let Some((index, line)) = lines.next() {
        let Some(language) = line.trim_start().strip_prefix("```") else {
            before = if line.trim().is_empty() { before } else { line };
            continue;
        };
        let (place, indent) = (format!("{file}:{}", index + 1), line.len() - line.trim_start().len());
        if language.is_empty() {
            bail!("{place}: the block names no language; write sh, console, json, text, ...");
        }
        let mut body = String::new();
        loop {
            let Some((_, inside)) = lines.next() else { bail!("{place}: the block is not closed") };
            if inside.trim() == "```" {
                break;
            }
            body += inside.get(indent..).unwrap_or_else(|| inside.trim_start());
            body.push('\n');
        }
        if matches!(language, "sh" | "bash" | "console") {
            let mark = mark_of(before.trim()).map_err(|error| error.context(place))?;
            let (file, is_dialogue) = (file.to_owned(), language == "console");
            found.push(Block { file, line: index + 1, is_dialogue, text: body, mark });
        }
        before = "";
    }
    Ok(found)
}

fn mark_of(before: &str) -> Result<Mark> {
    let Some(comment) = before.strip_prefix("<!--").and_then(|rest| rest.strip_suffix("-->")) else {
        return Ok(Mark::RunHere);
    };
    let (key, value) = comment.split_once(':').unwrap_or((comment, ""));
    match (key.trim(), value.trim()) {
        ("runs until stopped", "") => Ok(Mark::UntilStopped),
        ("needs an account", why) if !why.is_empty() => Ok(Mark::NeedsAccount(why.to_owned())),
        ("run by", step) if !step.is_empty() => Ok(Mark::RunBy(step.to_owned())),
        _ => bail!("`{before}` is no mark; known are `needs an account: why`, `run by: step` and `runs until stopped`"),
    }
}

#[cfg(test)]
mod tests {
    use super::{Mark, shell_blocks};

    #[test]
    fn a_block_is_found_with_its_place_its_mark_and_without_its_indentation() {
        let text = "Text\n\n<!-- needs an account: it deploys -->\n```sh\ntwilio x\n```\n\n1. List\n   ```console\n   $ a\n   b\n   ```\n";
        let blocks = shell_blocks("docs/a.md", text).unwrap();
        let [deploy, dialogue] = blocks.as_slice() else { panic!("{blocks:?}") };
        assert_eq!(deploy.place(), "docs/a.md:4");
        assert!(!deploy.is_dialogue);
        assert_eq!(deploy.mark, Mark::NeedsAccount("it deploys".to_owned()));
        assert_eq!(dialogue.text, "$ a\nb\n");
        assert!(dialogue.is_dialogue);
        assert_eq!(dialogue.mark, Mark::RunHere, "a mark is for one block only");
    }

    #[test]
    fn other_languages_are_left_alone() {
        assert!(shell_blocks("a.md", "```json\n{}\n```\n").unwrap().is_empty());
    }

    #[test]
    fn a_block_without_a_language_an_unknown_mark_and_an_open_block_are_refused() {
        for text in ["```\nls\n```\n", "<!-- needs account -->\n```sh\nls\n```\n", "```sh\nls\n"] {
            assert!(shell_blocks("a.md", text).is_err(), "{text}");
        }
    }
}
