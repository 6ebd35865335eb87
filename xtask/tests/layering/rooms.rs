//! Rooms that know each other in a circle, and where to cut.
//!
//! Rooms are modules with the same parent. Knows who imports whom, not how imports are written or found.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::fmt::{self, Write as _};

use crate::imports::Import;
use crate::modules::Crate;

/// The rule, as ARCHITECTURE.md states it.
pub(crate) const SENTENCE: &str = "12. Rooms never know each other in a circle, however long, nor do the files of one \
                                   folder; only a parent and its children may";

/// What one room takes from another.
struct Edge {
    /// The first place that shows it.
    evidence: String,
    imports: usize,
}

/// A room that imports from another one, and an import that shows it.
pub(crate) struct Known {
    pub(crate) from: String,
    pub(crate) to: String,
    evidence: String,
}

impl fmt::Display for Known {
    fn fmt(&self, text: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(text, "{} -> {}: {}", self.from, self.to, self.evidence)
    }
}

/// Which of the rooms directly below the crate's root know which others.
pub(crate) fn known_below_the_root(of: &Crate) -> Vec<Known> {
    let rooms = rooms_by_parent(of).remove(&0).unwrap_or_default();
    let known_by = |(from, known): (String, BTreeMap<String, Edge>)| {
        known.into_iter().map(move |(to, edge)| Known { from: from.clone(), to, evidence: edge.evidence })
    };
    rooms.into_iter().flat_map(known_by).collect()
}

/// Who knows whom among the children of one module.
type Rooms = BTreeMap<String, BTreeMap<String, Edge>>;

/// Every circle in the crate, with the import that shows each of its edges. Rooms in many circles are not listed with
/// all of them: from each circle found the edge with the fewest imports is taken away before the next is looked for.
pub(crate) fn circles(of: &Crate) -> Vec<String> {
    let mut found = Vec::new();
    for (parent, mut rooms) in rooms_by_parent(of) {
        while let Some(circle) = shortest_circle(&rooms) {
            found.push(describe(&of.modules[parent].file, &rooms, &circle));
            let (from, to) = weakest_edge(&rooms, &circle);
            rooms.get_mut(&from).and_then(|known| known.remove(&to));
        }
    }
    found
}

/// Every import as an edge between two children of the module that both ends have in common.
fn rooms_by_parent(of: &Crate) -> BTreeMap<usize, Rooms> {
    let mut found: BTreeMap<usize, Rooms> = BTreeMap::new();
    for import in of.imports() {
        let Some((parent, from, to)) = lifted(of, &import) else { continue };
        let known = found.entry(parent).or_default().entry(from).or_default();
        let edge = known.entry(to).or_insert_with(|| Edge { evidence: evidence(of, &import), imports: 0 });
        edge.imports += 1;
    }
    found
}

/// The common parent and the rooms in it, unless one end is inside the other.
fn lifted(of: &Crate, import: &Import<'_>) -> Option<(usize, String, String)> {
    let (from, to) = (&of.modules[import.from].path, &of.modules[import.to].path);
    let shared = from.iter().zip(to).take_while(|(from, to)| from == to).count();
    let (room, other) = (from.get(shared)?, to.get(shared)?);
    let parent = from[..shared].iter().fold(0, |module, name| of.modules[module].children[name]);
    Some((parent, room.clone(), other.clone()))
}

fn evidence(of: &Crate, import: &Import<'_>) -> String {
    let written = import.path.segments.join("::");
    let written = if import.is_use { format!("use {written};") } else { written };
    format!("{}:{}: {written}", of.modules[import.from].file, import.path.line)
}

/// The shortest circle; the first by name among those of the same length.
fn shortest_circle(rooms: &Rooms) -> Option<Vec<String>> {
    rooms.keys().filter_map(|start| way_back(rooms, start)).min_by_key(Vec::len)
}

fn way_back(rooms: &Rooms, start: &str) -> Option<Vec<String>> {
    let mut ways = VecDeque::from([vec![start.to_owned()]]);
    let mut seen = BTreeSet::new();
    while let Some(way) = ways.pop_front() {
        let Some(known) = way.last().and_then(|last| rooms.get(last)) else { continue };
        for next in known.keys() {
            if next == start {
                return Some(way);
            }
            if seen.insert(next.clone()) {
                ways.push_back([way.as_slice(), std::slice::from_ref(next)].concat());
            }
        }
    }
    None
}

/// The edges of a circle, the one that closes it included.
fn edges(circle: &[String]) -> impl Iterator<Item = (&String, &String)> {
    circle.iter().zip(circle.iter().cycle().skip(1))
}

fn weakest_edge(rooms: &Rooms, circle: &[String]) -> (String, String) {
    let weakest = edges(circle).min_by_key(|(from, to)| rooms[*from][*to].imports);
    let (from, to) = weakest.expect("a circle has edges");
    (from.clone(), to.clone())
}

fn describe(parent: &str, rooms: &Rooms, circle: &[String]) -> String {
    let mut text = format!("{parent}: {} -> {}", circle.join(" -> "), circle[0]);
    for (from, to) in edges(circle) {
        let Edge { evidence, imports } = &rooms[from][to];
        let more = if *imports > 1 { format!(" ({} more)", imports - 1) } else { String::new() };
        write!(text, "\n    {from} -> {to}: {evidence}{more}").expect("a text takes more text");
    }
    text
}
