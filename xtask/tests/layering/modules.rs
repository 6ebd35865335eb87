//! The module tree of a crate: which file holds which module.
//!
//! Knows how Rust finds the file of a module, not where a path leads.

use std::collections::{BTreeMap, BTreeSet};

use crate::sources::Source;
use crate::use_paths::{self, Contents, ModuleItem, NamedPath, UsePath};

/// The modules of a crate; the first is its root.
pub(crate) struct Crate {
    pub(crate) modules: Vec<Module>,
}

/// A module, in a file of its own or in its parent's.
pub(crate) struct Module {
    /// Its names from the root on.
    pub(crate) path: Vec<String>,
    pub(crate) file: String,
    /// Whether it is written in its parent's file.
    pub(crate) is_inline: bool,
    /// Whether it is compiled for tests only, or its parent is.
    pub(crate) is_for_tests: bool,
    pub(crate) parent: Option<usize>,
    pub(crate) children: BTreeMap<String, usize>,
    /// The paths of its `use` items, those inside functions included.
    pub(crate) uses: Vec<UsePath>,
    /// The paths in its code.
    pub(crate) named: Vec<NamedPath>,
    /// The names of what it defines.
    pub(crate) items: BTreeSet<String>,
}

/// Every crate among the sources: each has a `lib.rs` or a `main.rs`, or both, which are two crates.
pub(crate) fn crates(sources: &[Source]) -> Vec<Crate> {
    let texts: Texts<'_> = sources.iter().map(|source| (source.path.as_str(), source.text.as_str())).collect();
    let is_root = |path: &&&str| path.ends_with("src/lib.rs") || path.ends_with("src/main.rs");
    texts.keys().filter(is_root).map(|root| Crate::read(root, &texts)).collect()
}

/// The files below a `src` that no module of its crates leads to, tests included: no rule about imports sees them.
pub(crate) fn unreached(sources: &[Source]) -> Vec<&str> {
    let crates = crates(sources);
    let folders: BTreeSet<_> = crates.iter().map(|of| folder_of(&of.modules[0].file)).collect();
    let reached: BTreeSet<_> = crates.iter().flat_map(|of| &of.modules).map(|module| module.file.as_str()).collect();
    let is_in_a_crate = |path: &&str| folders.iter().any(|folder| path.starts_with(&format!("{folder}/")));
    let paths = sources.iter().map(|source| source.path.as_str()).filter(is_in_a_crate);
    paths.filter(|path| !reached.contains(path)).collect()
}

impl Crate {
    /// The names of the modules directly below the root, those for tests aside.
    pub(crate) fn rooms(&self) -> impl Iterator<Item = &str> {
        let rooms = self.modules[0].children.iter().filter(|(_, child)| !self.modules[**child].is_for_tests);
        rooms.map(|(name, _)| name.as_str())
    }

    fn read(root: &str, texts: &Texts<'_>) -> Self {
        let mut found = Self { modules: Vec::new() };
        let folder = folder_of(root).to_owned();
        let place = Place { path: Vec::new(), file: root.to_owned(), folder, is_inline: false, is_for_tests: false };
        found.add(&place, None, use_paths::read(root, texts[root]), texts);
        found
    }

    /// Adds a module and those below it; gives its index.
    fn add(&mut self, place: &Place, parent: Option<usize>, contents: Contents, texts: &Texts<'_>) -> usize {
        let index = self.modules.len();
        let Contents { modules, uses, named, items } = contents;
        let Place { path, file, is_inline, is_for_tests, .. } = place.clone();
        let children = BTreeMap::new();
        self.modules.push(Module { path, file, is_inline, is_for_tests, parent, children, uses, named, items });
        for item in modules {
            let name = item.name.clone();
            let (below, inside) = place.below(item, texts);
            let child = self.add(&below, Some(index), inside, texts);
            self.modules[index].children.insert(name, child);
        }
        index
    }
}

/// The text of each file, by path.
type Texts<'a> = BTreeMap<&'a str, &'a str>;

/// Where a module stands.
#[derive(Clone)]
struct Place {
    path: Vec<String>,
    file: String,
    /// The folder in which the files of its child modules are.
    folder: String,
    is_inline: bool,
    is_for_tests: bool,
}

impl Place {
    /// The place and the contents of a child.
    fn below(&self, item: ModuleItem, texts: &Texts<'_>) -> (Self, Contents) {
        let path = [self.path.as_slice(), std::slice::from_ref(&item.name)].concat();
        let below = format!("{}/{}", self.folder, item.name);
        let is_for_tests = self.is_for_tests || item.is_for_tests;
        if let Some(contents) = item.inline {
            return (Self { path, file: self.file.clone(), folder: below, is_inline: true, is_for_tests }, contents);
        }
        let candidates = match &item.path {
            Some(file) => vec![format!("{}/{file}", folder_of(&self.file))],
            None => vec![format!("{below}.rs"), format!("{below}/mod.rs")],
        };
        let (file, text) = candidates
            .iter()
            .find_map(|file| texts.get_key_value(file.as_str()))
            .unwrap_or_else(|| panic!("{}: there is no file for `mod {}`", self.file, item.name));
        let contents = use_paths::read(file, text);
        (Self { path, file: (*file).to_owned(), folder: below, is_inline: false, is_for_tests }, contents)
    }
}

fn folder_of(file: &str) -> &str {
    file.rsplit_once('/').map_or("", |(folder, _)| folder)
}
