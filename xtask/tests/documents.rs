//! What the documents list is what the sources have: findings of the doctor, and settings.
//!
//! Knows how codes and variables are written in the sources, not what they mean.

use std::collections::BTreeSet;
use std::path::Path;

fn read(path: &str) -> String {
    let here = std::env::var_os("CARGO_MANIFEST_DIR").expect("Cargo says which crate it tests");
    let root = Path::new(&here).parent().expect("the crate lies in the checkout");
    std::fs::read_to_string(root.join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// What stands between `start` and the next `end`, wherever `start` is.
fn between<'a>(text: &'a str, start: &'a str, end: &'a str) -> impl Iterator<Item = &'a str> {
    text.split(start).skip(1).filter_map(move |rest| rest.split_once(end).map(|(inside, _)| inside))
}

/// `LastStepTimesOut` as serde writes it: `last-step-times-out`.
fn kebab(name: &str) -> String {
    let parts = name.chars().map(|c| if c.is_uppercase() { format!("-{}", c.to_lowercase()) } else { c.to_string() });
    parts.collect::<String>().trim_start_matches('-').to_owned()
}

#[test]
fn every_finding_of_the_doctor_is_in_the_operators_document() {
    let document = read("docs/operations.md");
    let doctor = ["account", "call_flow", "directory", "publishing", "workers"].map(|part| {
        let source = read(&format!("server/src/commands/doctor/{part}.rs"));
        let code = |start| between(&source, start, "\"").map(str::to_owned).collect::<Vec<_>>();
        [code("Finding::error(\""), code("Finding::warning(\"")].concat()
    });
    let finding = read("server/call-flow/src/problem.rs");
    let problems = between(&finding, "pub enum Problem {\n", "\n}\n").next().expect("there is an enum Problem");
    let variant = |line: &str| {
        let name = line.strip_prefix("    ")?.trim_end_matches(['{', ',', ' ']);
        (name.starts_with(char::is_uppercase) && name.chars().all(char::is_alphanumeric)).then(|| kebab(name))
    };
    let codes: BTreeSet<String> = doctor.into_iter().flatten().chain(problems.lines().filter_map(variant)).collect();
    assert!(codes.len() > 30, "the codes are no longer found in the sources: {codes:?}");
    let missing: Vec<_> = codes.iter().filter(|code| !document.contains(&format!("`{code}`"))).collect();
    assert!(missing.is_empty(), "docs/operations.md does not list {missing:?}");
}

#[test]
fn the_example_of_settings_has_every_variable_that_the_server_reads_and_no_other() {
    let config = ["server/src/config.rs", "server/src/config/native.rs"].map(read).concat();
    let is_variable = |text: &&str| {
        text.contains('_') && text.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b'_')
            || ["BIND", "PORT", "LOG"].contains(text)
    };
    let reads: BTreeSet<_> = between(&config, "(\"", "\"").chain(between(&config, "(\n            \"", "\"")).collect();
    let read_by_the_server: BTreeSet<_> = reads.into_iter().filter(is_variable).collect();
    let example = read(".env.example");
    let named = |line| Some(str::trim_start_matches(line, "# ").split_once('=')?.0);
    let explained: BTreeSet<_> = example.lines().filter_map(named).filter(is_variable).collect();
    assert_eq!(read_by_the_server, explained);
}

#[test]
fn every_line_of_the_log_that_the_operators_document_explains_is_still_logged() {
    let document = read("docs/operations.md");
    let logs = between(&document, "\n## Logs\n", "\n## ").next().expect("the document has a section on logs");
    let explained: Vec<_> = between(logs, "\n| `", "` |").collect();
    assert!(explained.len() > 3, "{explained:?}");
    let sources = ["error", "lookup/mod", "lookup/published", "native/home", "publish/lock"]
        .map(|file| read(&format!("server/src/{file}.rs")));
    for line in explained {
        assert!(sources.iter().any(|source| source.contains(&format!("\"{line}\""))), "nothing logs `{line}`");
    }
}

#[test]
fn the_image_is_built_by_the_compiler_of_the_checkout() {
    let toolchain = read("rust-toolchain.toml");
    let channel = between(&toolchain, "channel = \"", "\"").next().expect("the toolchain has a channel");
    let (dockerfile, minor) = (read("Dockerfile"), channel.rsplit_once('.').map_or(channel, |(minor, _)| minor));
    assert!(
        dockerfile.contains(&format!("RUSTUP_TOOLCHAIN={channel}\n")),
        "the Dockerfile uses another than {channel}"
    );
    assert!(dockerfile.contains(&format!("FROM rust:{minor}-")), "the Dockerfile begins with another than {minor}");
}

#[test]
fn every_function_that_a_walkthrough_passes_is_in_the_file_that_it_links() {
    let document = read("ARCHITECTURE.md");
    let walkthroughs = between(&document, "\n## Walkthroughs\n", "\n## ").next().expect("there are walkthroughs");
    let links: Vec<_> = between(walkthroughs, "[`", ".rs)").filter_map(|link| link.split_once("`](")).collect();
    assert!(links.len() > 40, "{links:?}");
    for (name, path) in links {
        let (source, item) = (read(&format!("{path}.rs")), name.rsplit("::").next().unwrap_or(name));
        let is_defined = ["fn ", "struct "].iter().any(|keyword| {
            let after = |rest: &str| rest.starts_with(['(', '<', ' ']);
            source.split(&format!("{keyword}{item}")).skip(1).any(after)
        });
        assert!(is_defined, "{path}.rs does not define `{name}`");
    }
}
