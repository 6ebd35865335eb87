//! The tables of directions, held against the sources and against imports that lead the wrong way.
//!
//! Knows what is refused, not how it is found.

use crate::directions::{self, LAYERS, Layers};
use crate::modules::{self, Crate};
use crate::sources::{Source, rust_files, source};

fn crate_with<'a>(crates: &'a [Crate], root: &str) -> &'a Crate {
    crates.iter().find(|of| of.modules[0].file == root).unwrap_or_else(|| panic!("{root} was not found"))
}

#[test]
fn rooms_know_only_what_is_below_them() {
    let crates = modules::crates(&rust_files());
    for layers in LAYERS {
        let found = layers.offences(crate_with(&crates, layers.root));
        assert!(found.is_empty(), "\n{}\n    rule: {}", found.join("\n"), directions::SENTENCE);
    }
}

#[test]
fn the_tables_of_directions_have_every_room_and_no_other() {
    let crates = modules::crates(&rust_files());
    for layers in LAYERS {
        let found = layers.differences(crate_with(&crates, layers.root));
        assert!(found.is_empty(), "{}: {found:?}", layers.root);
    }
}

/// A crate with the rooms of a table, and with nothing but `text` in them.
fn crate_of_rooms(layers: &Layers, file: &str, text: &str) -> Crate {
    let source = |path: String, text: &str| Source { path, text: text.to_owned() };
    let rooms: Vec<_> = layers.rows.concat();
    let declared = rooms.iter().map(|room| format!("mod {room};")).collect::<String>();
    let paths = rooms.iter().map(|room| layers.root.replace("lib.rs", &format!("{room}.rs")));
    let files = paths.map(|path| source(path.clone(), if path == file { text } else { "" }));
    let sources: Vec<_> = files.chain([source(layers.root.to_owned(), &declared)]).collect();
    modules::crates(&sources).pop().expect("there is a crate")
}

#[test]
fn every_table_of_directions_refuses_the_wrong_way() {
    for layers in LAYERS {
        let (file, text, found) = layers.offender;
        let expected = format!("{found}: {file}:1: {text}");
        assert_eq!(layers.offences(&crate_of_rooms(layers, file, text)), [expected]);
    }
}

#[test]
fn a_table_of_directions_refuses_up_and_sideways_and_what_it_does_not_know() {
    let layers = Layers {
        root: "made/src/lib.rs",
        rows: &[&["low"], &["left", "right"], &["high"]],
        within_a_row: &[("right", "left")],
        offender: ("", "", ""),
    };
    let offences = |file, text| layers.offences(&crate_of_rooms(&layers, file, text));
    assert_eq!(offences("made/src/low.rs", "use crate::high;"), ["low -> high: made/src/low.rs:1: use crate::high;"]);
    assert_eq!(
        offences("made/src/left.rs", "use crate::right;"),
        ["left -> right: made/src/left.rs:1: use crate::right;"]
    );
    assert!(offences("made/src/right.rs", "use crate::{left, low};").is_empty());

    let sources = [
        source("made/src/lib.rs", "mod low; mod left; mod right; mod new; #[cfg(test)] mod tests {}"),
        source("made/src/low.rs", ""),
        source("made/src/left.rs", ""),
        source("made/src/right.rs", ""),
        source("made/src/new.rs", ""),
    ];
    let differences = layers.differences(&modules::crates(&sources)[0]);
    assert_eq!(differences, ["new is in no row", "high is no room", "right no longer knows left"]);
}
