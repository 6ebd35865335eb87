//! Which module imports which: where the paths lead that stand in a crate's files.
//!
//! Knows how Rust looks names up, not which modules may know each other. A method names no module, so that a call of one
//! is no import.

use std::collections::BTreeSet;

use crate::modules::Crate;
use crate::use_paths::{Brings, NamedPath};

/// A module that a path in the code of another leads to.
pub(crate) struct Import<'a> {
    pub(crate) from: usize,
    pub(crate) to: usize,
    pub(crate) path: &'a NamedPath,
    pub(crate) is_use: bool,
}

/// Where a path leads.
struct Destination {
    /// The deepest module on it.
    module: usize,
    /// The modules that re-export the name on the way.
    through: Vec<usize>,
    /// Whether the path goes on behind the module, to an item in it.
    is_item: bool,
}

/// The names that were asked for already, by module: two glob imports may lead to each other.
type Seen = BTreeSet<(usize, String)>;

impl Crate {
    /// Every module that another one's code names, in the order of the code.
    pub(crate) fn imports(&self) -> Vec<Import<'_>> {
        let mut found = Vec::new();
        for (from, module) in self.modules.iter().enumerate().filter(|(_, module)| !module.is_for_tests) {
            let uses = module.uses.iter().map(|used| (&used.path, true));
            for (path, is_use) in uses.chain(module.named.iter().map(|named| (named, false))) {
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
                // What a module imports it does not re-export to itself.
                leads.through.retain(|through| *through != from);
                is_known_here.then_some(leads)
            }
        }
    }

    /// Follows `segments` from `module` on, re-exports included.
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
        if let Some(mut leads) = self.reexported(module, name, seen) {
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

    /// Where a name leads that `module` imports itself.
    fn reexported(&self, module: usize, name: &str, seen: &mut Seen) -> Option<Destination> {
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
                None => self.reexported(whole.module, name, seen),
            }
        })
    }
}
