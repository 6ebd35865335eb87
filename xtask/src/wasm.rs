//! `cargo xtask wasm`: compiles the plugin and hands the result to the Flex CLI's bundle.
//!
//! Knows the order of the tools; how the bytes are inlined is the plugin's own script's business.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use crate::project::Project;
use crate::{npm, run, tools};

/// What rustc emits for wasm32 by default; wasm-opt refuses a module with features it was not told of.
const FEATURES: [&str; 6] = [
    "--enable-bulk-memory",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-reference-types",
    "--enable-multivalue",
];

/// Compiles, binds, optimizes and inlines; prints the sizes in bytes.
///
/// # Errors
///
/// When a tool is missing or fails.
pub(crate) fn build(project: &Project) -> Result<()> {
    npm::check_node()?;
    let out = project.target.join("flex-plugin");
    compile(project, "plugin", "plugin", &["web", "--omit-default-module-path"], &out)?;
    let (bound, small) = (out.join("plugin_bg.wasm"), out.join("plugin_small.wasm"));
    optimize(project, &bound, &small)?;
    let packed = pack(&small)?;
    let mut inline = Command::new("node");
    inline.arg(project.root.join("plugin/scripts/inline-wasm.mjs")).arg(out.join("plugin.js")).arg(&packed);
    run::with_output(&mut inline)?;
    println!("wasm: {} B from wasm-bindgen, {} B after wasm-opt", size_of(&bound)?, size_of(&small)?);
    Ok(())
}

/// Makes a module smaller, with the wasm-opt of npm.
///
/// # Errors
///
/// When it can not be installed or fails.
pub(crate) fn optimize(project: &Project, from: &Path, to: &Path) -> Result<()> {
    let folder = project.root.join("xtask/wasm-opt");
    npm::install(&folder, npm::Packages::All)?;
    // What is downloaded is gzipped: -Oz, though smaller before, is larger after it, and functions of like names, which
    // are mostly the same one for several types, are smaller side by side. The names themselves are left out.
    let mut optimize = Command::new(folder.join("node_modules/.bin/wasm-opt"));
    run::quietly(optimize.args(["-O1", "--reorder-functions-by-name"]).args(FEATURES).arg(from).arg("-o").arg(to))
}

/// Packs a file as gzip as small as that can be (RFC 1952), beside it. Returns where.
fn pack(file: &Path) -> Result<PathBuf> {
    let packed = file.with_added_extension("gz");
    let module = std::fs::read(file).with_context(|| format!("{} is missing", file.display()))?;
    let mut small = Vec::new();
    zopfli::compress(zopfli::Options::default(), zopfli::Format::Gzip, module.as_slice(), &mut small)?;
    std::fs::write(&packed, small).with_context(|| format!("{} cannot be written", packed.display()))?;
    Ok(packed)
}

/// Compiles `package`, and has wasm-bindgen write `{name}_bg.wasm` and its glue `{name}.js` for `target` into `out`.
///
/// # Errors
///
/// When a tool is missing or fails.
pub(crate) fn compile(project: &Project, package: &str, name: &str, target: &[&str], out: &Path) -> Result<()> {
    tools::ensure_wasm_target()?;
    let binder = tools::wasm_bindgen(project)?.find_or_install(project)?;
    let mut compile = Command::new("cargo");
    compile.args(["build", "--locked", "--package", package, "--lib", "--profile", "wasm"]);
    run::quietly(compile.args(["--target", "wasm32-unknown-unknown"]).current_dir(&project.root))?;
    let mut bind = Command::new(binder);
    bind.arg("--target").args(target).args(["--no-typescript", "--out-name", name, "--out-dir"]).arg(out);
    run::quietly(bind.arg(project.target.join(format!("wasm32-unknown-unknown/wasm/{package}.wasm"))))
}

/// The size of `file` in bytes.
///
/// # Errors
///
/// When it is not there.
pub(crate) fn size_of(file: &Path) -> Result<u64> {
    Ok(std::fs::metadata(file).with_context(|| format!("{} is missing", file.display()))?.len())
}
