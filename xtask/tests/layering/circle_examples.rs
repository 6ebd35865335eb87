//! Made-up crates: some hide a circle, others only look as if they had one.
//!
//! Knows what must be found in each, not how it is found.

/// A crate as (path, text) of its files, and what the failure says of it.
pub(crate) struct Example {
    pub(crate) what: &'static str,
    pub(crate) files: &'static [(&'static str, &'static str)],
    pub(crate) circles: &'static [&'static str],
}

/// Crates with a circle.
pub(crate) const OFFENDERS: &[Example] = &[
    Example {
        what: "two folders know each other",
        files: &[
            ("made/src/lib.rs", "mod draft;\nmod table;\n"),
            ("made/src/draft/mod.rs", "use crate::table::Row;\npub struct Item;"),
            ("made/src/table/mod.rs", "pub struct Row;\nuse crate::draft::Item;"),
        ],
        circles: &["made/src/lib.rs: draft -> table -> draft\
            \n    draft -> table: made/src/draft/mod.rs:1: use crate::table::Row;\
            \n    table -> draft: made/src/table/mod.rs:2: use crate::draft::Item;"],
    },
    Example {
        what: "three files in a row, the last of which knows the first",
        files: &[
            ("made/src/main.rs", "mod a; mod b; mod c;"),
            ("made/src/a.rs", "use crate::b;"),
            ("made/src/b.rs", "fn call() { crate::c::call(); }"),
            ("made/src/c.rs", "use super::{a::{self as first, Kind}};\nuse crate::a::Other;"),
        ],
        circles: &["made/src/main.rs: a -> b -> c -> a\
            \n    a -> b: made/src/a.rs:1: use crate::b;\
            \n    b -> c: made/src/b.rs:1: crate::c::call\
            \n    c -> a: made/src/c.rs:1: use super::a; (2 more)"],
    },
    Example {
        what: "two circles that share a file",
        files: &[
            ("made/src/lib.rs", "mod app; mod x; mod y;"),
            ("made/src/app.rs", "use crate::{x as _, y as _};"),
            ("made/src/x.rs", "use crate::app::{A, B};"),
            ("made/src/y.rs", "use crate::app::{A, B};"),
        ],
        circles: &[
            "made/src/lib.rs: app -> x -> app\
            \n    app -> x: made/src/app.rs:1: use crate::x;\
            \n    x -> app: made/src/x.rs:1: use crate::app::A; (1 more)",
            "made/src/lib.rs: app -> y -> app\
            \n    app -> y: made/src/app.rs:1: use crate::y;\
            \n    y -> app: made/src/y.rs:1: use crate::app::A; (1 more)",
        ],
    },
    Example {
        what: "the name comes from the parent, which imports it from a sibling",
        files: &[
            ("made/src/lib.rs", "mod model;"),
            ("made/src/model.rs", "mod panel; mod saving;\npub use panel::Panel;\nuse saving::*;"),
            ("made/src/model/panel.rs", "pub struct Panel;\nfn save(_: super::Saving) {}"),
            ("made/src/model/saving.rs", "use crate::model::Panel;\npub struct Saving(Panel);"),
        ],
        circles: &["made/src/model.rs: panel -> saving -> panel\
            \n    panel -> saving: made/src/model/panel.rs:2: super::Saving\
            \n    saving -> panel: made/src/model/saving.rs:1: use crate::model::Panel; (1 more)"],
    },
    Example {
        what: "the name passes through two imports, one of them under another name",
        files: &[
            ("made/src/lib.rs", "mod a; mod b; mod c;"),
            ("made/src/a.rs", "pub struct Kind; use crate::c::Third;"),
            ("made/src/b.rs", "pub use crate::a::Kind as Sort;"),
            ("made/src/c.rs", "pub struct Third;\nuse crate::b::Sort;"),
        ],
        circles: &["made/src/lib.rs: a -> c -> a\
            \n    a -> c: made/src/a.rs:1: use crate::c::Third;\
            \n    c -> a: made/src/c.rs:2: use crate::b::Sort;"],
    },
    Example {
        what: "a name that a glob import brings",
        files: &[
            ("made/src/lib.rs", "mod a; mod b; use b::Row;"),
            ("made/src/a.rs", "use super::*;\npub struct Item(Row);"),
            ("made/src/b.rs", "pub struct Row; fn f(_: crate::a::Item) {}"),
        ],
        circles: &["made/src/lib.rs: a -> b -> a\
            \n    a -> b: made/src/a.rs:2: Row\
            \n    b -> a: made/src/b.rs:1: crate::a::Item"],
    },
    Example {
        what: "a name that a glob import brings, and that a type inside a function has too",
        files: &[
            ("made/src/lib.rs", "mod a; mod b; use b::Row;"),
            ("made/src/a.rs", "use super::*;\npub struct Item(Row);\nfn f() { struct Row; enum Row {} }"),
            ("made/src/b.rs", "pub struct Row; fn f(_: crate::a::Item) {}"),
        ],
        circles: &["made/src/lib.rs: a -> b -> a\
            \n    a -> b: made/src/a.rs:2: Row (2 more)\
            \n    b -> a: made/src/b.rs:1: crate::a::Item"],
    },
    Example {
        what: "files deep inside two folders",
        files: &[
            ("made/src/lib.rs", "mod draft; mod table;"),
            ("made/src/draft/mod.rs", "mod index;"),
            ("made/src/draft/index.rs", "mod keys;"),
            ("made/src/draft/index/keys.rs", "use crate::table::order::by_name;"),
            ("made/src/table/mod.rs", "pub mod order { fn f() { vec![crate::draft::Item { at: 1 }]; } }"),
        ],
        circles: &["made/src/lib.rs: draft -> table -> draft\
            \n    draft -> table: made/src/draft/index/keys.rs:1: use crate::table::order::by_name;\
            \n    table -> draft: made/src/table/mod.rs:1: crate::draft::Item"],
    },
    Example {
        what: "an attribute names a function of the other",
        files: &[
            ("made/src/lib.rs", "mod a; mod b;"),
            ("made/src/a.rs", "struct A {\n#[serde(with = super::b::text)] #[cfg(not(test))] b: crate::b::Text }"),
            ("made/src/b.rs", "use super::a; fn f() -> usize { 0..a::b::LENGTH }"),
        ],
        circles: &["made/src/lib.rs: a -> b -> a\
            \n    a -> b: made/src/a.rs:2: super::b::text (1 more)\
            \n    b -> a: made/src/b.rs:1: use super::a; (1 more)"],
    },
    Example {
        what: "the text of an attribute names a function or a module of the other",
        files: &[
            ("made/src/lib.rs", "mod a; mod b; mod c;"),
            ("made/src/a.rs", "struct A {\n#[serde(rename = \"b\", serialize_with = \"crate::b::words\")]\nb: u8 }"),
            ("made/src/b.rs", "use super::*;\nstruct B {\n#[serde(default, with = \"c\")]\nc: u8 }"),
            ("made/src/c.rs", "pub mod text {} struct C {\n#[serde(default = \"super::a::one\")] a: u8 }"),
        ],
        circles: &["made/src/lib.rs: a -> b -> c -> a\
            \n    a -> b: made/src/a.rs:2: crate::b::words\
            \n    b -> c: made/src/b.rs:3: c::serialize\
            \n    c -> a: made/src/c.rs:2: super::a::one"],
    },
    Example {
        what: "a module is imported, and its sibling named through it",
        files: &[
            ("made/src/lib.rs", "mod model;"),
            ("made/src/model/mod.rs", "mod a; mod b;"),
            ("made/src/model/a.rs", "use crate::model;\nfn f(x: u8) -> u8 { x as model::b::Size }"),
            ("made/src/model/b.rs", "pub type Size = u8; use super::a::f;"),
        ],
        circles: &["made/src/model/mod.rs: a -> b -> a\
            \n    a -> b: made/src/model/a.rs:2: model::b::Size\
            \n    b -> a: made/src/model/b.rs:1: use super::a::f;"],
    },
];

/// Crates without a circle.
pub(crate) const HARMLESS: &[Example] = &[
    Example {
        what: "a parent and its child know each other",
        files: &[
            ("made/src/lib.rs", "mod model; use model::Model; pub struct Settings;"),
            ("made/src/model.rs", "mod panel; use panel::Panel; pub struct Model(crate::Settings);"),
            ("made/src/model/panel.rs", "use super::Model; pub struct Panel(crate::model::Model);"),
        ],
        circles: &[],
    },
    Example {
        what: "imports go one way",
        files: &[
            ("made/src/lib.rs", "mod a; mod b; mod c; pub use a::Kind;"),
            ("made/src/a.rs", "pub struct Kind; use std::fmt; use serde::{self, Serialize};"),
            ("made/src/b.rs", "use crate::Kind; use crate::a::*;"),
            ("made/src/c.rs", "use crate::{a, b}; use ::b::a; fn f(b: u8) { self.a.b(); }"),
        ],
        circles: &[],
    },
    Example {
        what: "a comment, a text, an attribute's text and a field name the other",
        files: &[
            ("made/src/lib.rs", "mod a; mod b;"),
            ("made/src/a.rs", "use crate::b::Row;"),
            (
                "made/src/b.rs",
                "//! See [`crate::a`].\n/* use crate::a; */ const A: &str = r#\"use crate::a::B;\"#; // crate::a\n\
                 #[doc = \"crate::a\"] #[serde(rename = \"a\", alias = \"the a::b\")] pub struct Row { a: u8 }\n\
                 fn f(row: Row) { row.a; ::a::b(); }",
            ),
        ],
        circles: &[],
    },
    Example {
        what: "only tests name the other",
        files: &[
            ("made/src/lib.rs", "mod a; mod b; mod c; #[cfg(test)] #[rustfmt::skip] pub mod stories;"),
            ("made/src/stories.rs", "use crate::a; mod draft;"),
            ("made/src/stories/draft.rs", "use crate::b;"),
            ("made/src/a.rs", "use crate::b::Row; use crate::c;"),
            (
                "made/src/b.rs",
                "pub struct Row { #[cfg(test)] a: crate::a::A, b: u8 }\n#[cfg(test)] use crate::a::A;\n\
                 #[cfg(test)] mod tests { use crate::a::B; }\n#[cfg(all(test, unix))] fn f<T, U>() { crate::a::f() }",
            ),
            ("made/src/c.rs", "#![cfg(test)]\nuse crate::a; fn c() {} fn d() { crate::b::f() }"),
        ],
        circles: &[],
    },
    Example {
        what: "a macro defines the type that a glob import would bring",
        files: &[
            ("made/src/lib.rs", "mod a; mod b; use b::Row;"),
            ("made/src/a.rs", "use super::*;\nflags! { pub struct Row: u8 {} }\npub struct Item(Row);"),
            ("made/src/b.rs", "pub struct Row; fn f(_: crate::a::Item) {}"),
        ],
        circles: &[],
    },
    Example {
        what: "the binary beside a library is a crate of its own",
        files: &[
            ("made/src/lib.rs", "mod a; mod b;"),
            ("made/src/main.rs", "mod cli;"),
            ("made/src/cli.rs", "use made::b;"),
            ("made/src/a.rs", "use crate::b;"),
            ("made/src/b.rs", "pub mod cli {}"),
        ],
        circles: &[],
    },
];
