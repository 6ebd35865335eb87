//! Whether each folder's module says what it is for.
//!
//! Knows the words with which a header tells it, not whether it is true.

use crate::modules::{Crate, Module, crates};
use crate::sources::Source;

/// The rule, as ARCHITECTURE.md states it.
pub(crate) const SENTENCE: &str = "13. A folder says what it is for";

/// Words that tell what may be called from outside; a name in backticks does, too.
const CALLED: [&str; 3] = ["From outside", "Call ", "`"];

/// Words that tell what is not known.
const UNKNOWN: [&str; 7] =
    ["not know", "nows no ", "nows nothing", "nows neither", "Does not", "does not", "nothing of"];

/// The module files of folders and crates that leave something unsaid, and what.
pub(crate) fn missing(sources: &[Source]) -> Vec<String> {
    let text_of = |file: &str| {
        let source = sources.iter().find(|source| source.path == file);
        source.map_or("", |source| source.text.as_str())
    };
    let in_crate = |of: &Crate| -> Vec<String> {
        let files = of.modules.iter().filter(|module| is_of_a_folder(of, module)).map(|module| &module.file);
        files.filter_map(|file| Some(format!("{file}: {}", unsaid(text_of(file))?))).collect()
    };
    crates(sources).iter().flat_map(in_crate).collect()
}

/// Whether a module stands for a folder, be it one of tests, or for a library.
fn is_of_a_folder(of: &Crate, module: &Module) -> bool {
    let is_binary = module.file.ends_with("src/main.rs");
    !module.is_inline && !is_binary && module.children.values().any(|child| !of.modules[*child].is_inline)
}

/// What a header leaves unsaid.
fn unsaid(text: &str) -> Option<&'static str> {
    let lines = text.lines().map_while(|line| line.strip_prefix("//!")).filter(|line| !line.trim().is_empty());
    let lines: Vec<_> = lines.collect();
    let has = |words: &[&str]| lines.iter().any(|line| words.iter().any(|word| line.contains(word)));
    if lines.len() < 3 {
        Some("less than three lines")
    } else if !has(&CALLED) {
        Some("not what may be called from outside")
    } else if !has(&UNKNOWN) {
        Some("not what it does not know")
    } else {
        None
    }
}
