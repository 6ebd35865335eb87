//! The rules about texts, held against the sources and against texts that break them.
//!
//! Knows what is refused, not how it is found.

use crate::rules::{MANIFEST_RULES, Rule, SOURCE_RULES};
use crate::sources::{Source, code_of, document, manifests, rust_files, source};
use crate::{directions, headers, rooms};

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
        let source = source(path, text);
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
fn a_module_of_the_standard_library_is_refused_however_it_is_named() {
    let offences_in =
        |text: &str| offences(SOURCE_RULES, &[source("shared/src/sid.rs", &format!("//! A file.\n{text}"))]);
    let refused = [
        "use std::time::Duration;",
        "use std::{fmt, net::IpAddr};",
        "use std::fs;",
        "fn f() { ::std::fs::read(\"\"); }",
        "fn f() -> u64 { Instant::now() }",
        "mod inside { use std::env; }",
    ];
    for text in refused {
        assert!(!offences_in(text).is_empty(), "{text}");
    }
    for text in ["use std::fmt;", "#[cfg(test)]\nmod tests {\n    use std::fs;\n}", "// use std::fs;"] {
        assert!(offences_in(text).is_empty(), "{text}");
    }
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
