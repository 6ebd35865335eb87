//! What the documents list is what the sources have: findings of the doctor, settings, lines of the log, and the files and
//! functions of the architecture.
//!
//! Knows how these are written in the sources, not what they mean.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    let here = std::env::var_os("CARGO_MANIFEST_DIR").expect("Cargo says which crate it tests");
    Path::new(&here).parent().expect("the crate lies in the checkout").to_path_buf()
}

fn read(path: &str) -> String {
    std::fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
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
    let sources = [
        "error",
        "lookup/mod",
        "lookup/published",
        "lookup/replacement",
        "native/home",
        "publish/deploy",
        "publish/end",
    ]
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

/// Whether `keyword name` stands in a source, as a whole.
fn defines(source: &str, keyword: &str, name: &str) -> bool {
    let ends = |rest: &str| !rest.starts_with(|next: char| next.is_alphanumeric() || next == '_');
    source.split(&format!("{keyword} {name}")).skip(1).any(ends)
}

/// Whether a method stands in an `impl` of its type, or in the trait of that name.
fn has_method(source: &str, of: &str, name: &str) -> bool {
    let is_of_the_type = |head: &str| head.split(|c: char| !c.is_alphanumeric() && c != '_').any(|word| word == of);
    let blocks = ["\nimpl", "\ntrait", "\npub trait", "\npub(crate) trait"]
        .into_iter()
        .flat_map(|start| between(source, start, "\n}"));
    let mut bodies = blocks.filter_map(|block| block.split_once('{').filter(|(head, _)| is_of_the_type(head)));
    bodies.any(|(_, body)| defines(body, "fn", name))
}

/// What is wrong with a link to `name` in the file at `path`, if anything is.
fn broken(name: &str, path: &str, source: &str) -> Option<String> {
    let Some((qualifier, item)) = name.rsplit_once("::") else {
        let is_defined = ["fn", "struct"].iter().any(|keyword| defines(source, keyword, name));
        return (!is_defined).then(|| format!("{path} does not define `{name}`"));
    };
    let qualifier = qualifier.rsplit("::").next().unwrap_or(qualifier);
    if qualifier.starts_with(char::is_uppercase) {
        return (!has_method(source, qualifier, item)).then(|| format!("{path} has no `{item}` of `{qualifier}`"));
    }
    let is_there = path.trim_end_matches(".rs").rsplit('/').take(2).any(|part| part == qualifier);
    let is_defined = is_there && defines(source, "fn", item);
    (!is_defined).then(|| format!("{path} is not `{qualifier}`, or does not define `{item}`"))
}

#[test]
fn every_function_that_a_walkthrough_passes_is_in_the_file_that_it_links() {
    let document = read("ARCHITECTURE.md");
    let walkthroughs = between(&document, "\n## Walkthroughs\n", "\n## ").next().expect("there are walkthroughs");
    let links: Vec<_> = between(walkthroughs, "[`", ".rs)").filter_map(|link| link.split_once("`](")).collect();
    assert!(links.len() > 40, "{links:?}");
    let in_its_file = |(name, path): (&str, &str)| broken(name, path, &read(&format!("{path}.rs")));
    let found: Vec<_> = links.into_iter().filter_map(in_its_file).collect();
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn a_link_to_another_type_module_or_file_is_broken() {
    let source = "struct Row;\nimpl<T> fmt::Debug for Row<T> {\n    fn fmt() {}\n}\npub(crate) fn order() {}\n\
                  trait Guard {\n    fn judge();\n}\nimpl Table {\n    fn read_all() {}\n}\n";
    let is_broken = |name| broken(name, "made/src/table/rows", source).is_some();
    for name in ["Row", "Row::fmt", "Guard::judge", "order", "rows::order", "table::order", "Table::read_all"] {
        assert!(!is_broken(name), "{name}");
    }
    for name in ["Ro", "Table", "Row::order", "Row::judge", "Table::fmt", "Table::read", "src::order", "rows::sort"] {
        assert!(is_broken(name), "{name}");
    }
}

/// `a/{b,c}` as `a/b` and `a/c`.
fn expanded(path: &str) -> Vec<String> {
    let Some((before, rest)) = path.split_once('{') else { return vec![path.to_owned()] };
    let (inside, after) = rest.split_once('}').expect("a brace is closed");
    inside.split(',').map(|part| format!("{before}{part}{after}")).collect()
}

/// The paths of a cell. What follows the first stands beside it, unless it is written out.
fn paths_of(cell: &str) -> Vec<String> {
    let mut paths = cell.split('`').skip(1).step_by(2).flat_map(expanded);
    let Some(first) = paths.next() else { return Vec::new() };
    let beside = first.trim_end_matches('/').rsplit_once('/').map(|(folder, _)| format!("{folder}/"));
    let root = first.split('/').next().map(|root| format!("{root}/")).unwrap_or_default();
    let complete = |path: String| match &beside {
        Some(folder) if !path.starts_with(&root) => format!("{folder}{path}"),
        _ => path,
    };
    let others: Vec<_> = paths.map(complete).collect();
    [vec![first.clone()], others].concat()
}

/// Whether a path leads to a folder (`a/`), a file (`a.rs`), or a module (`a`).
fn is_there(path: &str) -> bool {
    let at = |path: &str| root().join(path);
    match path.strip_suffix('/') {
        Some(folder) => at(folder).is_dir(),
        None => at(path).exists() || at(&format!("{path}.rs")).is_file(),
    }
}

#[test]
fn every_path_of_the_code_map_leads_somewhere() {
    let document = read("ARCHITECTURE.md");
    let map = between(&document, "\n## Code map\n", "\n## ").next().expect("there is a code map");
    let cells = map.lines().filter_map(|line| line.strip_prefix("| ")?.split(" | ").next());
    let paths: Vec<_> = cells.flat_map(paths_of).collect();
    assert!(paths.len() > 40, "{paths:?}");
    let gone: Vec<_> = paths.iter().filter(|path| !is_there(path)).collect();
    assert!(gone.is_empty(), "the code map names {gone:?}");
}

#[test]
fn a_path_of_the_code_map_is_completed_from_the_first_of_its_cell() {
    assert_eq!(paths_of("`a/src/{b,c}`, `d/`, `a/e.rs`"), ["a/src/b", "a/src/c", "a/src/d/", "a/e.rs"]);
    assert_eq!(paths_of("folder"), Vec::<String>::new());
    assert!(is_there("xtask/src/") && is_there("xtask/src/project") && is_there("xtask/src/project.rs"));
    assert!(!is_there("xtask/src/project/") && !is_there("xtask/source"));
}
