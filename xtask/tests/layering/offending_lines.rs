//! The lines of a file that break a rule: those with a word, a part, a path or a dependency in them.
//!
//! Knows how to look for them, not which rule they break.

use crate::sources::{Source, code_of};
use crate::use_paths::{self, NamedPath};

/// The first line of code that has one of `words` as a whole word.
pub(crate) fn word(source: &Source, words: &[&str]) -> Option<String> {
    let is_word = |character: char| character.is_alphanumeric() || character == '_';
    let has = |line: &&&str| line.split(|character| !is_word(character)).any(|found| words.contains(&found));
    code_of(source).iter().find(has).map(|line| line.trim().to_owned())
}

/// The first line of code that contains one of `parts`.
pub(crate) fn part(source: &Source, parts: &[&str]) -> Option<String> {
    let has = |line: &&&str| parts.iter().any(|part| line.contains(part));
    code_of(source).iter().find(has).map(|line| line.trim().to_owned())
}

/// The first path to one of `modules` of the standard library, however its `use` is written.
pub(crate) fn std_module(source: &Source, modules: &[&str]) -> Option<String> {
    let is_one = |path: &&NamedPath| {
        let mut segments = path.segments.iter().map(String::as_str).filter(|segment| !segment.is_empty());
        segments.next() == Some("std") && segments.next().is_some_and(|module| modules.contains(&module))
    };
    let contents = use_paths::read(&source.path, &source.text);
    contents.paths().into_iter().find(is_one).map(|path| path.segments.join("::"))
}

/// The first line that chooses a status; a pattern that looks at somebody else's is no choice.
pub(crate) fn chosen_status(source: &Source) -> Option<String> {
    let choice = |line: &&&str| line.rsplit("=>").next().is_some_and(|line| line.contains("StatusCode::"));
    code_of(source).iter().find(choice).map(|line| line.trim().to_owned())
}

/// The first line of a manifest that names one of `crates` as a dependency.
pub(crate) fn dependency(source: &Source, crates: &[&str]) -> Option<String> {
    let key = |line: &str| line.split(['.', '=', ' ']).next().unwrap_or_default().trim_matches('"').to_owned();
    source.text.lines().find(|line| crates.contains(&key(line).as_str())).map(str::to_owned)
}

/// The name of a file or folder that says nothing of what is in it.
pub(crate) fn catch_all_name(path: &str) -> Option<String> {
    let names = ["utils", "util", "common", "helpers", "helper", "misc"];
    path.split(['/', '.']).find(|name| names.contains(name)).map(str::to_owned)
}
