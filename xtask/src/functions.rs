//! `cargo xtask functions`: compiles the server for Twilio Functions and puts it into the Serverless Toolkit project;
//! the step `functions` of `cargo xtask test` runs the server's own tests against Twilio's `twilio-run`.
//!
//! Knows the order of the tools and where the results belong, nothing of what the Functions answer.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::project::Project;
use crate::{npm, openapi, run, wasm};

/// How the glue of wasm-bindgen finds its module.
const PATH_BESIDE_THE_GLUE: &str = "`${__dirname}/server_bg.wasm`";
/// How a Function finds a private asset.
const PATH_OF_THE_ASSET: &str = "Runtime.getAssets()['/server.wasm'].path";
/// How the module has its next step run.
const STEP: &str = "queueMicrotask(arg0);";
/// The same under the eyes of whoever loaded the module: a step that panics throws, and thrown at nobody it would end the
/// process.
const WATCHED_STEP: &str = "queueMicrotask(() => exports.run(arg0));";

/// Compiles, binds and optimizes; writes the private Function and the private asset; prints the sizes in bytes.
///
/// # Errors
///
/// When a tool is missing or fails.
pub(crate) fn build(project: &Project) -> Result<()> {
    npm::check_node()?;
    let out = project.target.join("functions");
    wasm::compile(project, "functions", "server", &["nodejs"], &out)?;
    let (bound, asset) = (out.join("server_bg.wasm"), folder(project).join("assets/server.private.wasm"));
    wasm::optimize(project, &bound, &asset)?;
    write_glue(&out.join("server.js"), &folder(project).join("functions/server-wasm.private.js"))?;
    println!("functions: {} B from wasm-bindgen, {} B after wasm-opt", wasm::size_of(&bound)?, wasm::size_of(&asset)?);
    Ok(())
}

/// Makes what `twilio-run` needs.
///
/// # Errors
///
/// When something of it can not be built or installed.
pub(crate) fn make_ready(project: &Project) -> Result<()> {
    build(project)?;
    npm::install(&folder(project), npm::Packages::All)
}

/// The Serverless Toolkit project.
pub(crate) fn folder(project: &Project) -> PathBuf {
    project.root.join("server/functions")
}

/// Tests what surrounds the module, then runs the black-box tests of the server, those that only the native process can pass left out, with the server inside
/// a Function; and the tests that deploy it.
///
/// # Errors
///
/// When something can not be built or a test fails.
pub(crate) fn test(project: &Project) -> Result<()> {
    make_ready(project)?;
    run::with_output(Command::new("npm").args(["run", "--silent", "test"]).current_dir(folder(project)))?;
    let list = project.root.join("server/tests/it/not-in-functions.txt");
    let list = std::fs::read_to_string(&list).with_context(|| format!("{} can not be read", list.display()))?;
    let left_out: Vec<_> = test_names(&list).collect();
    check_are_tests(&left_out, &run::output_of(black_box_tests(project).args(["--", "--list"])).unwrap_or_default())?;
    println!("functions: {} tests are left out, see server/tests/it/not-in-functions.txt", left_out.len());
    let mut tests = black_box_tests(project);
    tests.args(["--", "--exact"]).args(left_out.iter().flat_map(|name| ["--skip", *name]));
    openapi::sampled(project, "functions", tests.env("SERVER_HOME", "functions"))
}

/// All packages are chosen, so that what the tests depend on is compiled as for every other test; no other has an `it`.
fn black_box_tests(project: &Project) -> Command {
    let mut command = Command::new("cargo");
    command.args(["test", "--locked", "--workspace", "--features", "server/toolkit", "--test", "it"]);
    command.current_dir(&project.root);
    command
}

/// The names in a list of `name: reason` lines.
fn test_names(list: &str) -> impl Iterator<Item = &str> {
    list.lines().filter(|line| !line.starts_with('#')).filter_map(|line| Some(line.split_once(": ")?.0))
}

/// A name that is no test would leave nothing out, and nobody would notice.
fn check_are_tests(names: &[&str], all: &str) -> Result<()> {
    let is_test = |name: &&&str| all.lines().any(|line| line.strip_suffix(": test") == Some(**name));
    match names.iter().find(|name| !is_test(name)) {
        Some(name) => bail!("{name} is no test: correct server/tests/it/not-in-functions.txt."),
        None => Ok(()),
    }
}

fn write_glue(from: &Path, to: &Path) -> Result<()> {
    let glue = std::fs::read_to_string(from).with_context(|| format!("{} can not be read", from.display()))?;
    let glue =
        as_function(&glue).with_context(|| format!("{} is not as wasm-bindgen used to write it", from.display()))?;
    std::fs::write(to, glue).with_context(|| format!("{} can not be written", to.display()))
}

/// The glue as a private Function, or nothing if it is not as it used to be.
fn as_function(glue: &str) -> Option<String> {
    let replaced = |glue: &str, from: &str, to: &str| glue.contains(from).then(|| glue.replacen(from, to, 1));
    let glue = replaced(glue, PATH_BESIDE_THE_GLUE, PATH_OF_THE_ASSET)?;
    replaced(&glue, STEP, WATCHED_STEP)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_glue_opens_the_module_as_a_private_asset_and_has_its_steps_watched() {
        let glue = "queueMicrotask(arg0);\nconst wasmPath = `${__dirname}/server_bg.wasm`;\n";
        let expected =
            "queueMicrotask(() => exports.run(arg0));\nconst wasmPath = Runtime.getAssets()['/server.wasm'].path;\n";
        assert_eq!(as_function(glue).as_deref(), Some(expected));
        assert_eq!(as_function("const wasmPath = `${__dirname}/server_bg.wasm`;\n"), None);
        assert_eq!(as_function("queueMicrotask(arg0);\n"), None);
    }

    #[test]
    fn a_test_that_is_left_out_must_be_one() {
        let names: Vec<_> = test_names("# Why.\na::b: it is so: really\nc: because\n").collect();
        assert_eq!(names, ["a::b", "c"]);
        assert!(check_are_tests(&names, "a::b: test\nc: test\nd: test\n").is_ok());
        assert!(check_are_tests(&names, "a::b: test\n").is_err());
    }
}
