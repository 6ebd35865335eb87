//! The rules, each with the sentence it is quoted by and a made-up text that breaks it.
//!
//! Knows where a rule applies and which words break it, not where the files come from.

use crate::sources::{Source, code_of};

/// A rule about the text of a file.
pub(crate) struct Rule {
    /// The rule as ARCHITECTURE.md states it.
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
        sentence: "3. `twilio` never names axum.",
        applies_to: |path| path.starts_with("server/src/twilio"),
        offended_by: |source| word(source, &["axum"]),
        offender: ("server/src/twilio/builds.rs", "use axum::Json;"),
    },
    Rule {
        sentence: "3. `routes` never names `twilio`.",
        applies_to: |path| path.starts_with("server/src/routes"),
        offended_by: |source| word(source, &["twilio"]),
        offender: ("server/src/routes/list.rs", "use crate::twilio::builds;"),
    },
    Rule {
        sentence: "3. routes -> {auth, publish, directory, lookup} -> twilio, never upward.",
        applies_to: |path| is_below_routes(path),
        offended_by: |source| word(source, &["routes"]),
        offender: ("server/src/publish/update.rs", "use crate::routes::list;"),
    },
    Rule {
        sentence: "3. `twilio` names nothing above it.",
        applies_to: |path| path.starts_with("server/src/twilio"),
        offended_by: |source| {
            let above = ["auth", "publish", "directory", "lookup", "base", "bundled_asset", "error", "app"];
            part(source, &above.map(|room| format!("crate::{room}")).each_ref().map(String::as_str))
        },
        offender: ("server/src/twilio/client.rs", "use crate::publish::lock;"),
    },
    Rule {
        sentence: "3. Nothing but the binary uses `commands`.",
        applies_to: |path| path.starts_with("server/src/routes") || is_below_routes(path),
        offended_by: |source| part(source, &["crate::commands"]),
        offender: ("server/src/publish/update.rs", "use crate::commands::CommandError;"),
    },
    Rule {
        sentence: "10. `commands` knows no file and no terminal; the binary brings both.",
        applies_to: |path| path.starts_with("server/src/commands"),
        offended_by: |source| {
            word(source, &["println", "eprintln", "clap", "stdin", "stdout", "tokio"])
                .or_else(|| part(source, &["std::fs", "std::io"]))
        },
        offender: ("server/src/commands/pull/mod.rs", "std::fs::write(file, content)?;"),
    },
    Rule {
        sentence: "4. The status of our answers is chosen in one file, server/src/error.rs.",
        applies_to: |path| is_ours_to_answer(path),
        offended_by: chosen_status,
        offender: ("server/src/routes/list.rs", "return StatusCode::NOT_FOUND.into_response();"),
    },
    Rule {
        sentence: "4. `auth`, `publish`, `directory` and `lookup` fail with errors of their own and never name `ApiError`; \
                   server/src/error.rs alone turns them into answers.",
        applies_to: |path| is_below_routes(path),
        offended_by: |source| word(source, &["ApiError", "axum"]),
        offender: ("server/src/directory.rs", "fn read() -> Result<Vec<Value>, ApiError> {}"),
    },
    Rule {
        sentence: "4. Environment variables are read in one file, server/src/config.rs.",
        applies_to: |path| is_in(path, &["server/src", "plugin/src", "shared/src"]) && path != "server/src/config.rs",
        offended_by: |source| part(source, &["env::var", "std::env"]),
        offender: ("server/src/main.rs", "let port = std::env::var_os(\"PORT\");"),
    },
    Rule {
        sentence: "5. `plugin::model` is pure: no leptos, no wasm_bindgen, no web_sys, no async.",
        applies_to: |path| path.starts_with("plugin/src/model"),
        offended_by: |source| {
            word(source, &["leptos", "wasm_bindgen", "web_sys", "js_sys", "async", "await", "gloo_net", "gloo_timers"])
        },
        offender: ("plugin/src/model/update.rs", "async fn save() {}"),
    },
    Rule {
        sentence: "14. A room of the model changes its own data only, and reads only what rooms below it have.",
        applies_to: |path| path.starts_with("plugin/src/model/") && !path.contains("/stories"),
        offended_by: touches_another_room,
        offender: ("plugin/src/model/writes/undo.rs", "if let Some(panel) = &mut self.panel {"),
    },
    Rule {
        sentence: "11. `call-flow` turns values into values: no I/O, no clock, no async.",
        applies_to: |path| path.starts_with("server/call-flow/src"),
        offended_by: |source| {
            word(source, &["async", "await", "tokio"])
                .or_else(|| part(source, &["std::fs", "std::net", "std::env", "std::time", "std::process"]))
        },
        offender: ("server/call-flow/src/merge.rs", "let text = std::fs::read_to_string(path);"),
    },
    Rule {
        sentence: "6. `JsValue`, `js_sys` and `extern \"C\"` live in `plugin::flex` only.",
        applies_to: |path| path.starts_with("plugin/src") && !path.starts_with("plugin/src/flex"),
        offended_by: |source| word(source, &["JsValue", "js_sys"]).or_else(|| part(source, &["extern \"C\""])),
        offender: ("plugin/src/view/table.rs", "fn draw(value: &JsValue) {}"),
    },
    Rule {
        sentence: "10. The server's library runs anywhere: only its home in a Twilio Function names JavaScript.",
        applies_to: |path| is_in(path, &["server/src", "server/call-flow/src"]),
        offended_by: |source| word(source, &["wasm_bindgen", "js_sys", "JsValue"]),
        offender: ("server/src/home.rs", "use js_sys::Promise;"),
    },
    Rule {
        sentence: "7. A subscription is a guard value whose `Drop` undoes it. No `forget`.",
        applies_to: |path| !path.starts_with("xtask/tests"),
        offended_by: |source| part(source, &[".forget()", "mem::forget", "ManuallyDrop", "Box::leak"]),
        offender: ("plugin/src/flex/sync.rs", "closure.forget();"),
    },
    Rule {
        sentence: "The emulator's proxy knows hosts and paths, and no product behind them.",
        applies_to: |path| path.starts_with("emulator/src/proxy"),
        offended_by: |source| {
            part(
                source,
                &["crate::serverless", "crate::sync", "crate::flex", "crate::plugin_service", "crate::taskrouter"],
            )
        },
        offender: ("emulator/src/proxy/tls_termination.rs", "use crate::flex::SYNC_MAP_NAME;"),
    },
    Rule {
        sentence: "9. No `utils`, `common`, `helpers`.",
        applies_to: |_| true,
        offended_by: |source| catch_all_name(&source.path),
        offender: ("server/src/utils.rs", "//! Things."),
    },
    Rule {
        sentence: "9. Every file starts by saying what it is and what it does not know.",
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
        sentence: "1. `shared` depends on nothing that does I/O.",
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
        sentence: "11. `call-flow` depends on nothing that does I/O, and not on the server.",
        applies_to: |path| path.starts_with("server/call-flow/"),
        offended_by: |source| dependency(source, &["tokio", "axum", "reqwest", "http", "server", "emulator"]),
        offender: ("server/call-flow/Cargo.toml", "[dependencies]\nserver = { path = \"..\" }"),
    },
    Rule {
        sentence: "2. `server` and `plugin` never depend on each other.",
        applies_to: |path| is_in(path, &["server", "plugin"]),
        offended_by: |source| {
            let other: &[&str] =
                if source.path.starts_with("plugin/") { &["server", "functions"] } else { &["plugin"] };
            dependency(source, other)
        },
        offender: ("plugin/Cargo.toml", "[dependencies]\nserver = { path = \"../server\" }"),
    },
    Rule {
        sentence: "2. `emulator` depends on neither `server` nor `plugin`.",
        applies_to: |path| path.starts_with("emulator/"),
        offended_by: |source| dependency(source, &["server", "plugin"]),
        offender: ("emulator/Cargo.toml", "[dependencies]\nplugin.workspace = true"),
    },
    Rule {
        sentence: "The production binary does not contain the emulator.",
        applies_to: |path| is_in(path, &["server", "plugin", "shared"]),
        offended_by: |source| {
            let production = source.text.split("[dev-dependencies]").next().unwrap_or_default();
            dependency(&Source { path: source.path.clone(), text: production.to_owned() }, &["emulator"])
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

/// What Twilio answered may be looked at anywhere below the routes; what we answer is chosen in `error.rs`.
fn is_ours_to_answer(path: &str) -> bool {
    ["routes", "auth", "app", "router", "lib"].iter().any(|name| path.starts_with(&format!("server/src/{name}")))
}

/// The first line of code that has one of `words` as a whole word.
fn word(source: &Source, words: &[&str]) -> Option<String> {
    let is_word = |character: char| character.is_alphanumeric() || character == '_';
    let has = |line: &&&str| line.split(|character| !is_word(character)).any(|found| words.contains(&found));
    code_of(source).iter().find(has).map(|line| line.trim().to_owned())
}

/// The first line of code that contains one of `parts`.
fn part(source: &Source, parts: &[&str]) -> Option<String> {
    let has = |line: &&&str| parts.iter().any(|part| line.contains(part));
    code_of(source).iter().find(has).map(|line| line.trim().to_owned())
}

/// The first line that chooses a status; a pattern that looks at somebody else's is no choice.
fn chosen_status(source: &Source) -> Option<String> {
    let choice = |line: &&&str| line.rsplit("=>").next().is_some_and(|line| line.contains("StatusCode::"));
    code_of(source).iter().find(choice).map(|line| line.trim().to_owned())
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

/// The first line of a manifest that names one of `crates` as a dependency.
fn dependency(source: &Source, crates: &[&str]) -> Option<String> {
    let key = |line: &str| line.split(['.', '=', ' ']).next().unwrap_or_default().trim_matches('"').to_owned();
    source.text.lines().find(|line| crates.contains(&key(line).as_str())).map(str::to_owned)
}

/// The name of a file or folder that says nothing of what is in it.
fn catch_all_name(path: &str) -> Option<String> {
    let names = ["utils", "util", "common", "helpers", "helper", "misc"];
    path.split(['/', '.']).find(|name| names.contains(name)).map(str::to_owned)
}
