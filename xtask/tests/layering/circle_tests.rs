//! The rule about circles, held against the sources and against made-up crates; and whether it sees every file.
//!
//! Knows what is refused, not how it is found.

use crate::circle_examples::{Example, HARMLESS, OFFENDERS};
use crate::sources::{Source, rust_files, source};
use crate::{modules, rooms};

fn circles_in(sources: &[Source]) -> Vec<String> {
    modules::crates(sources).iter().flat_map(rooms::circles).collect()
}

fn sources_of(example: &Example) -> Vec<Source> {
    let source = |(path, text): &(&str, &str)| Source { path: (*path).to_owned(), text: (*text).to_owned() };
    example.files.iter().map(source).collect()
}

#[test]
fn rooms_never_know_each_other_in_a_circle() {
    let found = circles_in(&rust_files());
    assert!(found.is_empty(), "\n{}\n    rule: {}", found.join("\n"), rooms::SENTENCE);
}

#[test]
fn every_way_to_make_a_circle_is_found_and_shown_import_by_import() {
    for example in OFFENDERS {
        assert_eq!(circles_in(&sources_of(example)), example.circles, "{}", example.what);
    }
}

#[test]
fn what_makes_no_circle_is_left_alone() {
    for example in HARMLESS {
        assert_eq!(circles_in(&sources_of(example)), example.circles, "{}", example.what);
    }
}

#[test]
fn every_source_is_a_module_of_its_crate() {
    let sources = rust_files();
    let found = modules::unreached(&sources);
    assert!(found.is_empty(), "nothing declares {found:#?}: what is imported there is not seen");
}

#[test]
fn a_source_that_nothing_or_only_a_macro_declares_is_found() {
    let declares = "mod room; #[cfg(test)] mod stories; macro_rules! room { ($name:ident) => { mod $name; } }";
    let sources = [
        source("made/src/lib.rs", declares),
        source("made/src/main.rs", "mod cli;"),
        source("made/src/cli.rs", ""),
        source("made/src/room.rs", "room! { by_macro }"),
        source("made/src/room/by_macro.rs", "use crate::forgotten;"),
        source("made/src/forgotten.rs", "use crate::room;"),
        source("made/src/stories.rs", "mod draft;"),
        source("made/src/stories/draft.rs", ""),
        source("made/tests/it.rs", ""),
    ];
    assert_eq!(modules::unreached(&sources), ["made/src/room/by_macro.rs", "made/src/forgotten.rs"]);
}
