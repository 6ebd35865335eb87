//! Installs a folder's npm packages, and only when its lockfile has changed.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};
use sha1::{Digest, Sha1};

use crate::run;

/// The oldest Node that the packages run on.
const OLDEST_NODE: u32 = 20;

/// Which packages of a folder are installed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Packages {
    /// Everything, with what only a build or a test needs.
    All,
    /// What the bundle contains, nothing else.
    Bundled,
}

/// Checks that node and npm are there and new enough.
///
/// # Errors
///
/// When they are not, with what to install.
pub(crate) fn check_node() -> Result<()> {
    let version = run::output_of(Command::new("node").arg("--version"));
    let major = version.as_deref().and_then(|text| text.strip_prefix('v')?.split('.').next()?.parse::<u32>().ok());
    match major {
        None => bail!("Node is missing: install Node {OLDEST_NODE} or newer (https://nodejs.org), it brings npm."),
        Some(major) if major < OLDEST_NODE => bail!("Node {major} is too old: install Node {OLDEST_NODE} or newer."),
        Some(_) if run::output_of(Command::new("npm").arg("--version")).is_none() => {
            bail!("npm is missing: install it beside Node (https://nodejs.org brings both).")
        }
        Some(_) => Ok(()),
    }
}

/// Whether `folder` has the packages that its lockfile names.
pub(crate) fn is_installed(folder: &Path, packages: Packages) -> bool {
    let (Ok(stamp), Ok(lock)) = (std::fs::read_to_string(stamp_of(folder)), lock_digest(folder)) else { return false };
    stamp == stamp_text(&lock, Packages::All) || stamp == stamp_text(&lock, packages)
}

/// Runs `npm ci` in `folder` unless that is done already.
///
/// # Errors
///
/// When npm fails.
pub(crate) fn install(folder: &Path, packages: Packages) -> Result<()> {
    if is_installed(folder, packages) {
        return Ok(());
    }
    let lock = lock_digest(folder)?;
    let mut command = Command::new("npm");
    command.current_dir(folder).args(["ci", "--no-audit", "--no-fund", "--loglevel=error"]);
    if packages == Packages::Bundled {
        command.arg("--omit=dev");
    }
    run::quietly(&mut command)?;
    std::fs::write(stamp_of(folder), stamp_text(&lock, packages)).context("could not note that npm ci is done")
}

fn stamp_of(folder: &Path) -> PathBuf {
    folder.join("node_modules/.installed-by-xtask")
}

fn stamp_text(lock: &str, packages: Packages) -> String {
    format!("{packages:?} {lock}\n")
}

fn lock_digest(folder: &Path) -> Result<String> {
    let path = folder.join("package-lock.json");
    let lock = std::fs::read(&path).with_context(|| format!("{} is missing", path.display()))?;
    Ok(Sha1::digest(&lock).iter().map(|byte| format!("{byte:02x}")).collect())
}
