//! The rules, each with the sentence it is quoted by and a made-up text that breaks it.
//!
//! Knows where a rule applies and which words break it, not where the files come from.

use crate::offending_lines::{catch_all_name, chosen_status, dependency, part, std_module, word};
use crate::sources::{Source, code_of};

/// A rule about the text of a file.
pub(crate) struct Rule {
    /// The number of an invariant in ARCHITECTURE.md, and the part of it that is proven here; or a house rule, which
    /// stands nowhere else.
    pub(crate) sentence: &'static str,
    /// Whether a file at this path must keep it.
    pub(crate) applies_to: fn(&str) -> bool,
    /// The line that breaks it.
    pub(crate) offended_by: fn(&Source) -> Option<String>,
    /// A path and a text that break it.
    pub(crate) offender: (&'static str, &'static str),
}

/// The rules for Rust files.
pub(crate) const SOURCE_RULES: &[Rule] = &[
    Rule {
        sentence: "3. `twilio` never names axum",
        applies_to: |path| path.starts_with("server/src/twilio"),
        offended_by: |source| word(source, &["axum"]),
        offender: ("server/src/twilio/builds.rs", "use axum::Json;"),
    },
    Rule {
        sentence: "3. `routes` never names `twilio`",
        applies_to: |path| path.starts_with("server/src/routes"),
        offended_by: |source| word(source, &["twilio"]),
        offender: ("server/src/routes/list.rs", "use crate::twilio::builds;"),
    },
    Rule {
        sentence: "10. Only the binary knows sockets, files, signals and tokio's timers",
        applies_to: |path| path.starts_with("server/src/commands"),
        offended_by: |source| {
            word(source, &["println", "eprintln", "clap", "stdin", "stdout", "tokio"])
                .or_else(|| std_module(source, &["fs", "io"]))
        },
        offender: ("server/src/commands/pull/mod.rs", "std::fs::write(file, content)?;"),
    },
    Rule {
        sentence: "4. `server/src/error.rs` alone turns them into answers and chooses the status",
        applies_to: |path| is_ours_to_answer(path),
        offended_by: chosen_status,
        offender: ("server/src/routes/list.rs", "return StatusCode::NOT_FOUND.into_response();"),
    },
    Rule {
        sentence: "4. `auth`, `publish`, `directory` and `lookup` have small errors of their own",
        applies_to: |path| is_below_routes(path),
        offended_by: |source| word(source, &["ApiError", "axum"]),
        offender: ("server/src/directory.rs", "fn read() -> Result<Vec<Value>, ApiError> {}"),
    },
    Rule {
        sentence: "4. The environment is read in `server/src/config.rs`",
        applies_to: |path| is_in(path, &["server/src", "plugin/src", "shared/src"]) && path != "server/src/config.rs",
        offended_by: |source| part(source, &["env::var"]).or_else(|| std_module(source, &["env"])),
        offender: ("server/src/main.rs", "let port = std::env::var_os(\"PORT\");"),
    },
    Rule {
        sentence: "1. Does no I/O, reads no clock",
        applies_to: |path| path.starts_with("shared/src"),
        offended_by: |source| {
            std_module(source, &["fs", "io", "net", "env", "time", "process", "thread"])
                .or_else(|| word(source, &["SystemTime", "Instant"]))
        },
        offender: ("shared/src/sid.rs", "use std::{fmt, time::Duration};"),
    },
    Rule {
        sentence: "5. `plugin::model` is pure. No Leptos, no wasm_bindgen, no web_sys, no async",
        applies_to: |path| path.starts_with("plugin/src/model"),
        offended_by: |source| {
            word(source, &["leptos", "wasm_bindgen", "web_sys", "js_sys", "async", "await", "gloo_net", "gloo_timers"])
        },
        offender: ("plugin/src/model/update.rs", "async fn save() {}"),
    },
    Rule {
        sentence: "14. A room of the model changes its own data only, and reads only what rooms below it have",
        applies_to: |path| path.starts_with("plugin/src/model/") && !path.contains("/stories"),
        offended_by: touches_another_room,
        offender: ("plugin/src/model/writes/undo.rs", "if let Some(panel) = &mut self.panel {"),
    },
    Rule {
        sentence: "11. `call-flow` turns values into values. No I/O, no clock, no async",
        applies_to: |path| path.starts_with("server/call-flow/src"),
        offended_by: |source| {
            word(source, &["async", "await", "tokio"])
                .or_else(|| std_module(source, &["fs", "net", "env", "time", "process"]))
        },
        offender: ("server/call-flow/src/merge.rs", "let text = std::fs::read_to_string(path);"),
    },
    Rule {
        sentence: "6. `JsValue` lives in `plugin::flex`",
        applies_to: |path| path.starts_with("plugin/src") && !path.starts_with("plugin/src/flex"),
        offended_by: |source| word(source, &["JsValue", "js_sys"]).or_else(|| part(source, &["extern \"C\""])),
        offender: ("plugin/src/view/table.rs", "fn draw(value: &JsValue) {}"),
    },
    Rule {
        sentence: "10. The server's library runs anywhere",
        applies_to: |path| is_in(path, &["server/src", "server/call-flow/src"]),
        offended_by: |source| word(source, &["wasm_bindgen", "js_sys", "JsValue"]),
        offender: ("server/src/home.rs", "use js_sys::Promise;"),
    },
    Rule {
        sentence: "7. A guard whose `Drop` undoes it. Nothing is forgotten",
        applies_to: |path| !path.starts_with("xtask/tests"),
        offended_by: |source| part(source, &[".forget()", "mem::forget", "ManuallyDrop", "Box::leak"]),
        offender: ("plugin/src/flex/sync.rs", "closure.forget();"),
    },
    Rule {
        sentence: "House rule: modules are declared and macros named so that a test can follow them",
        applies_to: |path| path.contains("src/"),
        offended_by: |source| {
            part(source, &["include!", "extern crate self"]).or_else(|| word(source, &["macro_export", "macro_use"]))
        },
        offender: ("plugin/src/view/table.rs", "include!(\"../backend.rs\");"),
    },
    Rule {
        sentence: "House rule: no `utils`, `common`, `helpers`",
        applies_to: |_| true,
        offended_by: |source| catch_all_name(&source.path),
        offender: ("server/src/utils.rs", "//! Things."),
    },
    Rule {
        sentence: "House rule: every file starts by saying what it is",
        applies_to: |_| true,
        offended_by: |source| {
            let first = source.text.lines().next().unwrap_or_default();
            (!first.starts_with("//! ")).then(|| first.to_owned())
        },
        offender: ("server/src/lookup.rs", "use std::fmt;"),
    },
];

/// The rules for `Cargo.toml` files.
pub(crate) const MANIFEST_RULES: &[Rule] = &[
    Rule {
        sentence: "1. Does no I/O, reads no clock",
        applies_to: |path| path.starts_with("shared/"),
        offended_by: |source| {
            dependency(
                source,
                &["tokio", "axum", "reqwest", "http", "web-sys", "js-sys", "gloo-net", "wasm-bindgen", "leptos"],
            )
        },
        offender: ("shared/Cargo.toml", "[dependencies]\nreqwest.workspace = true"),
    },
    Rule {
        sentence: "11. It depends on `shared` and on a Liquid library, not on the server",
        applies_to: |path| path.starts_with("server/call-flow/"),
        offended_by: |source| dependency(source, &["tokio", "axum", "reqwest", "http", "server", "emulator"]),
        offender: ("server/call-flow/Cargo.toml", "[dependencies]\nserver = { path = \"..\" }"),
    },
    Rule {
        sentence: "2. `server` and `plugin` depend on `shared`, never on each other",
        applies_to: |path| is_in(path, &["server", "plugin"]),
        offended_by: |source| {
            let other: &[&str] =
                if source.path.starts_with("plugin/") { &["server", "functions"] } else { &["plugin"] };
            dependency(source, other)
        },
        offender: ("plugin/Cargo.toml", "[dependencies]\nserver = { path = \"../server\" }"),
    },
    Rule {
        sentence: "2. `emulator` depends on neither",
        applies_to: |path| path.starts_with("emulator/"),
        offended_by: |source| dependency(source, &["server", "plugin"]),
        offender: ("emulator/Cargo.toml", "[dependencies]\nplugin.workspace = true"),
    },
    Rule {
        sentence: "House rule: the production binary does not contain the emulator",
        applies_to: |path| is_in(path, &["server", "plugin", "shared"]),
        offended_by: |source| {
            let production = source.text.split("[dev-dependencies]").next().unwrap_or_default();
            dependency(&Source { path: source.path.clone(), text: production.to_owned() }, &["emulator", "test-world"])
        },
        offender: ("server/Cargo.toml", "[dependencies]\nemulator.workspace = true"),
    },
];

fn is_in(path: &str, folders: &[&str]) -> bool {
    folders.iter().any(|folder| path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/')))
}

fn is_below_routes(path: &str) -> bool {
    ["auth", "publish", "directory", "lookup", "base", "bundled_asset", "twilio"]
        .iter()
        .any(|name| path.starts_with(&format!("server/src/{name}")))
}

/// What we answer is chosen in `error.rs`; what Twilio answered is told in `twilio`, for others to look at in patterns.
fn is_ours_to_answer(path: &str) -> bool {
    let is_elsewhere = path == "server/src/error.rs" || is_in(path, &["server/src/error", "server/src/twilio"]);
    path.starts_with("server/src/") && !is_elsewhere
}

/// The fields of the model, by the room that they belong to; a room reads those of the rooms before it.
const FIELDS_OF_ROOMS: &[(&str, &[&str])] = &[
    ("draft", &["draft"]),
    ("publishing", &["published", "publish", "review", "discard", "clock"]),
    ("table", &["roster", "teams", "selection", "recent_changes"]),
    ("writes", &["outbox", "renumbering", "removal", "bulk_removal", "undo", "underway"]),
    ("editing", &["panel"]),
];

/// The first line in a room that changes a field of another one, or reads one of a room above it. What stands beside the
/// rooms joins them and may.
fn touches_another_room(source: &Source) -> Option<String> {
    let (room, _) = source.path.strip_prefix("plugin/src/model/")?.split_once('/')?;
    let at = FIELDS_OF_ROOMS.iter().position(|(owner, _)| *owner == room)?;
    let below = FIELDS_OF_ROOMS[..at].iter().flat_map(|(_, fields)| *fields);
    let changes: Vec<_> = below.flat_map(|field| changes_of(field)).collect();
    let changed = part(source, &changes.iter().map(String::as_str).collect::<Vec<_>>());
    let above: Vec<_> = FIELDS_OF_ROOMS[at + 1..].iter().flat_map(|(_, fields)| *fields).collect();
    let is_read = |line: &&&str| {
        line.split("self.").skip(1).any(|rest| {
            let field = rest.split(|character: char| !character.is_alphanumeric() && character != '_').next();
            above.iter().any(|name| field == Some(**name) && !rest[name.len()..].starts_with('('))
        })
    };
    changed.or_else(|| code_of(source).iter().find(is_read).map(|line| line.trim().to_owned()))
}

/// The ways in which a field of the model is changed.
fn changes_of(field: &str) -> Vec<String> {
    let methods = ["as_mut", "take", "take_if", "insert", "write", "remove", "read", "reopen", "set_reading"];
    let by_method = methods.iter().map(|method| format!("self.{field}.{method}("));
    by_method.chain([format!("&mut self.{field}"), format!("self.{field} = ")]).collect()
}
