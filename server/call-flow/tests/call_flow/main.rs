//! The crate from outside: what it generates, what it merges, and what each of its rules finds.

#![expect(clippy::unwrap_used, reason = "a test that can not go on says where it stopped")]

mod arbitrary_json;
mod findings;
mod flow_rules;
mod generated;
mod import_files;
mod merging;
mod pictured;
mod robustness;
mod settings;
mod workflow_rules;
