//! The list of findings in the documentation.

use std::path::Path;

const LIST: &str = include_str!("../../../../docs/operations.md");

/// The first text in brackets of every call that makes a finding.
fn codes(source: &str) -> Vec<String> {
    let calls = source.split("Finding::error(").chain(source.split("Finding::warning(")).skip(1);
    let first = |call: &str| call.trim_start().strip_prefix('"')?.split('"').next().map(str::to_owned);
    calls.filter_map(first).collect()
}

#[test]
fn every_finding_of_the_doctor_is_in_the_list_of_findings() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/commands/doctor");
    let mut found = 0;
    for file in std::fs::read_dir(folder).unwrap() {
        for code in codes(&std::fs::read_to_string(file.unwrap().path()).unwrap()) {
            assert!(LIST.contains(&format!("`{code}`")), "docs/operations.md says nothing of {code}");
            found += 1;
        }
    }
    assert!(found > 15, "{found}");
}
