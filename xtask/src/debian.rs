//! Installs a package where that is ours to do: as root, on a Debian.

use std::process::Command;

use anyhow::{Result, bail};

use crate::run;

/// Installs `package` with apt-get.
///
/// # Errors
///
/// When this is no Debian, we are not root, or the package cannot be fetched; with what to install by hand.
pub(crate) fn install(package: &str) -> Result<()> {
    if is_root() && run::output_of(Command::new("apt-get").arg("--version")).is_some() {
        let mut install = Command::new("apt-get");
        install.args(["install", "--yes", "--no-install-recommends", package]).env("DEBIAN_FRONTEND", "noninteractive");
        let updated = run::quietly(Command::new("apt-get").arg("update"));
        if updated.and_then(|()| run::quietly(&mut install)).is_ok() {
            return Ok(());
        }
    }
    bail!("{package} is missing: install the package `{package}`.")
}

/// Whether this process is root's.
pub(crate) fn is_root() -> bool {
    run::output_of(Command::new("id").arg("-u")).as_deref() == Some("0")
}
