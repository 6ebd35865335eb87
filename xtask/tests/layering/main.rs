//! The dependency rules of ARCHITECTURE.md, checked on the sources; a failure quotes the rule and the line.
//!
//! Knows text and paths only: what the compiler or `clippy.toml` can refuse is left to them.

mod circle_examples;
mod directions;
mod headers;
mod imports;
mod modules;
mod rooms;
mod rules;
mod sources;
mod tokens;
mod use_paths;

use circle_examples::{Example, HARMLESS, OFFENDERS};
use directions::{LAYERS, Layers};
use modules::Crate;
use rules::{MANIFEST_RULES, Rule, SOURCE_RULES};
use sources::{Source, code_of, document, manifests, rust_files};

fn offences(rules: &[Rule], sources: &[Source]) -> Vec<String> {
    let mut found = Vec::new();
    for source in sources {
        for rule in rules.iter().filter(|rule| (rule.applies_to)(&source.path)) {
            if let Some(line) = (rule.offended_by)(source) {
                found.push(format!("{}: `{line}`\n    rule: {}", source.path, rule.sentence));
            }
        }
    }
    found
}

#[test]
fn every_source_keeps_the_dependency_rules() {
    let found = offences(SOURCE_RULES, &rust_files());
    assert!(found.is_empty(), "\n{}", found.join("\n"));
}

#[test]
fn every_manifest_keeps_the_dependency_rules() {
    let found = offences(MANIFEST_RULES, &manifests());
    assert!(found.is_empty(), "\n{}", found.join("\n"));
}

#[test]
fn every_rule_can_fail_and_is_quoted_then() {
    for rule in SOURCE_RULES.iter().chain(MANIFEST_RULES) {
        let (path, text) = rule.offender;
        let source = Source { path: path.to_owned(), text: text.to_owned() };
        let found = offences(std::slice::from_ref(rule), &[source]);
        assert_eq!(found.len(), 1, "nothing was found in the offender of: {}", rule.sentence);
        assert!(found[0].contains(rule.sentence));
    }
}

#[test]
fn what_a_failure_quotes_is_a_part_of_an_invariant_or_called_a_house_rule() {
    let architecture = document("ARCHITECTURE.md").text.replace("**", "").to_lowercase();
    let (_, invariants) = architecture.split_once("\n## invariants\n").expect("it has invariants");
    let stands_there = |sentence: &str| {
        let (number, part) = sentence.split_once(". ").unwrap_or_default();
        let invariant = invariants.lines().find_map(|line| line.strip_prefix(&format!("{number}. ")));
        invariant.is_some_and(|invariant| !part.is_empty() && invariant.contains(&part.to_lowercase()))
    };
    let of_rules = SOURCE_RULES.iter().chain(MANIFEST_RULES).map(|rule| rule.sentence);
    for sentence in of_rules.chain([rooms::SENTENCE, headers::SENTENCE, directions::SENTENCE]) {
        let is_known = sentence.starts_with("House rule: ") || stands_there(sentence);
        assert!(is_known, "ARCHITECTURE.md no longer says so: {sentence}");
    }
    assert!(!stands_there("4. Calls go down") && !stands_there("3. Calls go up") && !stands_there("3. "));
}

#[test]
fn each_way_around_the_module_tree_is_refused_and_a_text_from_a_file_is_not() {
    let offences_in = |text: &str| {
        let path = "plugin/src/view/table.rs".to_owned();
        offences(SOURCE_RULES, &[Source { path, text: format!("//! A file.\n{text}") }])
    };
    for text in ["include!(\"a.rs\");", "extern crate self as made;", "#[macro_export]", "#[macro_use]"] {
        assert_eq!(offences_in(text).len(), 1, "{text}");
    }
    assert!(offences_in("const A: &str = include_str!(\"a.css\"); const B: &[u8] = include_bytes!(\"b\");").is_empty());
}

#[test]
fn a_status_is_chosen_where_errors_become_answers_and_looked_at_anywhere() {
    let is_refused = |path: &str, text: &str| {
        let text = format!("//! A file.\n{text}");
        !offences(SOURCE_RULES, &[Source { path: path.to_owned(), text }]).is_empty()
    };
    let choice = "let status = StatusCode::NOT_FOUND;";
    for room in ["app", "native/serve", "commands/mod", "publish/update", "lookup/mod", "directory", "auth/mod"] {
        assert!(is_refused(&format!("server/src/{room}.rs"), choice), "{room}");
    }
    assert!(!is_refused("server/src/error.rs", choice));
    assert!(!is_refused("server/src/error/inner.rs", choice));
    assert!(!is_refused("server/src/twilio/error.rs", choice));
    assert!(!is_refused("server/src/publish/lock.rs", "StatusCode::NOT_FOUND => return Ok(None),"));
}

#[test]
fn the_sources_of_every_crate_are_looked_at() {
    let paths: Vec<_> = rust_files().into_iter().map(|source| source.path).collect();
    for start in [
        "shared/src/lib.rs",
        "plugin/src/lib.rs",
        "server/src/lib.rs",
        "server/call-flow/src/lib.rs",
        "server/functions/src/lib.rs",
        "emulator/src/lib.rs",
        "xtask/src/main.rs",
    ] {
        assert!(paths.iter().any(|path| path == start), "{start} was not found");
    }
}

#[test]
fn comments_and_what_is_for_tests_only_are_not_code() {
    let text = "let a = 1; // axum\n//! axum\n#[cfg(test)]\nmod tests;\nlet b = 2;\n    #[cfg(test)]\n    #[must_use]\n    \
                fn made(\n        axum: Axum,\n    ) -> Axum {\n        axum\n    }\nlet c = 3;\n#[cfg(test)]\nuse axum::{\n    \
                Json,\n};\nlet d = 4;\n#[cfg(test)]\nmod tests { use axum; }\n";
    let source = Source { path: String::new(), text: text.to_owned() };
    assert_eq!(code_of(&source), ["let a = 1; ", "", "let b = 2;", "let c = 3;", "let d = 4;"]);
}

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

fn crate_with<'a>(crates: &'a [Crate], root: &str) -> &'a Crate {
    crates.iter().find(|of| of.modules[0].file == root).unwrap_or_else(|| panic!("{root} was not found"))
}

#[test]
fn rooms_know_only_what_is_below_them() {
    let crates = modules::crates(&rust_files());
    for layers in LAYERS {
        let found = layers.offences(crate_with(&crates, layers.root));
        assert!(found.is_empty(), "\n{}\n    rule: {}", found.join("\n"), directions::SENTENCE);
    }
}

#[test]
fn the_tables_of_directions_have_every_room_and_no_other() {
    let crates = modules::crates(&rust_files());
    for layers in LAYERS {
        let found = layers.differences(crate_with(&crates, layers.root));
        assert!(found.is_empty(), "{}: {found:?}", layers.root);
    }
}

/// A crate with the rooms of a table, and with nothing but `text` in them.
fn crate_of_rooms(layers: &Layers, file: &str, text: &str) -> Crate {
    let source = |path: String, text: &str| Source { path, text: text.to_owned() };
    let rooms: Vec<_> = layers.rows.concat();
    let declared = rooms.iter().map(|room| format!("mod {room};")).collect::<String>();
    let paths = rooms.iter().map(|room| layers.root.replace("lib.rs", &format!("{room}.rs")));
    let files = paths.map(|path| source(path.clone(), if path == file { text } else { "" }));
    let sources: Vec<_> = files.chain([source(layers.root.to_owned(), &declared)]).collect();
    modules::crates(&sources).pop().expect("there is a crate")
}

#[test]
fn every_table_of_directions_refuses_the_wrong_way() {
    for layers in LAYERS {
        let (file, text, found) = layers.offender;
        let expected = format!("{found}: {file}:1: {text}");
        assert_eq!(layers.offences(&crate_of_rooms(layers, file, text)), [expected]);
    }
}

#[test]
fn a_table_of_directions_refuses_up_and_sideways_and_what_it_does_not_know() {
    let layers = Layers {
        root: "made/src/lib.rs",
        rows: &[&["low"], &["left", "right"], &["high"]],
        within_a_row: &[("right", "left")],
        offender: ("", "", ""),
    };
    let offences = |file, text| layers.offences(&crate_of_rooms(&layers, file, text));
    assert_eq!(offences("made/src/low.rs", "use crate::high;"), ["low -> high: made/src/low.rs:1: use crate::high;"]);
    assert_eq!(
        offences("made/src/left.rs", "use crate::right;"),
        ["left -> right: made/src/left.rs:1: use crate::right;"]
    );
    assert!(offences("made/src/right.rs", "use crate::{left, low};").is_empty());

    let source = |path: &str, text: &str| Source { path: path.to_owned(), text: text.to_owned() };
    let sources = [
        source("made/src/lib.rs", "mod low; mod left; mod right; mod new; #[cfg(test)] mod tests {}"),
        source("made/src/low.rs", ""),
        source("made/src/left.rs", ""),
        source("made/src/right.rs", ""),
        source("made/src/new.rs", ""),
    ];
    let differences = layers.differences(&modules::crates(&sources)[0]);
    assert_eq!(differences, ["new is in no row", "high is no room", "right no longer knows left"]);
}

#[test]
fn every_source_is_a_module_of_its_crate() {
    let sources = rust_files();
    let found = modules::unreached(&sources);
    assert!(found.is_empty(), "nothing declares {found:#?}: what is imported there is not seen");
}

#[test]
fn a_source_that_nothing_or_only_a_macro_declares_is_found() {
    let source = |path: &str, text: &str| Source { path: path.to_owned(), text: text.to_owned() };
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

#[test]
fn every_folder_says_what_it_is_for() {
    let found = headers::missing(&rust_files());
    assert!(found.is_empty(), "\n{}\n    rule: {}", found.join("\n"), headers::SENTENCE);
}

#[test]
fn a_folder_that_says_too_little_is_found() {
    let source = |path: &str, text: &str| Source { path: path.to_owned(), text: text.to_owned() };
    let sources = [
        source(
            "made/src/lib.rs",
            "//! A crate.\n//! Call [`long`].\n//! Knows nothing.\nmod short; mod long; mod file; mod alone;",
        ),
        source("made/src/short/mod.rs", "//! A folder.\n//!\n//! Knows nothing.\nmod part;"),
        source("made/src/short/part.rs", "//! A part."),
        source("made/src/long.rs", "//! A folder.\n//! Call `part`.\n//!\n//! Knows nothing.\nmod part; mod silent;"),
        source("made/src/long/part.rs", "//! A part."),
        source("made/src/long/silent/mod.rs", "//! A folder.\n//! It is here.\n//! It does not know parts.\nmod part;"),
        source(
            "made/src/long/silent/part/mod.rs",
            "//! A folder.\n//! It is here.\n//! Call `it`.\n#[cfg(test)] mod tests;",
        ),
        source("made/src/long/silent/part/tests/mod.rs", "//! Tests.\nmod first;"),
        source("made/src/long/silent/part/tests/first.rs", "//! Tests."),
        source("made/src/file.rs", "//! A file beside a folder.\n#[cfg(test)]\nmod tests;"),
        source("made/src/file/tests.rs", "//! Tests."),
        source("made/src/alone.rs", "//! A file.\nmod inside {}"),
    ];
    let expected = [
        "made/src/file.rs: less than three lines",
        "made/src/long/silent/mod.rs: not what may be called from outside",
        "made/src/long/silent/part/mod.rs: not what it does not know",
        "made/src/long/silent/part/tests/mod.rs: less than three lines",
        "made/src/short/mod.rs: less than three lines",
    ];
    let mut found = headers::missing(&sources);
    found.sort();
    assert_eq!(found, expected);
}
