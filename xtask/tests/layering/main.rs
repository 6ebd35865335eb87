//! The dependency rules of ARCHITECTURE.md, checked on the sources; a failure quotes the rule and the line.
//!
//! Knows text and paths only: what the compiler or `clippy.toml` can refuse is left to them.

mod circle_examples;
mod circle_tests;
mod direction_tests;
mod directions;
mod header_tests;
mod headers;
mod imports;
mod modules;
mod offending_lines;
mod rooms;
mod rule_tests;
mod rules;
mod sources;
mod tokens;
mod use_paths;
