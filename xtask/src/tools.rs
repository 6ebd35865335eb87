//! Finds the build tools, or installs them into the project's own `target/tools`.
//!
//! Knows the tools and their versions, nothing of what they build.

use std::ffi::OsString;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::project::Project;
use crate::run;

/// The Trunk that is installed when there is none.
const TRUNK_VERSION: &str = "0.21.14";
/// The versions of Trunk whose configuration is ours.
const TRUNK_SERIES: &str = "0.21.";
/// The cargo-deny that is installed when there is none.
const CARGO_DENY_VERSION: &str = "0.20.2";
/// The versions of cargo-deny that read `deny.toml`.
const CARGO_DENY_SERIES: &str = "0.20.";

/// A tool that comes from crates.io.
#[derive(Clone, Debug)]
pub(crate) struct Tool {
    /// Its package on crates.io.
    package: &'static str,
    binary: &'static str,
    version: String,
    /// What the version of an installed one must begin with.
    version_prefix: String,
}

/// Trunk, which builds the page.
pub(crate) fn trunk() -> Tool {
    Tool { package: "trunk", binary: "trunk", version: TRUNK_VERSION.into(), version_prefix: TRUNK_SERIES.into() }
}

/// cargo-deny, which checks what the workspace depends on.
pub(crate) fn cargo_deny() -> Tool {
    Tool {
        package: "cargo-deny",
        binary: "cargo-deny",
        version: CARGO_DENY_VERSION.into(),
        version_prefix: CARGO_DENY_SERIES.into(),
    }
}

/// The wasm-bindgen command of exactly the version that the plugin is linked with.
///
/// # Errors
///
/// When `Cargo.lock` does not name wasm-bindgen.
pub(crate) fn wasm_bindgen(project: &Project) -> Result<Tool> {
    let lock = std::fs::read_to_string(project.root.join("Cargo.lock")).context("Cargo.lock cannot be read")?;
    let version = locked_version(&lock, "wasm-bindgen").context("Cargo.lock does not name wasm-bindgen")?;
    Ok(Tool { package: "wasm-bindgen-cli", binary: "wasm-bindgen", version_prefix: version.clone(), version })
}

impl Tool {
    /// Where it is: in the project's tools or on the `PATH`.
    pub(crate) fn find(&self, project: &Project) -> Option<PathBuf> {
        let path = std::env::var_os("PATH").unwrap_or_default();
        let folders = std::iter::once(project.tools().join("bin")).chain(std::env::split_paths(&path));
        let binary = format!("{}{}", self.binary, std::env::consts::EXE_SUFFIX);
        folders.map(|folder| folder.join(&binary)).find(|file| file.is_file() && self.accepts(file))
    }

    fn accepts(&self, file: &Path) -> bool {
        let printed = run::output_of(Command::new(file).arg("--version")).unwrap_or_default();
        printed.split_whitespace().nth(1).is_some_and(|version| version.starts_with(&self.version_prefix))
    }

    /// Where it is, after installing it if need be.
    ///
    /// # Errors
    ///
    /// When it cannot be installed.
    pub(crate) fn find_or_install(&self, project: &Project) -> Result<PathBuf> {
        if let Some(file) = self.find(project) {
            return Ok(file);
        }
        let _turn = self.turn(project)?;
        if let Some(file) = self.find(project) {
            return Ok(file);
        }
        let prebuilt = run::output_of(Command::new("cargo").args(["binstall", "-V"])).is_some();
        if !(prebuilt && run::quietly(&mut self.binstall(project)).is_ok()) {
            run::quietly(&mut self.cargo_install(project))?;
        }
        let installed = self.find(project);
        installed.with_context(|| format!("{} was installed but does not run", self.binary))
    }

    /// Waits while another process installs tools: two that install the same one take the file from each other.
    fn turn(&self, project: &Project) -> Result<File> {
        let tools = project.tools();
        std::fs::create_dir_all(&tools).with_context(|| format!("{} can not be made", tools.display()))?;
        let lock = File::create(tools.join(".lock"))?;
        if lock.try_lock().is_err() {
            eprintln!("{}: waiting for another process that installs tools", self.binary);
            lock.lock()?;
        }
        Ok(lock)
    }

    fn binstall(&self, project: &Project) -> Command {
        let mut command = Command::new("cargo");
        command.args(["binstall", "--no-confirm", "--disable-telemetry", "--root"]).arg(project.tools());
        command.arg(format!("{}@{}", self.package, self.version));
        command
    }

    /// A build that is quick to make: these tools work for seconds, their own release profiles compile for many minutes.
    /// What they have by default beyond that is TLS, and they are given everything that they could download.
    fn cargo_install(&self, project: &Project) -> Command {
        let mut command = Command::new("cargo");
        command.args(["install", "--locked", "--root"]).arg(project.tools());
        command.args([self.package, "--version", &self.version, "--no-default-features"]);
        command.env("CARGO_TARGET_DIR", project.root.join("target/tools-build"));
        for (key, value) in [("LTO", "off"), ("OPT_LEVEL", "0"), ("DEBUG", "0"), ("CODEGEN_UNITS", "16")] {
            command.env(format!("CARGO_PROFILE_RELEASE_{key}"), value);
        }
        command
    }
}

/// `PATH` with the folders of `tools` in front.
pub(crate) fn path_with(tools: &[PathBuf]) -> Result<OsString> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders = tools.iter().filter_map(|tool| tool.parent().map(Path::to_path_buf));
    std::env::join_paths(folders.chain(std::env::split_paths(&path))).context("PATH cannot hold the tools' folder")
}

/// Adds the wasm32 target to the toolchain when rustup can.
///
/// # Errors
///
/// When it is missing and cannot be added, with what to do.
pub(crate) fn ensure_wasm_target() -> Result<()> {
    let sysroot = run::output_of(Command::new("rustc").args(["--print", "sysroot"])).unwrap_or_default();
    if Path::new(&sysroot).join("lib/rustlib/wasm32-unknown-unknown").is_dir() {
        return Ok(());
    }
    if run::output_of(Command::new("rustup").arg("--version")).is_none() {
        bail!("The Rust target wasm32-unknown-unknown is missing: install Rust with rustup (https://rustup.rs).");
    }
    run::quietly(Command::new("rustup").args(["target", "add", "wasm32-unknown-unknown"]))
}

fn locked_version(lock: &str, package: &str) -> Option<String> {
    let mut lines = lock.lines().skip_while(|line| *line != format!("name = \"{package}\""));
    lines.nth(1)?.strip_prefix("version = \"")?.strip_suffix('"').map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::locked_version;

    #[test]
    fn the_version_of_a_tool_is_the_locked_one_and_not_that_of_a_package_with_a_longer_name() {
        let lock =
            "name = \"wasm-bindgen-futures\"\nversion = \"0.4.76\"\n\nname = \"wasm-bindgen\"\nversion = \"0.2.126\"\n";
        assert_eq!(locked_version(lock, "wasm-bindgen").as_deref(), Some("0.2.126"));
        assert_eq!(locked_version(lock, "leptos"), None);
    }
}
