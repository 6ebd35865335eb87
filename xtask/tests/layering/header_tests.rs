//! The headers of folders, held against the sources and against folders that say too little.
//!
//! Knows what is missing in each, not how it is found.

use crate::headers;
use crate::sources::{rust_files, source};

#[test]
fn every_folder_says_what_it_is_for() {
    let found = headers::missing(&rust_files());
    assert!(found.is_empty(), "\n{}\n    rule: {}", found.join("\n"), headers::SENTENCE);
}

#[test]
fn a_folder_that_says_too_little_is_found() {
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
