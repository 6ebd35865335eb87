//! Whether each folder's module says what it is for.
//!
//! Knows how long a header must be, not whether it is true.

use crate::modules::crates;
use crate::sources::Source;

/// The rule, as a failure quotes it.
pub(crate) const SENTENCE: &str = "A folder's module file begins with three lines of `//! `: what the folder is for, what may \
                                   be called from outside, what it does not know.";

/// The module files of folders that say less.
pub(crate) fn missing(sources: &[Source]) -> Vec<String> {
    let mut found = Vec::new();
    for of in crates(sources) {
        let is_in_a_folder = |child: &usize| !of.modules[*child].is_inline && !of.modules[*child].is_for_tests;
        let folders = of.modules.iter().skip(1).filter(|module| module.children.values().any(is_in_a_folder));
        let is_short = |file: &str| sources.iter().any(|source| source.path == file && header_lines(&source.text) < 3);
        found.extend(folders.map(|module| module.file.clone()).filter(|file| is_short(file)));
    }
    found
}

fn header_lines(text: &str) -> usize {
    text.lines().map_while(|line| line.strip_prefix("//!")).filter(|line| !line.trim().is_empty()).count()
}
