//! The module tree of a crate: which file holds which module, and where a path leads in it.
//!
//! Knows how Rust finds modules and names; not which of them may know each other.

use std::collections::{BTreeMap, BTreeSet};

use crate::sources::Source;
use crate::use_paths::{self, Brings, Contents, ModuleItem, NamedPath, UsePath};

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
    pub(crate) parent: Option<usize>,
    pub(crate) children: BTreeMap<String, usize>,
    uses: Vec<UsePath>,
    names: Vec<NamedPath>,
    items: BTreeSet<String>,
}

/// Where a path leads.
struct Destination {
    /// The deepest module on it.
    module: usize,
    /// The modules that hand the name on because they import it themselves.
    through: Vec<usize>,
    /// Whether the path goes on behind the module, to an item in it.
    is_item: bool,
}

/// A module that a path in the code of another leads to.
pub(crate) struct Import<'a> {
    pub(crate) from: usize,
    pub(crate) to: usize,
    pub(crate) path: &'a NamedPath,
    pub(crate) is_use: bool,
}

/// Every crate among the sources: each has a `lib.rs` or a `main.rs`, or both, which are two crates.
pub(crate) fn crates(sources: &[Source]) -> Vec<Crate> {
    let texts: Texts<'_> = sources.iter().map(|source| (source.path.as_str(), source.text.as_str())).collect();
    let is_root = |path: &&&str| path.ends_with("src/lib.rs") || path.ends_with("src/main.rs");
    texts.keys().filter(is_root).map(|root| Crate::read(root, &texts)).collect()
}

impl Crate {
    fn read(root: &str, texts: &Texts<'_>) -> Self {
        let mut found = Self { modules: Vec::new() };
        let folder = folder_of(root).to_owned();
        let place = Place { path: Vec::new(), file: root.to_owned(), folder, is_inline: false };
        found.add(&place, None, use_paths::read(root, texts[root]), texts);
        found
    }

    /// Adds a module and those below it; gives its index.
    fn add(&mut self, place: &Place, parent: Option<usize>, contents: Contents, texts: &Texts<'_>) -> usize {
        let index = self.modules.len();
        let Contents { modules, uses, names, items } = contents;
        let Place { path, file, is_inline, .. } = place.clone();
        self.modules.push(Module { path, file, is_inline, parent, children: BTreeMap::new(), uses, names, items });
        for item in modules {
            let name = item.name.clone();
            let (below, inside) = place.below(item, texts);
            let child = self.add(&below, Some(index), inside, texts);
            self.modules[index].children.insert(name, child);
        }
        index
    }

    /// Every module that another one's code names, in the order of the code.
    pub(crate) fn imports(&self) -> Vec<Import<'_>> {
        let mut found = Vec::new();
        for (from, module) in self.modules.iter().enumerate() {
            let uses = module.uses.iter().map(|used| (&used.path, true));
            for (path, is_use) in uses.chain(module.names.iter().map(|name| (name, false))) {
                let Some(leads) = self.destination(from, &path.segments, &mut BTreeSet::new()) else { continue };
                // A single word that happens to be called like a module is no path to it.
                if !is_use && path.segments.len() == 1 && !leads.is_item {
                    continue;
                }
                let to = leads.through.into_iter().chain([leads.module]).filter(|to| *to != from);
                found.extend(to.map(|to| Import { from, to, path, is_use }));
            }
        }
        found
    }

    /// Where a path that is written in `from` leads; nowhere when it begins outside the crate.
    fn destination(&self, from: usize, segments: &[String], seen: &mut Seen) -> Option<Destination> {
        let (first, rest) = segments.split_first()?;
        match first.as_str() {
            "crate" => self.walk(0, rest, seen),
            "self" => self.walk(from, rest, seen),
            "super" => self.walk(self.modules[from].parent?, rest, seen),
            _ => {
                let mut leads = self.walk(from, segments, seen)?;
                let is_known_here = leads.module != from || !leads.through.is_empty();
                // The module that a path is written in hands nothing on to itself.
                leads.through.retain(|through| *through != from);
                is_known_here.then_some(leads)
            }
        }
    }

    /// Follows `segments` from `module` on, through what its modules import as well.
    fn walk(&self, module: usize, segments: &[String], seen: &mut Seen) -> Option<Destination> {
        let Some((name, rest)) = segments.split_first() else {
            return Some(Destination { module, through: Vec::new(), is_item: false });
        };
        let here = &self.modules[module];
        if name == "super" {
            return self.walk(here.parent?, rest, seen);
        }
        if let Some(child) = here.children.get(name) {
            return self.walk(*child, rest, seen);
        }
        if let Some(handed_on) = self.handed_on(module, name, seen) {
            let mut leads = handed_on;
            leads.through.insert(0, module);
            if !leads.is_item {
                let further = self.walk(leads.module, rest, seen)?;
                leads.through.extend(further.through);
                (leads.module, leads.is_item) = (further.module, further.is_item);
            }
            return Some(leads);
        }
        Some(Destination { module, through: Vec::new(), is_item: true })
    }

    /// Where a name leads that `module` itself only imports.
    fn handed_on(&self, module: usize, name: &str, seen: &mut Seen) -> Option<Destination> {
        if !seen.insert((module, name.to_owned())) || self.modules[module].items.contains(name) {
            return None;
        }
        let uses = || self.modules[module].uses.iter();
        let named = uses().find(|used| matches!(&used.brings, Brings::Name(brought) if brought == name));
        if let Some(leads) = named.and_then(|used| self.destination(module, &used.path.segments, seen)) {
            return Some(leads);
        }
        uses().filter(|used| matches!(used.brings, Brings::Everything)).find_map(|used| {
            let whole = self.destination(module, &used.path.segments, seen).filter(|leads| !leads.is_item)?;
            let target = &self.modules[whole.module];
            if target.items.contains(name) {
                return Some(Destination { is_item: true, ..whole });
            }
            match target.children.get(name) {
                Some(child) => Some(Destination { module: *child, ..whole }),
                None => self.handed_on(whole.module, name, seen),
            }
        })
    }
}

/// The text of each file, by path.
type Texts<'a> = BTreeMap<&'a str, &'a str>;

/// The names that were asked for already, by module: two globs may hand on to each other.
type Seen = BTreeSet<(usize, String)>;

/// Where a module stands.
#[derive(Clone)]
struct Place {
    path: Vec<String>,
    file: String,
    /// The folder in which the files of its child modules are.
    folder: String,
    is_inline: bool,
}

impl Place {
    /// The place and the contents of a child.
    fn below(&self, item: ModuleItem, texts: &Texts<'_>) -> (Self, Contents) {
        let path = [self.path.as_slice(), std::slice::from_ref(&item.name)].concat();
        let below = format!("{}/{}", self.folder, item.name);
        if let Some(contents) = item.inline {
            return (Self { path, file: self.file.clone(), folder: below, is_inline: true }, contents);
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
        (Self { path, file: (*file).to_owned(), folder: below, is_inline: false }, contents)
    }
}

fn folder_of(file: &str) -> &str {
    file.rsplit_once('/').map_or("", |(folder, _)| folder)
}
