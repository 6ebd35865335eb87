//! Finds the sources of the workspace and leaves out what is no code.
//!
//! Knows nothing of the rules.

use std::path::PathBuf;

/// The crates of the workspace.
const CRATES: [&str; 10] = [
    "shared",
    "plugin",
    "server",
    "server/call-flow",
    "server/functions",
    "emulator",
    "simulation",
    "test-world",
    "torture",
    "xtask",
];

/// A file, with its path from the root of the checkout.
#[derive(Debug)]
pub(crate) struct Source {
    pub(crate) path: String,
    pub(crate) text: String,
}

/// Every Rust file of the workspace.
pub(crate) fn rust_files() -> Vec<Source> {
    let mut found = Vec::new();
    for folder in CRATES.iter().flat_map(|name| ["src", "tests", "benches"].map(|part| format!("{name}/{part}"))) {
        collect(&folder, &mut found);
    }
    found
}

/// The `Cargo.toml` of every crate.
pub(crate) fn manifests() -> Vec<Source> {
    CRATES.iter().map(|name| read(format!("{name}/Cargo.toml"))).collect()
}

/// A made-up file.
pub(crate) fn source(path: &str, text: &str) -> Source {
    Source { path: path.to_owned(), text: text.to_owned() }
}

/// A file that is no source, by its path from the root of the checkout.
pub(crate) fn document(path: &str) -> Source {
    read(path.to_owned())
}

/// The lines of a file without their comments and without what is compiled for tests only.
pub(crate) fn code_of(source: &Source) -> Vec<&str> {
    let (mut code, mut lines) = (Vec::new(), source.text.lines());
    while let Some(line) = lines.next() {
        match line.strip_suffix("#[cfg(test)]") {
            Some(indent) => skip_item(&mut lines, indent),
            // Good enough for `//` in a text: what follows a URL's scheme is no code either.
            None => code.push(line.split_once("//").map_or(line, |(code, _)| code)),
        }
    }
    code
}

/// Steps over an item as rustfmt sets it: one line, or lines up to a bracket that is as far indented as the first.
fn skip_item(lines: &mut std::str::Lines<'_>, indent: &str) {
    let first = lines.find(|line| !line.trim_start().starts_with("#["));
    let is_last = |line: &&str| {
        let rest = line.strip_prefix(indent).unwrap_or_default();
        rest.starts_with(['}', ')', ']']) && !rest.ends_with('{')
    };
    if first.is_some_and(|first| !first.ends_with([';', ',', '}'])) {
        let _ = lines.find(is_last);
    }
}

fn collect(folder: &str, found: &mut Vec<Source>) {
    let Ok(entries) = std::fs::read_dir(root().join(folder)) else { return };
    for entry in entries {
        let name =
            entry.expect("a folder lists its entries").file_name().into_string().expect("a source has a UTF-8 name");
        let path = format!("{folder}/{name}");
        if root().join(&path).is_dir() {
            collect(&path, found);
        } else if path.ends_with(".rs") {
            found.push(read(path));
        }
    }
}

fn read(path: String) -> Source {
    let text = std::fs::read_to_string(root().join(&path)).expect("a source can be read");
    Source { path, text }
}

/// The checkout that the test is run in; Cargo names it at run time, so that a moved checkout is looked at where it is.
fn root() -> PathBuf {
    let here = std::env::var_os("CARGO_MANIFEST_DIR").expect("Cargo says which crate it tests");
    PathBuf::from(here).parent().expect("the crate lies in the checkout").to_path_buf()
}
