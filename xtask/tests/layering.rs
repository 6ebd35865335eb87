//! The dependency rules of ARCHITECTURE.md, checked on the sources; a failure quotes the rule and the line.
//!
//! Knows text only: what the compiler or `clippy.toml` can refuse is left to them.

#[path = "layering/rules.rs"]
mod rules;
#[path = "layering/sources.rs"]
mod sources;

use rules::{MANIFEST_RULES, Rule, SOURCE_RULES};
use sources::{Source, code_of, manifests, rust_files};

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
fn comments_and_test_modules_are_not_code() {
    let text = "let a = 1; // axum\n//! axum\n#[cfg(test)]\nmod tests { use axum; }\n";
    let source = Source { path: String::new(), text: text.to_owned() };
    assert_eq!(code_of(&source), ["let a = 1; ", ""]);
}
